/**
 * The ledger: what every role is charged, kept up by observing the records, never by whoever changes them.
 *
 *   lease              whole host + 1 hosts + 1 hosts/<shape>, to its role, until the lease is deleted          used
 *   live task          its resources; none for one on a reservation                                            used
 *   reservation        its resources, whether used or not: so what is reserved counts as served for guarantees
 *                      and as had for limits and shares, and nothing of it twice                                reserved
 *   open offer         its resources (whole host: + the hosts dimensions); none for a directed offer or one of
 *                      reserved capacity, because the transition or reservation behind it is charged            offered
 *   running transition towards a holder that does not lease the host yet: the whole host, to that holder's
 *                      role. The source stays charged through its lease                                        movingIn
 *
 * Every charge counts for the role and all its ancestors; only a move in stops below the first role that contains the
 * host's present holder: there its lease counts already, and one host that changes hands within a role is not two. When
 * the lease is deleted (leave is done) the move is charged all the way up in the same step, so nobody can slip in. A
 * host that changes size or shape is charged anew.
 *
 * A host that is lost or quarantined stays charged to its holder: limits count it, since it may still run. But it serves
 * nobody: it is no part of `holdings`, so that a demand asks for another one, nor of what a guarantee or a share is met with
 * (`served`). Capacity leaves it out, too; were only one of both to do so, a host would lie idle that everybody is owed.
 */
import {
  addInto,
  amount,
  dropZeros,
  isZero,
  NO_QUANTITIES,
  type MutableQuantities,
  type Quantities,
} from '../resources/index.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { HostRecord, LeaseRecord, OfferRecord, TaskRecord, TransitionRecord } from '../state/records.js';
import { wholeHostCharge } from './dimensions.js';
import { Holdings, type HoldingKind } from './holdings.js';
import { isWithin, lineage } from './paths.js';

/** Sums of one role; live objects, zeros may stand in them. */
export interface Account {
  /** Subtree included. */
  readonly used: Quantities;
  readonly offered: Quantities;
  readonly movingIn: Quantities;
  readonly reserved: Quantities;
  /** used + offered + movingIn + reserved, subtree included: what limits and shares are about. */
  readonly total: Quantities;
  /** Of `total`, what is charged to the role itself and not to a role below it. */
  readonly own: Quantities;
  /** Of `own`, what whole hosts are charged; the rest are tasks, slice offers and reservations. */
  readonly ownHosts: Quantities;
  /** Of `total`, whole hosts that are lost or quarantined; and of `own`. */
  readonly lost: Quantities;
  readonly ownLost: Quantities;
}

interface Charge {
  readonly role: string;
  readonly bucket: 'used' | 'offered' | 'movingIn';
  readonly quantities: Quantities;
  readonly lost: boolean;
  /** Role that is charged for the same host already: the charge stops below what the two have in common. */
  readonly from: string | null;
  readonly hostId: string;
  /** Key in `holdings`, or null for slices and hosts on their way out. */
  readonly holding: string | null;
  readonly holdingKind: HoldingKind;
}

type MutableAccount = { readonly [K in keyof Account]: MutableQuantities };

const EMPTY_ACCOUNT: Account = Object.freeze({
  used: NO_QUANTITIES,
  offered: NO_QUANTITIES,
  movingIn: NO_QUANTITIES,
  reserved: NO_QUANTITIES,
  total: NO_QUANTITIES,
  own: NO_QUANTITIES,
  ownHosts: NO_QUANTITIES,
  lost: NO_QUANTITIES,
  ownLost: NO_QUANTITIES,
});

/** A task that still holds its resources. */
export function isLiveTask(task: TaskRecord): boolean {
  return task.state === 'staging' || task.state === 'running' || task.state === 'killing';
}

/** A live task that is charged itself: the reservation that it may use is charged for all that is on it. */
function isCharged(task: TaskRecord): boolean {
  return isLiveTask(task) && task.reservationId === undefined;
}

