/**
 * The protocol in domain types: what frameworks, agents and the master say to each other once a session is open.
 * `proto/mosaic/v1` is the same contract on the wire; converters at the edge turn one into the other and reject what they
 * do not know. The core sees only these types; so do the runner, the agent and the simulator.
 */
import type { Quantities, Resources } from './resources/types.js';

/** `framework/<workload>/<name>` or `agent/<hostId>`: names one durable session. */
export type PeerId = string;

// ---------------------------------------------------------------------------------------------------------------------
// Opening a session

/** What a machine says it is. Compared after normalisation (lower case, no blanks; MACs sorted). */
export interface HostIdentity {
  /** SMBIOS system uuid. Known junk values (all zeros, all f, vendor defaults) are quarantined. */
  readonly uuid: string;
  /** Board serial, empty where the firmware has none. */
  readonly serial: string;
  /** Permanent MAC addresses of physical interfaces. */
  readonly macs: readonly string[];
}

export interface FaultDomain {
  readonly region: string;
  readonly zone: string;
  readonly rack: string;
}

/** A framework introduces itself. Workload and name together are its id: `ovirt/prod`. */
export interface FrameworkHello {
  readonly kind: 'framework';
  /** `^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`, as is `name`. */
  readonly workload: string;
  readonly name: string;
  /** Roles it may hold resources in, at least one; each an existing role path. */
  readonly roles: readonly string[];
  /** Whether it executes host steps (forecast, drain, leave, join, verify). False: it never gets whole hosts. */
  readonly executesSteps: boolean;
}

/** An agent introduces the machine it runs on. */
export interface AgentHello {
  readonly kind: 'agent';
  /** Host name as the machine reports it; the master makes it unique. */
  readonly name: string;
  readonly identity: HostIdentity;
}

export interface SessionHello {
  readonly who: FrameworkHello | AgentHello;
  /** Chosen by the peer when it starts without memory of an earlier session; a new one resets the peer's sequence. */
  readonly incarnation: string;
  /** The secret that proves the peer owns the session; the first one seen for a peer is kept (hashed by the session layer). */
  readonly secretHash: string;
  /** Sequence of the oldest message still in the peer's outbox (last assigned + 1 when empty). */
  readonly outboxFirstSeq: number;
  /** Last master message the peer has applied, so that the master can resume; term 0 when there is none. */
  readonly appliedTerm: number;
  readonly appliedSeq: number;
  /** Highest term the peer has ever seen; a master with a lower one refuses itself (`STALE_TERM`). */
  readonly highestTerm: number;
}

export type RefusalCode =
  | 'INVALID_ARGUMENT'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'STALE_TERM'
  | 'NOT_LEADER'
  | 'RESOURCE_EXHAUSTED'
  | 'QUARANTINED';

// ---------------------------------------------------------------------------------------------------------------------
// Demand

/** `attribute op value`; `glob` allows `*` and `?`; numeric operators compare the attribute as a decimal number. */
export interface Constraint {
  readonly attribute: string;
  readonly op: 'exists' | 'not_exists' | 'equals' | 'not_equals' | 'in' | 'glob' | 'lt' | 'le' | 'gt' | 'ge';
  readonly values: readonly string[];
}

/** How the grants of one entry lie over fault domains or hosts. */
export interface Placement {
  readonly kind: 'spread' | 'pack' | 'distinct_hosts';
  /** `rack`, `zone` or `region`; ignored for `distinct_hosts`. */
  readonly domain: 'rack' | 'zone' | 'region';
}

/**
 * One standing request. For whole hosts `count` is the total wanted **including what is held**; for slices it is what is
 * not yet launched as of `DemandMessage.asOfSeq`.
 */
export interface DemandEntry {
  /** The framework's own id, unique within (framework, role). */
  readonly demandId: string;
  readonly want:
    { readonly kind: 'hosts'; readonly shape: string } | { readonly kind: 'slices'; readonly resources: Resources };
  readonly count: number;
  /** Fewer than this are of no use; 0 = any number helps. */
  readonly minimum: number;
  /** All of `count` at once or nothing (an offer group). */
  readonly allOrNothing: boolean;
  readonly constraints: readonly Constraint[];
  readonly placement: readonly Placement[];
  /** Higher goes first within the role; 0 is normal. */
  readonly priority: number;
  /** Not useful after this many ms from receipt; 0 = no deadline. */
  readonly deadlineMs: number;
  /** How long the framework has already been waiting, in ms. */
  readonly ageMs: number;
  /** Free text shown to admins: why this is wanted (`214 VMs waiting, cpu 91 %`). At most 200 characters. */
  readonly evidence: string;
}

