/** What an operator can ask of the core, and what is answered. Reads are `views.ts`; these change state. */
import type { Constraint, ErrorCode } from '../protocol.js';
import type { Quantities, Resources } from '../resources/types.js';
import type { ReclaimPolicy } from '../state/records.js';

/** Every command may be tried first: `dryRun` answers what it would do and changes nothing. */
export type OperatorCommand = { readonly dryRun: boolean } & (
  | { readonly kind: 'host_admit'; readonly host: string }
  | { readonly kind: 'host_cordon'; readonly host: string; readonly reason: string }
  | { readonly kind: 'host_uncordon'; readonly host: string }
  | { readonly kind: 'host_quarantine'; readonly host: string; readonly reason: string }
  /**
   * Ends a quarantine: the host is wiped and verified clean before it is free. `wipe`: also what was never known to be ours,
   * which is left as it is and unclaimed otherwise.
   */
  | { readonly kind: 'host_release'; readonly host: string; readonly wipe?: boolean }
  /** Confirms that a lost machine is powered off: its lease may end. */
  | { readonly kind: 'host_confirm_off'; readonly host: string }
  /** Gives a host to the `shared` pool (or takes it back to free). */
  | { readonly kind: 'host_share'; readonly host: string; readonly shared: boolean }
  /**
   * Takes a host out of use: it is cordoned and emptied. `deadlineMs`: from now until everything should be off it, absent:
   * the configured `drainDeadlineMs`. `graceMs`: tasks that are killed get at most so long, absent: as each task says.
   */
  | {
      readonly kind: 'host_drain';
      readonly host: string;
      readonly reason: string;
      readonly hard: boolean;
      readonly deadlineMs?: number;
      readonly graceMs?: number;
    }
  | { readonly kind: 'host_drain_cancel'; readonly host: string }
  /** The hosts that the breaker holds back are really gone. */
  | { readonly kind: 'breaker_reset' }
  /** Makes a maintenance window, or replaces the one of that name as a whole. */
  | { readonly kind: 'maintenance_set'; readonly window: WindowChange }
  | { readonly kind: 'maintenance_delete'; readonly name: string }
  /** Removes the record of a machine that will not come back: unclaimed or quarantined, away, and nothing depends on it. */
  | { readonly kind: 'host_forget'; readonly host: string }
  /** Leases every machine that the framework's manager already uses and that has an unclaimed agent. */
  | { readonly kind: 'adopt'; readonly frameworkId: string }
  | { readonly kind: 'role_set'; readonly role: string; readonly change: RoleChange }
  /** Makes or changes several roles as one: all, or none when there is any problem. Roles that are not named stay. */
  | {
      readonly kind: 'quota_apply';
      readonly roles: readonly { readonly role: string; readonly change: RoleChange }[];
      /** As `RoleChange.force`, for all of them; one role that is forced forces all. */
      readonly force?: boolean;
    }
  | { readonly kind: 'role_delete'; readonly role: string }
  | {
      readonly kind: 'shape_set';
      readonly shape: string;
      readonly rank: number;
      readonly constraints: readonly Constraint[];
      readonly minimum: Quantities;
    }
  | {
      readonly kind: 'move';
      readonly host: string;
      readonly to: string;
      readonly role: string;
      readonly hard: boolean;
      readonly reason: string;
    }
  | { readonly kind: 'move_cancel'; readonly transition: string }
  | { readonly kind: 'move_retry'; readonly transition: string }
  | { readonly kind: 'plan_mode'; readonly mode: 'observe' | 'approve' | 'auto' }
  | { readonly kind: 'plan_approve'; readonly planId: string; readonly version: number }
  | { readonly kind: 'plan_reject'; readonly planId: string; readonly version: number }
  /** Keeps a part of a shared host for a role, out of what no task uses. */
  | {
      readonly kind: 'reserve';
      readonly host: string;
      readonly role: string;
      readonly resources: Resources;
      readonly reason: string;
    }
  /** Ends a reservation; with `resources`: gives up that much of what no task uses of it. Running tasks go on. */
  | { readonly kind: 'unreserve'; readonly reservation: string; readonly resources: Resources }
  | { readonly kind: 'freeze'; readonly scope: string; readonly reason: string }
  | { readonly kind: 'unfreeze'; readonly scope: string }
  | { readonly kind: 'framework_teardown'; readonly frameworkId: string }
  /** Lets a peer connect again that was set aside. `peer`: a framework (id or name), a host (name or id), or a peer id. */
  | { readonly kind: 'peer_release'; readonly peer: string }
);

/** A maintenance window as an operator states it. Times are wall time. */
export interface WindowChange {
  readonly name: string;
  /** Names or ids. */
  readonly hosts: readonly string[];
  readonly startsMs: number;
  /** 0 = until it is deleted. */
  readonly endsMs: number;
  readonly reason: string;
  /** Whether the hosts are drained before it begins; false: only cordoned when it does. */
  readonly drain: boolean;
  /** What is left when it begins is killed. */
  readonly hard: boolean;
  /** The drain begins so long before. @default the configured `drainBeforeMs` */
  readonly drainBeforeMs?: number;
  /** Its hosts stay cordoned when it is over. */
  readonly keepCordoned: boolean;
}

/** Absent members stay as they are; an empty object clears a set of dimensions. */
export interface RoleChange {
  readonly guarantee?: Quantities;
  readonly limit?: Quantities;
  readonly lendingLimit?: Quantities;
  readonly borrowingLimit?: Quantities;
  readonly weight?: number;
  readonly priority?: number;
  readonly reclaim?: ReclaimPolicy;
  /** Accept guarantees above capacity and limits below use. */
  readonly force?: boolean;
}

export type OperatorReply =
  | {
      readonly ok: true;
      /** What was (or with `dryRun` would be) done, a sentence each; empty when everything stays as it is. */
      readonly changes: readonly string[];
      /** What stays as it is, and why, a sentence each. @default none */
      readonly remarks?: readonly string[];
      /** Ids made or touched: transitions, leases, plans. */
      readonly ids: readonly string[];
    }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** The answer to a command that asks for what is so already. */
export function nothingChanges(remark: string, ids: readonly string[] = []): OperatorReply {
  return { ok: true, changes: [], remarks: [remark], ids };
}