export class Ledger {
  readonly holdings = new Holdings();
  readonly #state: ClusterState;
  readonly #accounts = new Map<string, MutableAccount>();
  /** By role: its account and those above it, so that a charge need not look each up. Accounts live as long as their roles. */
  readonly #lineages = new Map<string, readonly MutableAccount[]>();
  /** Every charge for a whole host in force, by the id of the record behind it (`lease/l-1-2`). */
  readonly #charges = new Map<string, Charge>();
  /** Records whose charge depends on the host's size, shape or holder, by host. */
  readonly #wholeHostSubjects = new Map<string, Set<string>>();
  #version = 0;

  constructor(state: ClusterState) {
    this.#state = state;
    state.leases.observe((before, after) =>
      this.#onWholeHostRecord('lease', before?.leaseId ?? after?.leaseId, before, after),
    );
    state.transitions.observe((before, after) =>
      this.#onWholeHostRecord('transition', before?.transitionId ?? after?.transitionId, before, after),
    );
    state.offers.observe((before, after) => {
      const offer = after ?? before;
      if (offer === undefined) return;
      // A renewed offer charges what it charged.
      if (before !== undefined && after !== undefined) return;
      if (offer.wholeHost) this.#onWholeHostRecord('offer', offer.offerId, before, after);
      else if (offer.transitionId === null && offer.reservationId === undefined)
        this.#slice(offer.role, 'offered', offer.resources.quantities, after === undefined ? -1 : 1);
    });
    state.tasks.observe((before, after) => {
      const task = after ?? before;
      if (task === undefined) return;
      const change =
        Number(after !== undefined && isCharged(after)) - Number(before !== undefined && isCharged(before));
      if (change !== 0) this.#slice(task.role, 'used', task.spec.resources.quantities, change === 1 ? 1 : -1);
    });
    state.reservations.observe((before, after) => {
      if (before !== undefined) this.#slice(before.role, 'reserved', before.resources.quantities, -1);
      if (after !== undefined) this.#slice(after.role, 'reserved', after.resources.quantities, 1);
    });
    state.hosts.observe((before, after) => {
      const hostId = after?.hostId ?? before?.hostId;
      if (hostId === undefined) return;
      if (
        before?.resources === after?.resources &&
        before?.shape === after?.shape &&
        (before?.mode === 'quarantined') === (after?.mode === 'quarantined') &&
        before?.leaseId === after?.leaseId
      )
        return;
      this.#recharge(hostId);
      if (before !== undefined) this.#forget(before.resources.quantities, after?.resources.quantities ?? {});
    });
    state.hostPresence.observe((before, after) => {
      const hostId = after?.hostId ?? before?.hostId;
      if (hostId !== undefined && (before?.lost ?? false) !== (after?.lost ?? false)) this.#recharge(hostId);
    });
    state.roles.observe((before, after) => {
      if (before !== undefined && after === undefined) this.#forgetRole(before.path);
    });
  }

