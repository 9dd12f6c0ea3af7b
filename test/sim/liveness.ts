import type { QueryResult } from '../../scheduler/index.js';
import type { World } from '../../src/simulation/world.js';
import type { LeaseLedger } from './lease-ledger.js';

/** A healed world ends every move within this: undoing tries ten times with growing pauses. */
const MOVE_AGE_MAX_MS = 120 * 60_000;
/** What keeps whole-host demand waiting although hosts are free. */
const FREE_BUT = ['ROLE_LIMIT', 'NO_MATCH', 'GROUP_INCOMPLETE', 'OFFERED', 'MOVING_IN'];

type Hosts = Extract<QueryResult, { readonly kind: 'hosts' }>['hosts'];
type Demands = Extract<QueryResult, { readonly kind: 'demands' }>['demands'];

/**
 * What has to be true once the world was healed and had time.
 *
 * @param handled hosts that somebody changed in a manager by hand: what the manager has there is not ours to prove
 */
export function livenessProblems(world: World, ledger: LeaseLedger, handled: ReadonlySet<string>): readonly string[] {
  const loop = world.loop;
  if (loop?.leading !== true) return ['the master does not lead although nothing is broken any more'];
  const page = { limit: 1_000, pageToken: '' };
  const found = loop.master.query({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page });
  const frameworks = loop.master.query({ kind: 'frameworks', workload: '' });
  const demands = loop.master.query({ kind: 'demands' });
  const roles = loop.master.query({ kind: 'roles' });
  if (
    found.kind !== 'hosts' ||
    frameworks.kind !== 'frameworks' ||
    demands.kind !== 'demands' ||
    roles.kind !== 'roles'
  )
    return ['the master does not answer what is asked'];
  // Others are an intruder's.
  const hosts = found.hosts.filter(({ name }) => world.hostNames.includes(name));
  const ours = world.frameworkNames.map((name) => world.workload(name).frameworkId);
  const problems = [
    ...moveProblems(ledger),
    ...hostProblems(world, hosts, handled),
    ...demandProblems(hosts, demands.demands, kept(roles, 'hosts')),
    // Where they do not all fit, who gets less is not for one look at the end to say.
    ...(doFit(roles) ? guaranteeProblems(hosts, demands.demands, guaranteesOf(roles), handled) : []),
  ];
  for (const { frameworkId, connected } of frameworks.frameworks)
    if (!connected && ours.includes(frameworkId)) problems.push(`${frameworkId} is not connected`);
  return problems;
}

function moveProblems(ledger: LeaseLedger): readonly string[] {
  return ledger
    .ages()
    .filter(({ ageMs }) => ageMs > MOVE_AGE_MAX_MS)
    .map(
      ({ transition, ageMs }) =>
        `move ${transition.transitionId} of ${ledger.nameOf(transition.hostId)} is ${String(Math.round(ageMs / 60_000))} minutes old ` +
        `and stands at ${transition.step} (${transition.stepPhase})`,
    );
}

function hostProblems(world: World, hosts: Hosts, handled: ReadonlySet<string>): readonly string[] {
  const problems: string[] = [];
  for (const name of world.hostNames) {
    const known = hosts.filter((host) => host.name === name).length;
    if (known !== 1) problems.push(`${name} is known ${String(known)} times`);
  }
  for (const host of hosts) {
    if (!host.connected) problems.push(`${host.name} is not connected`);
    if (host.mode === 'quarantined' && host.quarantineReason === '')
      problems.push(`${host.name} is quarantined without a reason`);
    if (host.offers > 0 && host.mode !== 'free' && host.mode !== 'shared')
      problems.push(`${host.name} is ${host.mode} and under offer`);
    // Where nobody meddled by hand, what is leased and serving is up in its manager.
    if (host.phase !== 'serving' || host.transition !== null || handled.has(host.name)) continue;
    const workload = host.owner.split('/')[0] ?? '';
    if (!world.frameworkNames.includes(workload)) continue;
    const state = world.workload(workload).manager.stateOf(host.name);
    if (state !== 'up')
      problems.push(`${host.name} is leased to ${host.owner} and serving, but in its manager it is ${state}`);
  }
  return problems;
}

