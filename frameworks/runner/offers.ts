import type { Log, Random } from '../contract/ports.js';
import type { DemandEntry, HostLease, Offer } from '../contract/protocol.js';
import type { RunnerOptions } from './options.js';
import type { FrameworkSession } from './session-port.js';

/** Claims whose outcome is not known yet; offers live 30 s, so more than this means that nobody answers. */
const PENDING_MAX = 10_000;

export interface OfferDeskPorts {
  readonly session: FrameworkSession;
  readonly random: Random;
  readonly log: Log;
  readonly options: RunnerOptions;
  /** Demand of a role as last asked from the manager, null while unknown. */
  readonly demandOf: (role: string) => readonly DemandEntry[] | null;
  /** False while the manager does not answer: a host taken now would stand idle. */
  readonly managerUp: () => boolean;
}

/**
 * Answers offers at once: what still matches demand is claimed, the rest is declined with a filter. A directed offer (the
 * landing place of a move) is claimed whatever the demand says by now: the host was drained for us.
 */
export class OfferDesk {
  readonly #ports: OfferDeskPorts;
  /** Role of each host held and not about to leave, by host id. */
  readonly #held = new Map<string, string>();
  /** Claims without outcome, by command. */
  readonly #pending = new Map<string, readonly Offer[]>();

  constructor(ports: OfferDeskPorts) {
    this.#ports = ports;
  }

  /** Whole hosts held in a role, without those about to leave, as far as leases were reported. */
  heldIn(role: string): number {
    let count = 0;
    for (const held of this.#held.values()) if (held === role) count += 1;
    return count;
  }

  onOffers(offers: readonly Offer[]): void {
    for (const group of groups(offers)) {
      const reason = this.#whyNot(group);
      if (reason === null) this.#claim(group);
      else this.#decline(group, reason);
    }
  }

  onRescind(offerIds: readonly string[]): void {
    const gone = new Set(offerIds);
    for (const [commandId, group] of this.#pending)
      if (group.some((offer) => gone.has(offer.offerId))) this.#pending.delete(commandId);
  }

  /** A failed claim frees its place at once; a granted one is counted by its lease. */
  onResult(commandId: string, ok: boolean, message: string): void {
    const group = this.#pending.get(commandId);
    if (group === undefined) return;
    if (!ok) {
      this.#ports.log.info({ hosts: group.map((offer) => offer.hostName) }, `claim failed: ${message}`);
      this.#pending.delete(commandId);
    }
  }

  onLease(lease: HostLease, change: 'granted' | 'changed' | 'ended'): void {
    if (change === 'ended' || lease.phase === 'leaving') this.#held.delete(lease.hostId);
    else this.#held.set(lease.hostId, lease.role);
    for (const [commandId, group] of this.#pending)
      if (group.every((offer) => this.#held.has(offer.hostId))) this.#pending.delete(commandId);
  }

  /** Full state: earlier offers and claims count for nothing. */
  onResync(leases: readonly HostLease[]): void {
    this.#pending.clear();
    this.#held.clear();
    for (const lease of leases) this.onLease(lease, 'changed');
  }

  /** Why a group of offers is not wanted, null when it is. */
  #whyNot(group: readonly Offer[]): string | null {
    if (group.some((offer) => !offer.wholeHost)) return 'this framework takes whole hosts only';
    if (group.every((offer) => offer.transitionId !== null)) return null;
    if (!this.#ports.managerUp()) return 'the manager does not answer';
    if (this.#pending.size >= PENDING_MAX) return `${PENDING_MAX} claims are waiting for an answer`;
    for (const role of new Set(group.map((offer) => offer.role))) {
      const entries = this.#ports.demandOf(role);
      if (entries === null) return 'demand is not known yet';
      const inRole = group.filter((offer) => offer.role === role);
      const stray = inRole.find((offer) => !entries.some((entry) => entry.demandId === offer.demandId));
      if (stray !== undefined) return `demand ${stray.demandId} is no longer stated`;
      const wanted = entries.reduce((sum, entry) => sum + entry.count, 0);
      const coming = this.heldIn(role) + this.#claimedIn(role);
      if (coming + inRole.length > wanted) return `${coming} of ${wanted} hosts wanted are held or claimed`;
    }
    return null;
  }

  #claimedIn(role: string): number {
    let count = 0;
    for (const group of this.#pending.values())
      count += group.filter((offer) => offer.role === role && !this.#held.has(offer.hostId)).length;
    return count;
  }

  #claim(group: readonly Offer[]): void {
    const commandId = this.#ports.random.hex128();
    this.#pending.set(commandId, group);
    const hosts = group.map((offer) => offer.hostName);
    this.#ports.log.info({ hosts, role: group[0]?.role, directed: group[0]?.transitionId !== null }, 'offer claimed');
    const offerIds = group.map((offer) => offer.offerId);
    this.#ports.session.send({ kind: 'accept', commandId, offerIds, action: { kind: 'claim' } });
  }

  #decline(group: readonly Offer[], reason: string): void {
    this.#ports.log.info({ hosts: group.map((offer) => offer.hostName) }, `offer declined: ${reason}`);
    const offerIds = group.map((offer) => offer.offerId);
    this.#ports.session.send({ kind: 'decline', offerIds, filterMs: this.#ports.options.declineFilterMs, reason });
  }
}

/** Offers that can only be taken together, in order of arrival; an offer without group stands alone. */
function groups(offers: readonly Offer[]): readonly (readonly Offer[])[] {
  const byGroup = new Map<string, Offer[]>();
  for (const offer of offers) {
    const key = offer.groupId === null ? `offer ${offer.offerId}` : `group ${offer.groupId}`;
    const group = byGroup.get(key);
    if (group === undefined) byGroup.set(key, [offer]);
    else group.push(offer);
  }
  return [...byGroup.values()];
}
