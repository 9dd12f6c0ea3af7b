/**
 * Every record of the core's state. Records are immutable: a change puts a new one in its table (`cluster-state.ts`).
 * Durable tables reach the store; soft ones are rebuilt from peers after a restart.
 */
import type {
  Blocker,
  CommandOutcome,
  DemandEntry,
  FaultDomain,
  HostIdentity,
  LeaveForecast,
  ObservedHost,
  Placement,
  Constraint,
  StepName,
  StepState,
  TaskSpec,
  TaskState,
} from '../protocol.js';
import type { Quantities, Resources } from '../resources/types.js';
import type { Roll } from './roll.js';

export type HostMode = 'unclaimed' | 'free' | 'leased' | 'shared' | 'quarantined';

/** Durable. One machine with an agent. */
export interface HostRecord {
  readonly hostId: string;
  /** Unique, from the machine's own host name. */
  readonly name: string;
  readonly identity: HostIdentity;
  readonly resources: Resources;
  readonly attributes: Readonly<Record<string, string>>;
  readonly faultDomain: FaultDomain;
  readonly image: string;
  readonly shape: string;
  readonly mode: HostMode;
  readonly modeSinceMs: number;
  /** Why it is quarantined, in a sentence; empty otherwise. */
  readonly quarantineReason: string;
  /**
   * The mode it had when it was quarantined. From `unclaimed` its content was never ours: a release gives it back unclaimed
   * instead of wiping it. Absent: not quarantined, or whatever is on it is to be wiped.
   */
  readonly quarantinedFrom?: HostMode;
  /**
   * Who held it until the machine was confirmed off. Its manager may still use a machine that comes back as it was: nothing
   * is wiped before it has told otherwise. Until the host is free or held again.
   */
  readonly formerHolder?: string;
  /** The lease on the whole host; exactly set while `mode` is `leased`, may be set while `quarantined`. */
  readonly leaseId: string | null;
  /** The transition in progress, at most one. */
  readonly transitionId: string | null;
  /** Free hosts are offerable only when verified clean since the last use. */
  readonly clean: boolean;
  /** An operator said: no new grants here. */
  readonly cordoned: boolean;
  readonly cordonReason: string;
  /** Last command sequence given to the agent (launch, kill). */
  readonly commandSeq: number;
  /** No planned move before this time (cool-down after an aborted one). */
  readonly coolDownUntilMs: number;
  /** An operator ended a move while an attempt was out: its executor may act until then, and no step is asked before. */
  readonly fencedUntilMs?: number;
  /**
   * When it was last heard of before it was lost. Durable: what was lost before a failover is lost after it, too, and no
   * part of a mass failure. Absent: not lost.
   */
  readonly lostSinceMs?: number;
}

/**
 * Durable. A host that is taken out of use for a time, by an operator's drain or by a maintenance window. It is cordoned as
 * long as the record lives.
 */
export interface DrainRecord {
  readonly hostId: string;
  /** `operator:<principal>` or `maintenance:<window>`: who asks for the moves that it takes. */
  readonly by: string;
  /** The window that began it, and ends it; empty for an operator's. */
  readonly window: string;
  readonly reason: string;
  /** False: only cordoned, what is on the host stays. */
  readonly empties: boolean;
  /** What is left at the deadline is killed. */
  readonly hard: boolean;
  /** Tasks that are killed get at most so long to end; -1 = as each task says. */
  readonly graceMs: number;
  /** When everything should be off the host, on the one clock. */
  readonly deadlineMs: number;
  /** Whether its end ends the cordon, too: not where somebody else had cordoned the host. */
  readonly cordons: boolean;
  readonly phase: 'draining' | 'drained' | 'cordoned';
  readonly sinceMs: number;
  /** The last move that it has started, empty before: after the first the host's cool-down counts. */
  readonly moveId: string;
}

/** Durable. A maintenance window: hosts that will not be there for a time that is known ahead. Times are wall time. */
export interface WindowRecord {
  readonly name: string;
  readonly hostIds: readonly string[];
  readonly startsMs: number;
  /** 0 = until it is deleted. */
  readonly endsMs: number;
  readonly reason: string;
  /** Whether the hosts are drained before it begins; false: they are cordoned when it does. */
  readonly drain: boolean;
  /** What is left when it begins is killed. */
  readonly hard: boolean;
  /** The drain begins so long before. */
  readonly drainBeforeMs: number;
  /** Its hosts stay cordoned when it is over. */
  readonly keepCordoned: boolean;
  readonly by: string;
}

