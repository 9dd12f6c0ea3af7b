/** What people and scripts read: one shape for CLI, HTTP and gRPC. All times in ms of the one clock (0 = never). */
import type {
  Blocker,
  Constraint,
  DemandStatus,
  FaultDomain,
  HostIdentity,
  LeaveForecast,
  ObservedHost,
  WaitReason,
} from '../protocol.js';
import type { Quantities, Resources } from '../resources/types.js';
import type {
  ConditionKind,
  HostMode,
  PlannedMove,
  ReclaimPolicy,
  StepOutcome,
  TransitionStep,
  WaitWord,
} from '../state/records.js';

/** One row of the owners × states table. `owner` is a framework id, `shared`, or empty for hosts without holder. */
export interface OwnerView {
  readonly owner: string;
  readonly workload: string;
  readonly role: string;
  readonly connected: boolean;
  readonly hosts: number;
  readonly serving: number;
  readonly movingIn: number;
  readonly movingOut: number;
  /** Hosts wanted in all, as demanded; 0 when nothing is demanded. */
  readonly wanted: number;
  readonly entitled: number;
  readonly guaranteeHosts: number;
  /** -1 = no limit. */
  readonly limitHosts: number;
  /** `full`, `waiting: 8 hosts lent …`: one sentence with the binding reason. */
  readonly why: string;
  readonly reason: WaitReason;
}

export interface OverviewView {
  readonly term: number;
  readonly nowMs: number;
  readonly recovering: boolean;
  readonly planMode: string;
  readonly hostsTotal: number;
  readonly hostsConnected: number;
  readonly hostsByMode: Readonly<Record<HostMode, number>>;
  readonly hostsLost: number;
  readonly owners: readonly OwnerView[];
  readonly moving: readonly TransitionView[];
  readonly movesCompleted: number;
  /** What waits for a person: conditions with a remedy that is a command, blocked moves, plans to approve. */
  readonly needsYou: readonly NeedView[];
  readonly freezes: readonly FreezeView[];
  readonly offersOpen: number;
  readonly tasksRunning: number;
  readonly unmet: readonly DemandView[];
}

export interface NeedView {
  readonly subject: string;
  readonly message: string;
  /** The command to run. */
  readonly remedy: string;
}

export interface HostView {
  readonly hostId: string;
  readonly name: string;
  readonly mode: HostMode;
  readonly modeSinceMs: number;
  readonly owner: string;
  readonly role: string;
  readonly leaseId: string;
  readonly leaseOrigin: string;
  readonly phase: string;
  readonly servingSinceMs: number;
  readonly shape: string;
  readonly faultDomain: FaultDomain;
  readonly identity: HostIdentity;
  readonly image: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly total: Resources;
  /** Neither used nor reserved nor under offer. */
  readonly free: Resources;
  /** What is kept for single roles, oldest first. */
  readonly reservations: readonly ReservationView[];
  readonly offers: number;
  readonly tasks: number;
  readonly connected: boolean;
  readonly reported: boolean;
  readonly lost: boolean;
  readonly lastSeenMs: number;
  readonly clean: boolean;
  readonly cordoned: boolean;
  readonly cordonReason: string;
  readonly quarantineReason: string;
  readonly transition: TransitionView | null;
  readonly conditions: readonly ConditionView[];
  /** Null when it is not taken out of use. */
  readonly drain: DrainView | null;
  /** The maintenance window that takes it out of use, or will do so next; empty = none. */
  readonly maintenance: string;
}

/** A host that is taken out of use for a time. */
export interface DrainView {
  /** `cordoned`: what is on the host stays. */
  readonly phase: 'draining' | 'drained' | 'cordoned';
  /** `operator:<principal>` or `maintenance:<window>`. */
  readonly by: string;
  readonly reason: string;
  readonly hard: boolean;
  readonly sinceMs: number;
  readonly deadlineMs: number;
  /** What is still on it; empty = nothing. */
  readonly left: string;
  /** What its move waits for; empty = nothing. */
  readonly waitsFor: string;
}

/** Times are wall time. */
export interface WindowView {
  readonly name: string;
  /** Names. */
  readonly hosts: readonly string[];
  readonly startsMs: number;
  /** 0 = until it is deleted. */
  readonly endsMs: number;
  readonly reason: string;
  readonly drain: boolean;
  readonly hard: boolean;
  readonly drainBeforeMs: number;
  readonly keepCordoned: boolean;
  readonly by: string;
  readonly phase: 'announced' | 'draining' | 'open' | 'over';
  readonly hostsDraining: number;
  readonly hostsDrained: number;
}