/** Why standing demand is not met: a closed set, the binding reason first wherever several are shown. */
export type WaitReason =
  | 'NONE'
  | 'NO_CAPACITY'
  | 'ROLE_LIMIT'
  | 'FAIR_SHARE'
  | 'NO_MATCH'
  | 'GROUP_INCOMPLETE'
  | 'MIN_HOLD'
  | 'COOL_DOWN'
  | 'MOVE_BUDGET'
  | 'MOVING_IN'
  | 'OFFERED'
  | 'FROZEN'
  | 'AWAITING_APPROVAL'
  | 'BLOCKED_DRAIN'
  | 'RECOVERING'
  | 'DISCONNECTED'
  | 'NOT_CLEAN'
  | 'DEADLINE_PASSED'
  | 'HYSTERESIS'
  | 'PRIORITY'
  | 'SOFT_POLICY'
  | 'MASS_FAILURE';

export interface DemandStatus {
  readonly demandId: string;
  readonly granted: number;
  readonly offered: number;
  readonly movingIn: number;
  readonly pending: number;
  readonly unmetReason: WaitReason;
  /** A sentence for people: what is waited for and what would change it. */
  readonly message: string;
}

// ---------------------------------------------------------------------------------------------------------------------
// Offers, leases, tasks

/** A lease on resources of one host for one framework; it ends by answer, by expiry or by rescission. */
export interface Offer {
  readonly offerId: string;
  readonly role: string;
  readonly demandId: string;
  readonly hostId: string;
  readonly hostName: string;
  readonly identity: HostIdentity;
  readonly shape: string;
  readonly faultDomain: FaultDomain;
  readonly attributes: Readonly<Record<string, string>>;
  readonly resources: Resources;
  /** True: the whole host, to be claimed. False: a slice of a shared host, for tasks. */
  readonly wholeHost: boolean;
  /** Set when the offer is the landing place of a transition (a directed offer). */
  readonly transitionId: string | null;
  /** Offers with one group id are accepted together or not at all. */
  readonly groupId: string | null;
  /** The reservation whose capacity it offers: only frameworks in `role` are offered that. Null: capacity for anybody. */
  readonly reservationId: string | null;
  /** How long it stays open from the moment it is sent. */
  readonly validForMs: number;
  /** When the host will not be there, as far as it is known. Absent: nothing is announced. */
  readonly unavailability?: Unavailability;
}

/** A time in which a host is not to be counted on. */
export interface Unavailability {
  /** From the moment it is sent; 0 = now. */
  readonly startsInMs: number;
  /** 0 = nobody has said until when. */
  readonly lastsMs: number;
  readonly reason: string;
}

export interface HostLease {
  readonly leaseId: string;
  readonly hostId: string;
  readonly hostName: string;
  readonly identity: HostIdentity;
  readonly role: string;
  readonly origin: 'adopted' | 'claimed';
  /** `joining` until the framework has verified the host, `leaving` once a drain was asked for. */
  readonly phase: 'joining' | 'serving' | 'leaving';
}

export interface TaskSpec {
  /** Chosen by the framework, unique within it for ever. */
  readonly taskId: string;
  readonly name: string;
  readonly resources: Resources;
  /** Container image reference; the agent's driver decides what it can run. */
  readonly image: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly killGraceMs: number;
  readonly labels: Readonly<Record<string, string>>;
}

export type TaskState = 'staging' | 'running' | 'killing' | 'finished' | 'failed' | 'killed' | 'lost';

export interface TaskStatus {
  readonly taskId: string;
  readonly hostId: string;
  readonly state: TaskState;
  /** Rises with each status of the task; acknowledge with the same number. */
  readonly statusSeq: number;
  readonly message: string;
  readonly exitCode: number | null;
}

export type AcceptAction =
  | { readonly kind: 'claim' }
  | { readonly kind: 'launch'; readonly tasks: readonly TaskSpec[] }
  | { readonly kind: 'reserve' }
  | { readonly kind: 'unreserve' };

// ---------------------------------------------------------------------------------------------------------------------
// Host steps

/** Executed by frameworks: forecast, drain, cancel_drain, leave, join, verify. By agents: wipe, verify_clean, prepare. */
export type StepName =
  'forecast' | 'drain' | 'cancel_drain' | 'leave' | 'wipe' | 'verify_clean' | 'prepare' | 'join' | 'verify';

