import type { HostView } from '../client/index.js';
import type { Clock } from '../ports/index.js';
import type { MasterReader } from './fleet-watch.js';
import type { CensusMachine } from './messages.js';
import { counted } from './view/words.js';

/** Moves in flight at the end get this long to finish. */
const SETTLE_BOUND_MS = 30_000;
/** A master that was just started again, or gets no core, answers within this. */
const ANSWER_BOUND_MS = 15_000;
const LOOK_MS = 200;
/** The master's page; a bigger fleet is not compared with its managers. */
const HOSTS_MAX = 1_000;

export interface ClosingCheck {
  /** Sentences on what does not add up. */
  readonly problems: readonly string[];
  /** What was found in order; empty when nothing was compared. */
  readonly checked: string;
}

export const NOT_CHECKED: ClosingCheck = { problems: [], checked: '' };

export interface ClosingCheckOptions {
  readonly master: Pick<MasterReader, 'get' | 'command'>;
  readonly clock: Clock;
  /** Full names of all frameworks. */
  readonly frameworks: readonly string[];
  /** Each manager's machines, by framework. */
  readonly census: () => Promise<ReadonlyMap<string, readonly CensusMachine[]>>;
  readonly onPhase: (text: string) => void;
}

/** Lets what moves arrive without starting more, then asks master and managers who has what. */
export async function closingCheck(options: ClosingCheckOptions): Promise<ClosingCheck> {
  const settled = await settle(options);
  const { master, frameworks, onPhase } = options;
  onPhase('asking everybody who has what');
  try {
    const managers = await options.census();
    const page = { limit: HOSTS_MAX, pageToken: '' };
    const { hosts, total } = await answered(options, () =>
      master.get({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page }),
    );
    const { violations } = await answered(options, () => master.get({ kind: 'audit' }));
    const moving = Number.isNaN(settled) ? await answered(options, () => movesUnderWay(master)) : settled;
    if (total > hosts.length) return { problems: violations.map(auditText), checked: '' };
    const leases = hosts.filter((host) => host.owner !== '').length;
    const moves = moving === 0 ? 'every move has ended' : `${counted(moving, 'move')} still under way`;
    return {
      problems: closingProblems({ hosts, managers, frameworks, violations }),
      checked: `${counted(leases, 'lease')} on ${counted(hosts.length, 'host')}, each in exactly one manager; ${moves}`,
    };
  } catch (error) {
    return { problems: [`the closing check could not be made: ${String(error)}`], checked: '' };
  }
}

/** Moves still under way when it ends; NaN when the master could not say. */
async function settle({ master, clock, onPhase }: ClosingCheckOptions): Promise<number> {
  const boundMs = clock.nowMs() + SETTLE_BOUND_MS;
  for (;;) {
    // Said again each time: the command is lost when the master dies before it is durable.
    await master.command({ kind: 'plan_mode', dryRun: false, mode: 'observe' }).catch(() => null);
    const moving = await movesUnderWay(master).catch(() => Number.NaN);
    if (moving === 0 || clock.nowMs() >= boundMs) return moving;
    onPhase(Number.isNaN(moving) ? 'waiting for the master' : `letting ${counted(moving, 'move')} arrive`);
    await new Promise<void>((resolve) => clock.setTimer(LOOK_MS, resolve));
  }
}

async function movesUnderWay(master: ClosingCheckOptions['master']): Promise<number> {
  const page = { limit: 1, pageToken: '' };
  return (await master.get({ kind: 'transitions', ended: false, page })).total;
}

/** Asks until there is an answer. Throws the last failure when there is none in time. */
async function answered<Answer>({ clock }: ClosingCheckOptions, ask: () => Promise<Answer>): Promise<Answer> {
  const boundMs = clock.nowMs() + ANSWER_BOUND_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (clock.nowMs() >= boundMs) throw error;
      await new Promise<void>((resolve) => clock.setTimer(LOOK_MS, resolve));
    }
  }
}

function auditText(violation: string): string {
  return `the master's audit: ${violation}`;
}

export interface ClosingFacts {
  readonly hosts: readonly HostView[];
  /** Machines of each manager, by framework. */
  readonly managers: ReadonlyMap<string, readonly CensusMachine[]>;
  /** Names of the frameworks that should have answered. */
  readonly frameworks: readonly string[];
  /** What the master's own audit found. */
  readonly violations: readonly string[];
}

/** Manager states of a machine that is on its way in or out; its move is still under way or has just ended. */
const PASSING = new Set(['joining', 'join_failed', 'leaving']);

/**
 * Whether everybody agrees at the end: each leased host is in its holder's manager and in no other, each machine of a
 * manager is leased to it. Sentences on what is wrong; empty when nothing is.
 */
export function closingProblems(facts: ClosingFacts): readonly string[] {
  const problems = facts.violations.map(auditText);
  const holders = new Map<string, string[]>();
  for (const framework of facts.frameworks) {
    const machines = facts.managers.get(framework);
    if (machines === undefined) problems.push(`the manager of ${framework} did not answer`);
    for (const { name, state } of machines ?? []) {
      if (PASSING.has(state)) continue;
      const known = holders.get(name);
      if (known === undefined) holders.set(name, [framework]);
      else known.push(framework);
    }
  }
  for (const host of facts.hosts) {
    if (host.transition !== null) continue;
    const inManagers = holders.get(host.name) ?? [];
    holders.delete(host.name);
    if (inManagers.length > 1) problems.push(`${host.name} is in the managers of ${inManagers.join(' and ')} at once`);
    else if (host.mode === 'quarantined') continue;
    else if (host.owner === '' && inManagers.length === 1)
      problems.push(`${host.name} is in the manager of ${inManagers.join('')}, and nobody has it leased`);
    else if (host.owner !== '' && inManagers.length === 0)
      problems.push(`${host.name} is leased to ${host.owner}, and no manager has it`);
    else if (inManagers.length === 1 && inManagers[0] !== host.owner)
      problems.push(`${host.name} is leased to ${host.owner}, and in the manager of ${inManagers.join('')}`);
  }
  for (const [name, owners] of holders)
    if (!facts.hosts.some((host) => host.name === name))
      problems.push(`${name} is in the manager of ${owners.join(' and ')}, and the master does not know it`);
  return problems;
}