/** A part of a shared host that is kept for one role. */
export interface ReservationView {
  readonly reservationId: string;
  readonly hostName: string;
  readonly role: string;
  readonly resources: Resources;
  /** What of it no task uses; open offers of it are part of that. */
  readonly idle: Resources;
  readonly tasks: number;
  readonly offers: number;
  /** `framework:<id>` or `operator:<principal>`. */
  readonly by: string;
  readonly reason: string;
  readonly sinceMs: number;
}

export interface TransitionView {
  readonly transitionId: string;
  readonly hostId: string;
  readonly hostName: string;
  /** Framework id, or empty. */
  readonly from: string;
  readonly to: string;
  readonly toMode: string;
  readonly planId: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly direction: 'forward' | 'rollback';
  readonly step: TransitionStep;
  readonly attempt: number;
  readonly stepPhase: string;
  readonly word: WaitWord;
  readonly progressMilli: number;
  readonly message: string;
  readonly blockedBy: readonly Blocker[];
  readonly forecast: LeaveForecast | null;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly deadlineMs: number;
  readonly outcome: string;
  readonly history: readonly StepOutcome[];
}

export interface FrameworkView {
  readonly frameworkId: string;
  readonly workload: string;
  readonly roles: readonly string[];
  readonly connected: boolean;
  readonly sinceMs: number;
  readonly executesSteps: boolean;
  readonly tornDown: boolean;
  readonly observed: boolean;
  readonly hosts: number;
  readonly tasks: number;
  readonly offers: number;
  /** Machines its manager uses that have no agent. */
  readonly withoutAgent: readonly ObservedHost[];
}

export interface RoleView {
  readonly path: string;
  readonly weight: number;
  readonly priority: number;
  readonly guarantee: Quantities;
  /** Guarantee after shrinking to live capacity. */
  readonly effectiveGuarantee: Quantities;
  readonly limit: Quantities;
  readonly lendingLimit: Quantities;
  readonly borrowingLimit: Quantities;
  readonly reclaim: ReclaimPolicy;
  /** Charged: leases and tasks, open offers, moving in, and what is reserved, with the tasks and offers on it. */
  readonly used: Quantities;
  readonly offered: Quantities;
  readonly movingIn: Quantities;
  readonly reserved: Quantities;
  readonly demanded: Quantities;
  readonly entitled: Quantities;
  /** Weighted dominant share of the borrowed part, in millionths. */
  readonly shareMicro: number;
  readonly frameworks: readonly string[];
}

export interface OfferView {
  readonly offerId: string;
  readonly hostName: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly demandId: string;
  readonly wholeHost: boolean;
  readonly transitionId: string;
  readonly groupId: string;
  /** The reservation whose capacity it offers; empty = none. */
  readonly reservationId: string;
  readonly resources: Resources;
  readonly madeMs: number;
  readonly expiresMs: number;
}

export interface DemandView {
  readonly frameworkId: string;
  readonly role: string;
  readonly demandId: string;
  /** `hosts of shape standard` or resources, in words. */
  readonly want: string;
  readonly count: number;
  readonly priority: number;
  readonly constraints: readonly Constraint[];
  readonly evidence: string;
  readonly receivedMs: number;
  readonly status: DemandStatus;
}

export interface PlanView {
  readonly planId: string;
  readonly version: number;
  readonly mode: string;
  readonly status: string;
  readonly createdMs: number;
  readonly decidedBy: string;
  readonly moves: readonly (PlannedMove & { readonly hostName: string })[];
  /** Why the planner did not move more, binding rule first. */
  readonly notMoved: readonly string[];
}

export interface ConditionView {
  readonly kind: ConditionKind;
  readonly subject: string;
  readonly sinceMs: number;
  readonly message: string;
  readonly remedy: string;
}

export interface FreezeView {
  readonly scope: string;
  readonly reason: string;
  readonly by: string;
  readonly sinceMs: number;
}

export interface TaskView {
  readonly taskId: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly hostName: string;
  readonly state: string;
  readonly resources: Resources;
  readonly message: string;
  readonly updatedMs: number;
  /** The reservation it runs on; empty = none. */
  readonly reservationId: string;
}

/** The reasons tree of `mosaic why THING`: the binding reason first. */
export interface WhyView {
  readonly subject: string;
  readonly about: 'host' | 'framework' | 'role' | 'move' | 'demand' | 'workload';
  /** What is the case, one sentence. */
  readonly headline: string;
  readonly word: WaitWord;
  readonly reasons: readonly {
    readonly code: WaitReason | ConditionKind | 'HOLDS' | 'PROGRESS' | 'HISTORY';
    readonly text: string;
    readonly sinceMs: number;
  }[];
  /** What would change it: commands, or `wait` with a time. */
  readonly wouldChangeIt: readonly string[];
}
