/**
 * A master without a shell, and the frameworks and agents of a workload, for `bench:allocator`. Everything goes through
 * `Master.step`; the clock is virtual. Effects are only collected while a phase is timed and looked at after it.
 */
import { strict as assert } from 'node:assert';
import {
  DEFAULT_OPTIONS,
  Master,
  type AgentReport,
  type Effect,
  type Event,
  type FrameworkMessage,
  type Offer,
  type Quantities,
  type Resources,
  type SchedulerOptions,
} from '../../../scheduler/index.js';
import { newRole } from '../../../scheduler/quota/index.js';
import type { HostRecord, RoleRecord, TaskRecord } from '../../../scheduler/state/records.js';
import { frameworkRecord, runningTask, sharedHost } from '../records.js';

/** Leads tasks and offers back to their owner: what Mesos' benchmarks call framework i. */
export interface FrameworkSpec {
  /** `bench/f7` */
  readonly frameworkId: string;
  readonly role: string;
  /** In the store from the start (it holds something); the others register when they are added. */
  readonly isKnown?: boolean;
}

export interface RigSpec {
  readonly hosts: number;
  readonly hostResources: Resources;
  /** What runs on each host from the start, or null. */
  readonly used: { readonly resources: Resources; readonly framework: (host: number) => FrameworkSpec } | null;
  readonly frameworks: readonly FrameworkSpec[];
  readonly roles: readonly { readonly path: string; readonly quota?: Partial<RoleRecord> }[];
  readonly options?: Partial<SchedulerOptions>;
}

const START_MS = 1_000_000_000;
const NO_DOMAIN = { region: '', zone: '', rack: '' };
/** More ticks at one moment than this would be a loop. */
const TICKS_MAX = 10_000;

export class Rig {
  readonly spec: RigSpec;
  readonly #master: Master;
  readonly #seqs = new Map<string, number>();
  /** Offers that are open, by framework. */
  readonly #open = new Map<string, Offer[]>();
  #effects: (readonly Effect[])[] = [];
  #nowMs = START_MS;
  #image = 0;