/** @param kept free hosts that lending limits keep from whoever waits */
function demandProblems(hosts: Hosts, demands: Demands, kept: number): readonly string[] {
  const problems: string[] = [];
  const free = hosts.filter(
    (host) => host.mode === 'free' && host.clean && !host.cordoned && host.transition === null && host.offers === 0,
  ).length;
  for (const { frameworkId, demandId, status } of demands) {
    if (status.pending === 0) continue;
    const waits = `demand ${frameworkId}/${demandId} waits for ${String(status.pending)}`;
    if (status.unmetReason === 'NONE') problems.push(`${waits} without a reason`);
    else if (free > kept && !FREE_BUT.includes(status.unmetReason))
      problems.push(`${waits} (${status.unmetReason}: ${status.message}) while ${String(free)} hosts are free`);
  }
  return problems;
}

/** Nobody keeps more than it was promised while another lacks what it was promised and asks for. */
function guaranteeProblems(
  hosts: Hosts,
  demands: Demands,
  guarantees: ReadonlyMap<string, { readonly guarantee: number; readonly limit: number }>,
  handled: ReadonlySet<string>,
): readonly string[] {
  const problems: string[] = [];
  const held = new Map<string, number>();
  const movable = new Map<string, number>();
  for (const host of hosts) {
    if (host.role === '') continue;
    held.set(host.role, (held.get(host.role) ?? 0) + 1);
    if (host.phase === 'serving' && !handled.has(host.name)) movable.set(host.role, (movable.get(host.role) ?? 0) + 1);
  }
  for (const { role, frameworkId, status } of demands) {
    const promised = guarantees.get(role);
    if (promised === undefined || status.pending === 0 || status.movingIn > 0) continue;
    const has = held.get(role) ?? 0;
    if (has >= promised.guarantee || has >= promised.limit) continue;
    const [other] = [...guarantees].filter(
      ([path, { guarantee }]) => path !== role && (movable.get(path) ?? 0) > guarantee,
    );
    if (other !== undefined)
      problems.push(
        `${frameworkId} holds ${String(has)} of ${String(promised.guarantee)} guaranteed hosts and waits ` +
          `(${status.unmetReason}: ${status.message}) while ${other[0]} holds more than its guarantee`,
      );
  }
  return problems;
}

function guaranteesOf(
  roles: Extract<QueryResult, { readonly kind: 'roles' }>,
): ReadonlyMap<string, { readonly guarantee: number; readonly limit: number }> {
  return new Map(
    roles.roles.map((role) => [
      role.path,
      { guarantee: role.guarantee['hosts'] ?? 0, limit: role.limit['hosts'] ?? Infinity },
    ]),
  );
}

/** Whether the hosts that are there now are enough for all guarantees of hosts. */
function doFit({ roles }: Extract<QueryResult, { readonly kind: 'roles' }>): boolean {
  return roles.every(({ guarantee, effectiveGuarantee }) => {
    const promised = guarantee['hosts'] ?? 0;
    return promised === 0 || (effectiveGuarantee['hosts'] ?? 0) >= promised;
  });
}

/** What roles are guaranteed as long as there is enough, do not lend and do not use: for a gang that still waits, say. */
export function kept({ roles }: Extract<QueryResult, { readonly kind: 'roles' }>, dimension: string): number {
  return roles.reduce((sum, { effectiveGuarantee, lendingLimit, used }) => {
    const lent = lendingLimit[dimension];
    const unlent = lent === undefined ? 0 : (effectiveGuarantee[dimension] ?? 0) - lent;
    return sum + Math.max(0, unlent - (used[dimension] ?? 0));
  }, 0);
}