/** Soft, per host. */
export interface HostPresence {
  readonly hostId: string;
  readonly connected: boolean;
  /** Reported in full since this master started (I6: no offer before). */
  readonly reported: boolean;
  readonly lastSeenMs: number;
  /** Since when its agent is connected, or was last. Absent: not since this master started. */
  readonly connectedMs?: number;
  /** Declared lost after `hostLostAfterMs` without contact. */
  readonly lost: boolean;
  readonly profile: string;
  readonly cleanliness: string;
  /** A report of the agent's present session was handled; commands are sent only then, in their order. */
  readonly synced?: boolean;
}

/** Durable. A framework's exclusive hold on a whole host. Only release, teardown or an operator ends it. */
export interface LeaseRecord {
  readonly leaseId: string;
  readonly hostId: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly origin: 'adopted' | 'claimed';
  readonly phase: 'joining' | 'serving' | 'leaving';
  readonly sinceMs: number;
  /** When the framework verified the host; 0 while joining. Minimum hold counts from here. */
  readonly servingSinceMs: number;
}

/** Durable. `frameworkId` is `<workload>/<name>`. */
export interface FrameworkRecord {
  readonly frameworkId: string;
  readonly workload: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly executesSteps: boolean;
  readonly registeredMs: number;
  /** Set by teardown: no new grants; ends when the last lease and task are gone. */
  readonly tornDown: boolean;
}

/** Soft, per framework. */
export interface FrameworkPresence {
  readonly frameworkId: string;
  readonly connected: boolean;
  readonly sinceMs: number;
  /** At least one complete observation since this master started. */
  readonly observed: boolean;
  /** When the last complete observation came. */
  readonly observedMs?: number;
  /** What its manager has, by host id (matched by identity). Live: it follows the observations. */
  readonly hosts: ReadonlyMap<string, ObservedHost>;
}

/** Soft. One machine as one framework's manager has it; one record each, so that a newcomer costs no more than itself. */
export interface ObservationRecord {
  /** `<frameworkId>|<hostId>`, or `<frameworkId>|?<identity>` of a machine that no agent has reported. */
  readonly key: string;
  readonly frameworkId: string;
  readonly hostId: string | null;
  readonly observed: ObservedHost;
}

/** Durable. Sequence state of a peer's session. */
export interface SessionRecord {
  readonly peerId: string;
  readonly incarnation: string;
  readonly secretHash: string;
  /** Last message of the peer whose effects are in the store. */
  readonly lastAppliedSeq: number;
}

export type DimensionLimits = Quantities;

/** Durable. A node of the quota tree. The root is `/`. */
export interface RoleRecord {
  readonly path: string;
  /** Owed whenever demanded; idle guarantee is lent. */
  readonly guarantee: DimensionLimits;
  /** Never more than this; absent dimension = no limit. */
  readonly limit: DimensionLimits;
  /** How much of the idle guarantee may be lent; absent dimension = all of it. */
  readonly lendingLimit: DimensionLimits;
  /** How much above the guarantee may be held; absent dimension = up to the limit. */
  readonly borrowingLimit: DimensionLimits;
  /** Share of the surplus relative to its siblings; integer 1..1,000,000, default 1. */
  readonly weight: number;
  /** Higher survives longer when guarantees must shrink and when hosts are taken back; default 0. */
  readonly priority: number;
  readonly reclaim: ReclaimPolicy;
}

export interface ReclaimPolicy {
  /**
   * soft: the drain may be refused by the manager, and tasks stay. hard: workloads are killed at the deadline, tasks on
   * shared hosts after a notice.
   */
  readonly kind: 'soft' | 'hard';
  /** Shortage must last this long before anything is taken back. */
  readonly graceMs: number;
  /** Drain deadline of a reclaim move, and notice before a task is killed; 0 = the configured defaults. */
  readonly deadlineMs: number;
  /** At most this many hosts, and as many tasks, are taken in one round to meet the guarantees of others; 0 = none. */
  readonly movesPerRound: number;
  /** Minimum hold of hosts lent to this role; -1 = the configured default. */
  readonly minHoldMs: number;
}

/** Durable. A class of hosts; the first matching shape in order of `rank` wins; `standard` matches everything. */
export interface ShapeRecord {
  readonly shape: string;
  readonly rank: number;
  /** All must hold. */
  readonly constraints: readonly Constraint[];
  readonly minimum: Quantities;
}