  constructor(spec: RigSpec) {
    this.spec = spec;
    // Restarts are not what is measured, and the planner has nothing to do where no whole host is wanted.
    // Mesos knows no cap on what one framework holds under offer.
    const uncapped = { openOfferShareMaxMilli: 1000, offersOpenMax: 1_000_000 };
    const options = { ...DEFAULT_OPTIONS, ...uncapped, planner: 'off' as const, ...spec.options };
    this.#master = Master.restore(options, storedEntries(spec));
    this.step({ kind: 'started', term: 1 });
    this.takeOffers();
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  step(event: Event): void {
    this.#effects.push(this.#master.step(this.#nowMs, event).effects);
  }

  /** Time passes; what is due on the way runs at its time. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (let ticks = 0; this.#master.nextWakeMs() <= endMs; ticks += 1) {
      assert(ticks < TICKS_MAX, 'the master asks for tick after tick');
      this.#nowMs = Math.max(this.#nowMs, this.#master.nextWakeMs());
      this.step({ kind: 'tick' });
    }
    this.#nowMs = endMs;
  }

  addFramework({ frameworkId }: FrameworkSpec, roles: readonly string[]): void {
    const [workload = '', name = ''] = frameworkId.split('/');
    this.#open.set(frameworkId, []);
    this.#connect(`framework/${frameworkId}`, { kind: 'framework', workload, name, roles, executesSteps: false });
  }

  addAgent(host: number): void {
    const { name, identity } = hostRecord(this.spec, host);
    const peerId = `agent/${hostIdOf(host)}`;
    this.#connect(peerId, { kind: 'agent', name, identity });
    this.report(host, this.spec.hostResources);
  }

  #connect(peerId: string, who: Extract<Event, { kind: 'session_open' }>['hello']['who']): void {
    this.step({
      kind: 'session_open',
      connectionId: `c-${peerId}`,
      hello: {
        who,
        incarnation: peerId,
        secretHash: peerId,
        outboxFirstSeq: 1,
        appliedTerm: 0,
        appliedSeq: 0,
        highestTerm: 1,
      },
    });
    this.step({ kind: 'peer_connected', peerId, resumed: false });
  }

  report(host: number, resources: Resources): void {
    const { used } = this.spec;
    const hostId = hostIdOf(host);
    const task = used === null ? null : taskRecord(used, host);
    const report: AgentReport = {
      resources,
      attributes: {},
      faultDomain: NO_DOMAIN,
      image: `image-${this.#image}`,
      agentVersion: '1',
      lastCommandSeq: 1,
      tasks:
        task === null
          ? []
          : [{ taskId: task.taskKey, hostId, state: 'running', statusSeq: 1, message: '', exitCode: null }],
      profile: '',
      cleanliness: 'clean',
    };
    const peerId = `agent/${hostId}`;
    this.step({ kind: 'agent_message', peerId, seq: this.#nextSeq(peerId), message: { kind: 'report', report } });
  }

  /** Every agent reports another image, which makes its host dirty. */
  dirtyAllHosts(): void {
    this.#image += 1;
    for (let host = 0; host < this.spec.hosts; host += 1) this.report(host, this.spec.hostResources);
  }

  say(frameworkId: string, message: FrameworkMessage): void {
    const peerId = `framework/${frameworkId}`;
    this.step({ kind: 'framework_message', peerId, seq: this.#nextSeq(peerId), message });
  }

  openOffers({ frameworkId, role }: FrameworkSpec, enabled = true, minimum: Quantities = {}): void {
    this.say(frameworkId, { kind: 'open_offers', role, enabled, minimum });
  }

  /** Offers that came since the last call; they are open until `declineAll` or `forgetOffers`. */
  takeOffers(): readonly Offer[] {
    const taken: Offer[] = [];
    for (const effects of this.#effects)
      for (const effect of effects) {
        if (effect.kind !== 'send' || effect.message.kind !== 'offers') continue;
        const open = this.#open.get(effect.peerId.slice('framework/'.length));
        open?.push(...effect.message.offers);
        taken.push(...effect.message.offers);
      }
    this.#effects = [];
    return taken;
  }

  openOf(frameworkId: string): readonly Offer[] {
    return this.#open.get(frameworkId) ?? [];
  }

  /** Forgets the open offers of the framework; the caller has answered them. */
  forgetOffers(frameworkId: string): void {
    this.#open.set(frameworkId, []);
  }

  /** Every framework declines all it has, each in one message. */
  declineAll(filterMs: number): void {
    for (const [frameworkId, offers] of this.#open) {
      if (offers.length === 0) continue;
      const offerIds = offers.map(({ offerId }) => offerId);
      this.say(frameworkId, { kind: 'decline', offerIds, filterMs, reason: '' });
      this.#open.set(frameworkId, []);
    }
  }

  /** Frameworks decline what they have of the first hosts. */
  declineHosts(hosts: number, filterMs: number): void {
    const chosen = new Set(Array.from({ length: hosts }, (_, host) => hostIdOf(host)));
    for (const [frameworkId, offers] of this.#open) {
      const declined = offers.filter(({ hostId }) => chosen.has(hostId));
      if (declined.length === 0) continue;
      const offerIds = declined.map(({ offerId }) => offerId);
      this.say(frameworkId, { kind: 'decline', offerIds, filterMs, reason: '' });
      this.#open.set(
        frameworkId,
        offers.filter(({ hostId }) => !chosen.has(hostId)),
      );
    }
  }

  audit(): readonly string[] {
    return this.#master.audit().map(({ invariant, subject, message }) => `${invariant} ${subject} ${message}`);
  }

  #nextSeq(peerId: string): number {
    const seq = (this.#seqs.get(peerId) ?? 0) + 1;
    this.#seqs.set(peerId, seq);
    return seq;
  }
}

export function hostIdOf(host: number): string {
  return `h-0-${host + 1}`;
}

function storedEntries(spec: RigSpec): readonly (readonly [string, unknown])[] {
  const entries: (readonly [string, unknown])[] = [];
  for (const { path, quota } of spec.roles) entries.push([`role/${path}`, { ...newRole(path), ...quota }]);
  for (const framework of spec.frameworks)
    if (framework.isKnown === true)
      entries.push([`framework/${framework.frameworkId}`, frameworkRecord(framework.frameworkId, framework.role)]);
  for (let host = 0; host < spec.hosts; host += 1) {
    entries.push([`host/${hostIdOf(host)}`, hostRecord(spec, host)]);
    if (spec.used === null) continue;
    const task = taskRecord(spec.used, host);
    entries.push([`task/${task.taskKey}`, task]);
  }
  return entries;
}

function hostRecord(spec: RigSpec, host: number): HostRecord {
  const facts = {
    hostId: hostIdOf(host),
    name: `agent${host + 1}`,
    identity: { uuid: `00000000-0000-4000-8000-${String(host + 1).padStart(12, '0')}`, serial: '', macs: [] },
    resources: spec.hostResources,
    attributes: {},
    faultDomain: NO_DOMAIN,
    image: 'image-0',
  };
  return sharedHost(facts, 1);
}

function taskRecord(used: NonNullable<RigSpec['used']>, host: number): TaskRecord {
  const taskId = `t${host + 1}`;
  const nothing = { image: '', command: [], env: {}, killGraceMs: 0, labels: {} };
  const spec = { taskId, name: taskId, resources: used.resources, ...nothing };
  return runningTask(used.framework(host), hostIdOf(host), spec, 1);
}
