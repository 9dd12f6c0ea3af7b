import { DirtyHosts } from './allocate/dirty-hosts.js';
import { OfferFilters } from './allocate/filters.js';
import { AllocationMemory } from './allocate/memory.js';
import { OfferEnds } from './allocate/offer-ends.js';
import { OpenClaims } from './allocate/open-claims.js';
import { PassHosts } from './allocate/pass-hosts.js';
import { RoleRooms } from './allocate/role-rooms.js';
import { SharedFree } from './allocate/shared-free.js';
import type { SchedulerOptions } from './config.js';
import type { Effect } from './effects.js';
import type { AgentCommand, FrameworkEvent, Offer, TaskSpec } from './protocol.js';
import { Capacity } from './quota/capacity.js';
import { DemandIndex } from './quota/demand-index.js';
import { Ledger } from './quota/ledger.js';
import { QuotaTree } from './quota/quota-tree.js';
import { PlanMemory } from './reassign/memory.js';
import { SliceMemory } from './reassign/slices/memory.js';
import { ExpectedHosts } from './reconcile/expected-hosts.js';
import { MassFailure } from './reconcile/mass-failure.js';
import { ClusterState } from './state/cluster-state.js';
import type { ConditionKind } from './state/records.js';
import { TimerQueue } from './state/timers.js';

/**
 * What lower parts ask of higher ones. Imports go one way (resources < state < quota < allocate < reassign < reconcile <
 * operate, explain); where a lower part must start something in a higher one it calls through here, and the master says
 * at its start who answers.
 */
export interface Upcalls {
  /** An accepted whole-host offer becomes a lease and a transition (reassign). */
  beginJoin(
    core: Core,
    hostId: string,
    frameworkId: string,
    role: string,
    demandId: string,
    transitionId: string | null,
  ): { readonly leaseId: string; readonly transitionId: string };
  /** The directed offer of a transition was declined, expired or rescinded (reassign). */
  onLandingLost(core: Core, transitionId: string, why: string): void;
  /**
   * Accepted and validated tasks become records and commands to the host's agent (reconcile).
   * @param reservationId whose capacity they use; undefined = none's
   */
  launchTasks(
    core: Core,
    frameworkId: string,
    role: string,
    hostId: string,
    tasks: readonly TaskSpec[],
    reservationId: string | undefined,
  ): void;
  /** A quota change leaves no room for these open offers (allocate). */
  rescindOffers(core: Core, offerIds: readonly string[], reason: string): void;
}

const NOT_WIRED: Upcalls = {
  beginJoin: notWired,
  onLandingLost: notWired,
  launchTasks: notWired,
  rescindOffers: notWired,
};

function notWired(): never {
  throw new Error('the core was not told who answers its upcalls; set core.upcalls first');
}

/**
 * What every part of the core works with during a step: the state, the time, the pending effects. Parts are modules of
 * functions that take a `Core`; none keeps state of its own outside it.
 */