/** Durable. A slice of a shared host. `taskKey` is `<frameworkId>/<taskId>`. */
export interface TaskRecord {
  readonly taskKey: string;
  readonly taskId: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly hostId: string;
  readonly spec: TaskSpec;
  readonly state: TaskState;
  /** Last status number recorded; the framework acknowledges it. */
  readonly statusSeq: number;
  readonly message: string;
  readonly exitCode: number | null;
  /** Command that launched it, to tell "lost" from "send again" when its agent comes back. */
  readonly launchSeq: number;
  readonly killSeq: number;
  readonly killGraceMs: number;
  readonly updatedMs: number;
  /** Absent: it was launched before this was noted; it counts as old. */
  readonly launchedMs?: number;
  /** Why it was told to stop, where not by its framework. */
  readonly killReason?: string;
  /** The reservation whose capacity it uses, and which is charged for it. Absent: it is charged itself. */
  readonly reservationId?: string;
}

/**
 * Durable. A part of a shared host that is kept for one role, used or not. The role is charged all of it while it exists;
 * tasks and offers on it charge nothing more.
 */
export interface ReservationRecord {
  readonly reservationId: string;
  readonly hostId: string;
  /** Exactly this role may use it: neither those above nor those below. */
  readonly role: string;
  readonly resources: Resources;
  /** `framework:<id>`, whose teardown ends it, or `operator:<principal>`. */
  readonly by: string;
  /** Why, in a sentence; empty where nobody said. */
  readonly reason: string;
  readonly sinceMs: number;
}

export interface Holder {
  readonly frameworkId: string;
  readonly role: string;
}

export type TransitionStep = StepName | 'offer';

/** What a waiting thing is doing; five words, the same everywhere. */
export type WaitWord = 'working' | 'waits for time' | 'waits for you' | 'blocked' | 'gave up';

export interface StepOutcome {
  readonly step: TransitionStep;
  readonly attempt: number;
  readonly state: StepState | 'expired';
  readonly startedMs: number;
  readonly endedMs: number;
  readonly message: string;
}

/** Durable. One host's move from one holder (or none) to another (or none). */
export interface TransitionRecord {
  readonly transitionId: string;
  readonly hostId: string;
  /** Holder before; null when the host was free or unclaimed. */
  readonly from: Holder | null;
  /** Holder after; null when the host is being given back to the free pool, `shared` pool moves use workload `shared`. */
  readonly to: Holder | null;
  /** Where a host without holder ends: `free` or `shared`. */
  readonly toMode: 'leased' | 'free' | 'shared';
  readonly leaseId: string | null;
  readonly planId: string | null;
  readonly demandId: string;
  readonly reason: string;
  /** `planner`, `framework:<id>`, `operator:<principal>` or `maintenance:<window>`. */
  readonly requestedBy: string;
  /** forward until it ends or turns; rollback: the host goes back to `from`, or to free once `leave` is done. */
  readonly direction: 'forward' | 'rollback';
  readonly step: TransitionStep;
  readonly attempt: number;
  /** pending: to be asked as soon as allowed; asked: an attempt is out; cancelling: its end is awaited. */
  readonly stepPhase: 'pending' | 'asked' | 'cancelling';
  readonly stepStartedMs: number;
  /** The executor may act until this time (master clock, already with grace). 0 = no attempt out. */
  readonly leaseUntilMs: number;
  readonly deadlineMs: number;
  /** The attempt that is out is stopped then, however often its lease is renewed. Absent: `deadlineMs` bounds it. */
  readonly attemptUntilMs?: number;
  /** Earliest time of the next attempt (back-off after a failure). */
  readonly notBeforeMs: number;
  /** Once true the source no longer holds or is charged for the host. */
  readonly left: boolean;
  readonly hard: boolean;
  /** `to` is below its guarantee: the move counts against the reclaim budget. */
  readonly reclaim: boolean;
  /** How long the drain may take, from its first attempt. */
  readonly drainDeadlineMs: number;
  /** Attempts of this step that ended without success; `attempt` itself never repeats within a transition. */
  readonly tries: number;
  readonly history: readonly StepOutcome[];
  readonly startedMs: number;
  readonly endedMs: number;
  readonly outcome: 'running' | 'completed' | 'rolled_back' | 'returned_free' | 'quarantined' | 'cancelled';
  readonly word: WaitWord;
  readonly cancelRequested: boolean;
}