export interface StepPolicy {
  /** When the deadline passes the step ends FAILED (`DEADLINE`) and the core gives the host back; 0 = none. */
  readonly softDeadlineMs: number;
  /** Whether workloads may be killed to meet the deadline. Only where an admin set it. */
  readonly hard: boolean;
}

/** Asks the executor for one attempt of one step. Idempotent by (transition, step); `attempt` only fences. */
export interface StepRequest {
  readonly transitionId: string;
  readonly step: StepName;
  readonly attempt: number;
  /** The step lease: no manager call with an effect after this long without a renewal (executor's monotonic clock). */
  readonly validForMs: number;
  readonly hostId: string;
  readonly hostName: string;
  readonly identity: HostIdentity;
  /** Workload the step prepares for or cleans up after (`ovirt`, `shared`, …): selects the host profile. */
  readonly workload: string;
  readonly policy: StepPolicy;
  /** Why, in a sentence, for the manager's own log. */
  readonly reason: string;
}

/** Extends the step lease to `validForMs` after the moment update number `updateNo` was sent. */
export interface StepRenew {
  readonly transitionId: string;
  readonly step: StepName;
  readonly attempt: number;
  readonly updateNo: number;
  readonly validForMs: number;
}

export interface Blocker {
  /** What blocks: `vm/db2`, `pod/default/web-0`, `block-pool/bp-1`. */
  readonly object: string;
  /** Short code: `PINNED`, `PDB`, `NO_TARGET`, `MANAGER_DOWN`, … */
  readonly reason: string;
  readonly sinceMs: number;
  readonly message: string;
}

/** How long leaving would take and what would be in the way. */
export interface LeaveForecast {
  readonly durationLowMs: number;
  readonly durationHighMs: number;
  /** VMs, pods or containers that would move. */
  readonly units: number;
  /** Units that would have to be killed under a hard policy, by name; at most 20. */
  readonly wouldKill: readonly string[];
  readonly blockers: readonly Blocker[];
}

/** REFUSED: the executor will not do this step for this host now (a rule of the manager), retrying is useless. */
export type StepState = 'running' | 'blocked' | 'done' | 'failed' | 'refused';

export interface StepUpdate {
  readonly transitionId: string;
  readonly step: StepName;
  readonly attempt: number;
  /** Counts the updates of this attempt from 1. */
  readonly updateNo: number;
  readonly state: StepState;
  /** 0..1000, thousandths done. */
  readonly progressMilli: number;
  readonly message: string;
  readonly blockedBy: readonly Blocker[];
  readonly forecast: LeaveForecast | null;
}

/** A host as its manager sees it. */
export interface ObservedHost {
  readonly identity: HostIdentity;
  readonly name: string;
  /** The manager's word for its state, verbatim. */
  readonly managerState: string;
  readonly serving: boolean;
  readonly units: number;
  /** Cheap estimate without manager calls, in ms. */
  readonly leaveEstimateMs: number;
  /** Differences between intent and what is: `activated by hand`, `missing`. Empty when none. */
  readonly drift: string;
}

// ---------------------------------------------------------------------------------------------------------------------
// Messages of a framework session

export type FrameworkMessage =
  | {
      readonly kind: 'demand';
      readonly role: string;
      readonly asOfSeq: number;
      readonly entries: readonly DemandEntry[];
    }
  | {
      readonly kind: 'accept';
      readonly commandId: string;
      readonly offerIds: readonly string[];
      readonly action: AcceptAction;
    }
  | {
      readonly kind: 'decline';
      readonly offerIds: readonly string[];
      readonly filterMs: number;
      readonly reason: string;
    }
  | { readonly kind: 'renew'; readonly offerIds: readonly string[] }
  | { readonly kind: 'open_offers'; readonly role: string; readonly enabled: boolean; readonly minimum: Quantities }
  | { readonly kind: 'kill_task'; readonly commandId: string; readonly taskId: string; readonly graceMs: number }
  | { readonly kind: 'task_ack'; readonly taskId: string; readonly statusSeq: number }
  | { readonly kind: 'reconcile'; readonly taskIds: readonly string[] }
  | { readonly kind: 'step_update'; readonly update: StepUpdate }
  | { readonly kind: 'return_host'; readonly commandId: string; readonly leaseId: string; readonly reason: string }
  | { readonly kind: 'observation'; readonly complete: boolean; readonly hosts: readonly ObservedHost[] }
  | { readonly kind: 'teardown'; readonly commandId: string };

export type ErrorCode =
  | 'INVALID_ARGUMENT'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'PERMISSION_DENIED'
  | 'FAILED_PRECONDITION'
  | 'ABORTED'
  | 'OFFER_LOST'
  | 'OVER_LIMIT'
  | 'RESOURCE_EXHAUSTED'
  | 'OUT_OF_RANGE'
  | 'UNAVAILABLE'
  | 'UNIMPLEMENTED';