export class Core {
  readonly state = new ClusterState();
  readonly timers = new TimerQueue();
  readonly options: SchedulerOptions;
  /** What every role is charged, and which whole hosts each framework has. */
  readonly ledger = new Ledger(this.state);
  /** What the fleet has, by shape. */
  readonly capacity: Capacity;
  /** The tree of roles with what follows from their quotas. */
  readonly quota: QuotaTree;
  /** Limits and guarantees as passes ask for them. */
  readonly roleRooms: RoleRooms;
  /** Standing demand by what it asks for. */
  readonly demandIndex = new DemandIndex(this.state);
  /** Hosts as passes see them. */
  readonly passHosts = new PassHosts(this.state);
  /** What is free on shared ones together, while a lending limit keeps some of it. */
  readonly sharedFree = new SharedFree(this.state);
  /** What frameworks declined, and until when. Soft. */
  readonly filters = new OfferFilters();
  /** When open offers end. Soft. */
  readonly offerEnds = new OfferEnds();
  /** Who asked for offers without stated demand. Soft. */
  readonly openClaims = new OpenClaims(this.state);
  upcalls: Upcalls = NOT_WIRED;
  /** When the first host became dirty that no pass has looked at yet; null when there is none. Soft. */
  dirtySinceMs: number | null = null;
  /** Hosts whose free resources, mode, attributes or filters changed since the allocator last looked. */
  readonly dirtyHosts = new DirtyHosts(this.passHosts);
  /** How often each edge of a transition was taken since this start (`TRANSITION_EDGES`); soft. */
  readonly edges = new Map<string, number>();
  /** What the allocator remembers from pass to pass; soft. */
  readonly allocationMemory = new AllocationMemory(this.state);
  /** What the planner remembers from round to round; soft. */
  readonly planMemory = new PlanMemory();
  /** What the reclaim of slices remembers from round to round; soft. */
  readonly sliceMemory = new SliceMemory();
  /** Hosts in use at this start that have not reported since; recovery waits for a share of them. Soft. */
  readonly awaitedHosts = new Set<string>();
  /** How many there were at the start. */
  awaitedAtStart = 0;
  /** Hosts whose agents are expected to be there, and how long they have been silent. */
  readonly expectedHosts = new ExpectedHosts(this.state);
  /** Soft. */
  readonly massFailure = new MassFailure();
  /** What the wall clock was ahead of the one clock when the shell last said. Soft. */
  wallOffsetMs = 0;
  /**
   * Peers that were accepted with a new incarnation and are not wired yet: messages that still come are from the old one,
   * whose numbers mean nothing any more. Soft.
   */
  readonly openingPeers = new Set<string>();
  /** Time of the running step. */
  nowMs = 0;
  /** Term of this start; part of every id made in it. */
  term = 0;
  /** When this start began; the recovery bound counts from here. */
  startedMs = 0;
  #sequence = 0;
  #effects: Effect[] = [];

  constructor(options: SchedulerOptions) {
    this.options = options;
    this.capacity = new Capacity(this.state, options.shareExcludedResources);
    this.quota = new QuotaTree(this.state, this.capacity);
    this.roleRooms = new RoleRooms(this.quota, this.ledger);
  }

  /** `o-<term>-<n>`: unique over restarts, the same in every replay; a stale leader's ids are recognisable. */
  nextId(prefix: string): string {
    this.#sequence += 1;
    return `${prefix}-${String(this.term)}-${String(this.#sequence)}`;
  }

  emit(effect: Effect): void {
    this.#effects.push(effect);
  }

  takeEffects(): readonly Effect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** Sends to a framework; the session layer drops it when the framework is away (a resync follows its return). */
  sendFramework(frameworkId: string, message: FrameworkEvent): void {
    this.emit({ kind: 'send', peerId: `framework/${frameworkId}`, message });
  }

  /** @param causedMs when the first change came that they follow from */
  sendOffers(frameworkId: string, offers: readonly Offer[], causedMs: number): void {
    this.emit({ kind: 'send', peerId: `framework/${frameworkId}`, message: { kind: 'offers', offers }, causedMs });
  }

  sendAgent(hostId: string, message: AgentCommand): void {
    this.emit({ kind: 'send', peerId: `agent/${hostId}`, message });
  }

  /** One line that an admin would want to read. */
  decide(
    about: string,
    subject: string,
    text: string,
    fields: Readonly<Record<string, string | number | boolean>> = {},
  ): void {
    this.emit({ kind: 'decision', decision: { about, subject, text, fields } });
  }

  markDirty(hostId: string): void {
    this.dirtyHosts.add(hostId);
    this.dirtySinceMs ??= this.nowMs;
    this.timers.setEarliest('allocate', this.nowMs + this.options.allocateBatchMs);
  }

  markAllDirty(): void {
    for (const host of this.passHosts.values()) this.dirtyHosts.put(host);
    this.dirtySinceMs ??= this.nowMs;
    this.timers.setEarliest('allocate', this.nowMs + this.options.allocateBatchMs);
  }

  /** Raises or updates a condition; its start time survives updates. */
  raise(kind: ConditionKind, subject: string, message: string, remedy: string): void {
    const key = `${kind}|${subject}`;
    const before = this.state.conditions.get(key);
    if (before?.message === message) return;
    this.state.conditions.put({ key, kind, subject, sinceMs: before?.sinceMs ?? this.nowMs, message, remedy });
    if (before === undefined) this.decide('condition', subject, `${kind}: ${message}`, { remedy });
  }

  clearCondition(kind: ConditionKind, subject: string): void {
    const key = `${kind}|${subject}`;
    if (!this.state.conditions.has(key)) return;
    this.state.conditions.delete(key);
    this.decide('condition', subject, `${kind} is over`, {});
  }
}