/** Soft, per running transition: the last update, for people and for renewals. */
export interface TransitionProgress {
  readonly transitionId: string;
  readonly progressMilli: number;
  readonly message: string;
  readonly blockedBy: readonly Blocker[];
  readonly forecast: LeaveForecast | null;
  readonly lastUpdateNo: number;
  readonly atMs: number;
}

export interface PlannedMove {
  readonly hostId: string;
  readonly from: Holder | null;
  readonly to: Holder;
  readonly reason: string;
  /** Estimated leave plus join time, ms: the price. */
  readonly costMs: number;
  /** True when `to` is below its guarantee: may override minimum hold and use the reclaim budget. */
  readonly reclaim: boolean;
}

/** Durable while proposed or running. */
export interface PlanRecord {
  readonly planId: string;
  readonly version: number;
  readonly mode: 'observe' | 'approve' | 'auto';
  readonly status: 'proposed' | 'approved' | 'rejected' | 'superseded' | 'done';
  readonly moves: readonly PlannedMove[];
  readonly createdMs: number;
  readonly decidedBy: string;
}

/** Durable. `scope` is `*` or a workload. */
export interface FreezeRecord {
  readonly scope: string;
  readonly reason: string;
  readonly by: string;
  readonly sinceMs: number;
}

/** Durable (bounded per session): the outcome of a command, answered again when it is repeated. */
export interface CommandRecord {
  /** `<peerId>#<commandId>` */
  readonly key: string;
  readonly bodyHash: string;
  /**
   * What was answered, as JSON: there are a hundred thousand of them, hardly one is ever asked for, and collections of
   * garbage and restarts go through all of their objects. Stores of earlier versions hold the outcome itself.
   */
  readonly outcome: string | CommandOutcome;
  readonly atMs: number;
  /** First offer of an accept that was done: whoever says the same of it under another command id is answered the same. */
  readonly offerId?: string;
}

/** Durable singletons. */
export interface MetaRecord {
  readonly key: 'meta';
  readonly term: number;
  /** Highest time any event carried, so that time never runs backwards over a restart. */
  readonly nowMs: number;
  readonly planMode: 'observe' | 'approve' | 'auto';
}

/** Soft. An open offer; counts as used while it lives. */
export interface OfferRecord {
  readonly offerId: string;
  readonly hostId: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly demandId: string;
  readonly resources: Resources;
  readonly wholeHost: boolean;
  readonly transitionId: string | null;
  readonly groupId: string | null;
  readonly madeMs: number;
  readonly expiresMs: number;
  /** The reservation whose capacity it offers, and which is charged for it. Absent: capacity that anybody may have. */
  readonly reservationId?: string;
  /** The rolls on which it stands: `offersByHost` and `offersByFramework` of its host and framework. */
  readonly ofHost: Roll;
  readonly ofFramework: Roll;
}

/** Soft. Replace-all set of one (framework, role). */
export interface DemandRecord {
  /** `<frameworkId>|<role>` */
  readonly key: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly receivedMs: number;
  readonly entries: readonly DemandEntry[];
  /** Slices launched since `asOfSeq`, by demand id, to subtract from `count`. */
  readonly launchedSince: ReadonlyMap<string, number>;
}

/** Soft. Something an admin should know, until it clears. */
export interface ConditionRecord {
  /** `<kind>|<subject>` */
  readonly key: string;
  readonly kind: ConditionKind;
  readonly subject: string;
  readonly sinceMs: number;
  readonly message: string;
  /** What would clear it: a command or an event. */
  readonly remedy: string;
}

export type ConditionKind =
  | 'OVERCOMMITTED'
  | 'OVER_LIMIT'
  | 'BELOW_GUARANTEE'
  | 'GUARANTEE_UNMET'
  | 'HOST_LOST'
  | 'HOST_DIRTY'
  | 'DUPLICATE_IDENTITY'
  | 'IDENTITY_CHANGED'
  | 'UNKNOWN_TASKS'
  | 'DRIFT'
  | 'ADOPTION_CONFLICT'
  | 'NO_AGENT'
  | 'TRANSITION_BLOCKED'
  | 'TRANSITION_GAVE_UP'
  | 'FROZEN'
  | 'PEER_QUARANTINED'
  | 'CAPACITY_SHORT'
  | 'RECOVERING'
  | 'FRAMEWORK_DISCONNECTED'
  | 'MASS_FAILURE'
  | 'DRAIN_OVERDUE';

export type { Placement };