export type CommandOutcome =
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

export type FrameworkEvent =
  /** Full state after a session could not be resumed: forget every offer; these leases, tasks and steps are what is. */
  | { readonly kind: 'resync'; readonly leases: readonly HostLease[]; readonly tasks: readonly TaskStatus[] }
  | { readonly kind: 'offers'; readonly offers: readonly Offer[] }
  | { readonly kind: 'rescind'; readonly offerIds: readonly string[]; readonly reason: string }
  | { readonly kind: 'result'; readonly commandId: string; readonly outcome: CommandOutcome }
  | { readonly kind: 'demand_status'; readonly role: string; readonly statuses: readonly DemandStatus[] }
  | {
      readonly kind: 'lease';
      readonly lease: HostLease;
      readonly change: 'granted' | 'changed' | 'ended';
      readonly reason: string;
    }
  | { readonly kind: 'task_status'; readonly status: TaskStatus }
  /** These tasks are killed after the time if they still run: a guarantee of others is to be met with what they use. */
  | {
      readonly kind: 'task_reclaim';
      readonly taskIds: readonly string[];
      readonly killAfterMs: number;
      readonly reason: string;
    }
  /** These may stay after all. */
  | { readonly kind: 'task_reclaim_cancelled'; readonly taskIds: readonly string[]; readonly reason: string }
  | { readonly kind: 'step_request'; readonly request: StepRequest }
  | { readonly kind: 'step_renew'; readonly renew: StepRenew }
  /** Stop this attempt as soon as it is safe and answer FAILED (`CANCELLED`); no further renewals come. */
  | { readonly kind: 'step_cancel'; readonly transitionId: string; readonly step: StepName; readonly attempt: number }
  /**
   * A host that the framework holds, or has tasks on, will not be there. `announced`: a maintenance window names it;
   * `draining`: nothing new is granted on it, and what is there should leave by the start; `over`: it can be counted on
   * again. `hard`: what is left at the start is killed. Nothing has to be answered.
   */
  | {
      readonly kind: 'host_unavailable';
      readonly hostId: string;
      readonly hostName: string;
      readonly state: 'announced' | 'draining' | 'over';
      readonly hard: boolean;
      readonly unavailability: Unavailability;
    }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string };

// ---------------------------------------------------------------------------------------------------------------------
// Messages of an agent session

/** Everything the agent knows; sent first in each session and whenever something in it changes. */
export interface AgentReport {
  readonly resources: Resources;
  readonly attributes: Readonly<Record<string, string>>;
  readonly faultDomain: FaultDomain;
  /** Booted image: `ostree` checksum or `bootc` digest, empty where unknown. */
  readonly image: string;
  readonly agentVersion: string;
  /** Last command (launch, kill) applied and checkpointed; 0 = none ever. */
  readonly lastCommandSeq: number;
  /** Every task the agent knows of, ended ones until their last status is acknowledged. */
  readonly tasks: readonly TaskStatus[];
  /** Workload whose profile is applied on the machine, empty when clean. */
  readonly profile: string;
  /** Result of the last wipe verification since boot: `clean`, `dirty: <why>` or empty when none was made. */
  readonly cleanliness: string;
}

export type AgentMessage =
  | { readonly kind: 'report'; readonly report: AgentReport }
  | { readonly kind: 'task_status'; readonly status: TaskStatus }
  | { readonly kind: 'step_update'; readonly update: StepUpdate };

export type AgentCommand =
  | { readonly kind: 'launch'; readonly commandSeq: number; readonly frameworkId: string; readonly task: TaskSpec }
  | {
      readonly kind: 'kill';
      readonly commandSeq: number;
      readonly taskId: string;
      readonly graceMs: number;
      /** Why, where it is not the wish of the task's framework: `reclaimed: ...`. */
      readonly reason?: string;
    }
  | { readonly kind: 'task_ack'; readonly taskId: string; readonly statusSeq: number }
  | { readonly kind: 'step_request'; readonly request: StepRequest }
  | { readonly kind: 'step_renew'; readonly renew: StepRenew }
  | { readonly kind: 'step_cancel'; readonly transitionId: string; readonly step: StepName; readonly attempt: number }
  /** Report again in full. */
  | { readonly kind: 'report_request' };

export type PeerMessage = FrameworkMessage | AgentMessage;
export type MasterMessage = FrameworkEvent | AgentCommand;