  /**
   * A deleted role that is charged nothing: roles that come and go must not make the ledger grow. None that is left has it
   * in its lineage, because roles with others below them are not deleted.
   */
  #forgetRole(role: string): void {
    if (!isZero(this.account(role).total)) return;
    this.#accounts.delete(role);
    this.#lineages.delete(role);
  }

  /** Dimensions that a host has no more: an agent that tells others in every report must not make the accounts grow. */
  #forget(had: Quantities, has: Quantities): void {
    const gone = Object.keys(had).filter((dimension) => !Object.hasOwn(has, dimension));
    if (gone.length === 0) return;
    const vanished = Object.fromEntries(gone.map((dimension) => [dimension, 0]));
    for (const account of this.#accounts.values()) for (const sums of Object.values(account)) dropZeros(sums, vanished);
  }

  /** Rises with every change of any charge; equal versions mean equal sums. */
  get version(): number {
    return this.#version;
  }

  /** Roles that were ever charged or asked for, without deleted ones that are charged nothing. */
  roles(): Iterable<string> {
    return this.#accounts.keys();
  }

  account(role: string): Account {
    return this.#accounts.get(role) ?? EMPTY_ACCOUNT;
  }

  /** The same object for as long as the role exists, also while it is charged nothing. */
  liveAccount(role: string): Account {
    return this.#accountOf(role);
  }

  /** What the role and its subtree are charged without hosts that are lost or quarantined: what they are served with. Read it at once. */
  served(role: string): Quantities {
    const { total, lost } = this.account(role);
    return without(total, lost);
  }

  /** The same of the role itself. */
  ownServed(role: string): Quantities {
    const { own, ownLost } = this.account(role);
    return without(own, ownLost);
  }

  #onWholeHostRecord(
    kind: 'lease' | 'offer' | 'transition',
    id: string | undefined,
    before: LeaseRecord | OfferRecord | TransitionRecord | undefined,
    after: LeaseRecord | OfferRecord | TransitionRecord | undefined,
  ): void {
    const hostId = after?.hostId ?? before?.hostId;
    if (id === undefined || hostId === undefined) return;
    const subject = `${kind}/${id}`;
    let subjects = this.#wholeHostSubjects.get(hostId);
    const charges = after !== undefined && !('outcome' in after && after.outcome !== 'running');
    if (charges) {
      if (subjects === undefined) this.#wholeHostSubjects.set(hostId, (subjects = new Set()));
      subjects.add(subject);
    } else {
      subjects?.delete(subject);
      if (subjects?.size === 0) this.#wholeHostSubjects.delete(hostId);
      this.#set(subject, null);
    }
    if (kind !== 'offer') {
      // Whether a transition still moves in depends on the lease, so the whole host is looked at again.
      this.#recharge(hostId);
    } else if (charges) {
      const host = this.#state.hosts.get(hostId);
      this.#set(subject, host === undefined ? null : this.#chargeOf(subject, host));
    }
  }

  #recharge(hostId: string): void {
    const subjects = this.#wholeHostSubjects.get(hostId);
    if (subjects === undefined) return;
    const host = this.#state.hosts.get(hostId);
    for (const subject of subjects) this.#set(subject, host === undefined ? null : this.#chargeOf(subject, host));
  }

  #chargeOf(subject: string, host: HostRecord): Charge | null {
    const charge = this.#fullChargeOf(subject, host);
    if (charge === null || !this.#state.servesNobody(host.hostId)) return charge;
    return { ...charge, lost: true, holding: null };
  }

  #fullChargeOf(subject: string, host: HostRecord): Charge | null {
    const slash = subject.indexOf('/');
    const id = subject.slice(slash + 1);
    switch (subject.slice(0, slash)) {
      case 'lease': {
        const lease = this.#state.leases.get(id);
        if (lease === undefined) return null;
        return wholeHost(host, lease.frameworkId, lease.role, 'used', lease.phase === 'leaving' ? null : 'granted');
      }
      case 'offer': {
        const offer = this.#state.offers.get(id);
        if (offer === undefined || offer.transitionId !== null) return null;
        return wholeHost(host, offer.frameworkId, offer.role, 'offered', 'offered');
      }
      default: {
        const transition = this.#state.transitions.get(id);
        if (transition === undefined || transition.to === null || !this.#isMovingIn(transition, host)) return null;
        return wholeHost(
          host,
          transition.to.frameworkId,
          transition.to.role,
          'movingIn',
          'movingIn',
          this.#leaseOf(host)?.role,
        );
      }
    }
  }

  #isMovingIn(transition: TransitionRecord, host: HostRecord): boolean {
    if (transition.outcome !== 'running' || transition.toMode !== 'leased') return false;
    if (transition.to === null || transition.direction === 'rollback') return false;
    const lease = this.#leaseOf(host);
    return lease?.frameworkId !== transition.to.frameworkId || lease.role !== transition.to.role;
  }

  #leaseOf(host: HostRecord): LeaseRecord | undefined {
    return host.leaseId === null ? undefined : this.#state.leases.get(host.leaseId);
  }

  /** Replaces the charge of a subject; null ends it. */
  #set(subject: string, charge: Charge | null): void {
    const before = this.#charges.get(subject);
    if (before === undefined && charge === null) return;
    this.#version += 1;
    if (before !== undefined) this.#apply(before, -1);
    if (charge === null) {
      this.#charges.delete(subject);
    } else {
      this.#charges.set(subject, charge);
      this.#apply(charge, 1);
    }
  }

  /**
   * What a task, a slice offer or a reservation takes. It depends on its record alone, so that no charge need be kept; and as thousands
   * of them come and go in a moment, each dimension is walked once.
   */
  #slice(role: string, bucket: 'used' | 'offered' | 'reserved', quantities: Quantities, sign: 1 | -1): void {
    this.#version += 1;
    let isOwn = true;
    for (const account of this.#lineageOf(role)) {
      const { total, own } = account;
      const sums = account[bucket];
      for (const dimension in quantities) {
        const change = sign * amount(quantities, dimension);
        sums[dimension] = (sums[dimension] ?? 0) + change;
        total[dimension] = (total[dimension] ?? 0) + change;
        if (isOwn) own[dimension] = (own[dimension] ?? 0) + change;
      }
      isOwn = false;
    }
  }

  /** Accounts of the role, its parent, …, the root. */
  #lineageOf(role: string): readonly MutableAccount[] {
    let accounts = this.#lineages.get(role);
    if (accounts === undefined) {
      accounts = lineage(role).map((path) => this.#accountOf(path));
      this.#lineages.set(role, accounts);
    }
    return accounts;
  }

  #accountOf(role: string): MutableAccount {
    let account = this.#accounts.get(role);
    if (account === undefined) this.#accounts.set(role, (account = emptyAccount()));
    return account;
  }

  #apply(charge: Charge, sign: 1 | -1): void {
    const { quantities } = charge;
    for (const role of lineage(charge.role)) {
      if (charge.from !== null && isWithin(charge.from, role)) break;
      const account = this.#accountOf(role);
      addInto(account[charge.bucket], quantities, sign);
      addInto(account.total, quantities, sign);
      if (charge.lost) {
        addInto(account.lost, quantities, sign);
        if (sign === -1) dropZeros(account.lost, quantities);
      }
      if (role !== charge.role) continue;
      addInto(account.own, quantities, sign);
      addInto(account.ownHosts, quantities, sign);
      if (charge.lost) {
        addInto(account.ownLost, quantities, sign);
        if (sign === -1) dropZeros(account.ownLost, quantities);
      }
    }
    if (charge.holding === null) return;
    if (sign === 1) this.holdings.put(charge.holding, charge.hostId, charge.holdingKind);
    else this.holdings.remove(charge.holding, charge.hostId, charge.holdingKind);
  }
}

function wholeHost(
  host: HostRecord,
  frameworkId: string,
  role: string,
  bucket: Charge['bucket'],
  kind: HoldingKind | null,
  from: string | null = null,
): Charge {
  const holding = kind === null ? null : Holdings.key(frameworkId, role, host.shape);
  const quantities = wholeHostCharge(host);
  const { hostId } = host;
  return {
    ...{ role, bucket, quantities, lost: false, from, hostId },
    ...{ holding, holdingKind: kind ?? 'granted' },
  };
}

function emptyAccount(): MutableAccount {
  return {
    used: {},
    offered: {},
    movingIn: {},
    reserved: {},
    total: {},
    own: {},
    ownHosts: {},
    lost: {},
    ownLost: {},
  };
}

/** The first itself, not a copy, where there is nothing to take off: every grant asks. */
function without(sums: Quantities, part: Quantities): Quantities {
  for (const _ in part) {
    const rest: MutableQuantities = { ...sums };
    addInto(rest, part, -1);
    return rest;
  }
  return sums;
}
