/**
 * What is reserved on the hosts of a pass, by the role it is kept for. Nobody else may have it and its role is charged for
 * it already, so neither limits nor shares say anything: stated demand of the role is served from here first, then open
 * claims, each when its turn comes in the tree of roles. Rests with GPUs go first to claims that name them, then to the
 * others: no other role could use them, so that none is stranded.
 */
import type { Core } from '../core.js';
import { siftDown } from '../heap.js';
import { EMPTY, fits, hasGpus, isEmpty } from '../resources/index.js';
import { HostFinder, type Candidate, type Suitability } from './host-finder.js';
import { noteFull, type OfferBatch } from './offer-book.js';
import { refreshShare, USEFUL, type OpenClaim } from './open-claims.js';
import { before, type ClaimHeap, type SharedRest } from './open-round.js';
import type { PassHost } from './pass-hosts.js';
import { filterRole, reservationsOn, unofferedOf } from './reservations.js';

/** What is left of one reservation in a pass. */
export interface ReservedRest extends Candidate, SharedRest {
  readonly reservationId: string;
}

interface OfRole {
  readonly rests: readonly ReservedRest[];
  readonly finder: HostFinder<ReservedRest>;
  /** Where each claim's search goes on: what it could not have once it cannot have in the whole pass. */
  readonly cursors: Map<OpenClaim, number>;
  /** Whether rests with GPUs are for claims that name none, too: when those that do have taken what they want. */
  areGpusForAll: boolean;
  /** A claim was passed over because it names no GPUs. */
  hasSparedGpus: boolean;
}

export class ReservedRound {
  readonly #core: Core;
  readonly #byRole = new Map<string, OfRole>();
  readonly #batch: OfferBatch;

  /** @param batch where the offers to open claims are opened */
  constructor(core: Core, hosts: readonly PassHost[], suits: Suitability<ReservedRest>, batch: OfferBatch) {
    this.#core = core;
    this.#batch = batch;
    const rests = new Map<string, ReservedRest[]>();
    for (const { host, offers, filters } of hosts) {
      for (const reservation of reservationsOn(core, host.hostId)) {
        const free = unofferedOf(core, reservation);
        if (isEmpty(free)) continue;
        const { role, reservationId } = reservation;
        const rest = { host, offers, filters, reservationId, size: free.quantities, free };
        const ofRole = rests.get(role);
        if (ofRole === undefined) rests.set(role, [rest]);
        else ofRole.push(rest);
      }
    }
    for (const [role, ofRole] of rests)
      this.#byRole.set(role, {
        rests: ofRole,
        finder: new HostFinder(ofRole, suits, 'reserved '),
        cursors: new Map(),
        areGpusForAll: false,
        hasSparedGpus: false,
      });
  }

  /** Where demand of the role looks first. */
  finder(role: string): HostFinder<ReservedRest> | undefined {
    return this.#byRole.get(role)?.finder;
  }

  /** Serves the claim with the smallest share that takes one of its role's rests, whole; returns how many offers it got. */
  serve({ role, claims }: ClaimHeap): number {
    const ofRole = this.#byRole.get(role);
    if (ofRole === undefined) return 0;
    const { at, found } = this.#first(claims, ofRole);
    const claim = claims[at];
    if (claim === undefined || found === undefined) {
      // Nobody of the role takes what is left; in this pass nothing changes that.
      this.#byRole.delete(role);
      return 0;
    }
    this.#offer(claim, found);
    refreshShare(claim, this.#core.capacity.inShares, this.#core.capacity.version);
    siftDown(claims, at, before);
    return 1;
  }

  /** Index of the claim with the smallest share that may have a rest, and that rest. */
  #first(
    claims: readonly OpenClaim[],
    ofRole: OfRole,
  ): { readonly at: number; readonly found: ReservedRest | undefined } {
    let first = -1;
    let found: ReservedRest | undefined;
    for (const [at, claim] of claims.entries()) {
      if (claim.taker.offers.count >= this.#core.options.offersOpenMax) {
        noteFull(this.#core, claim.frameworkId);
        continue;
      }
      const least = claims[first];
      if (least !== undefined && !before(claim, least)) continue;
      const rest = this.#next(claim, ofRole);
      if (rest !== undefined) [first, found] = [at, rest];
    }
    if (found !== undefined || !ofRole.hasSparedGpus || ofRole.areGpusForAll) return { at: first, found };
    ofRole.areGpusForAll = true;
    ofRole.cursors.clear();
    return this.#first(claims, ofRole);
  }

  /** The next rest that the claim may have. */
  #next(claim: OpenClaim, ofRole: OfRole): ReservedRest | undefined {
    const { rests, cursors } = ofRole;
    let at = cursors.get(claim) ?? 0;
    for (let rest = rests[at]; rest !== undefined && !this.#mayHave(claim, rest, ofRole); rest = rests[at]) at += 1;
    cursors.set(claim, at);
    return rests[at];
  }

  /** A claim without minimum takes any rest: it may want to give it up. */
  #mayHave({ frameworkId, role, minimum }: OpenClaim, { host, free }: ReservedRest, ofRole: OfRole): boolean {
    if (isEmpty(free) || (minimum !== USEFUL && !fits(minimum, free.quantities))) return false;
    if (!ofRole.areGpusForAll && hasGpus(free.quantities) && !hasGpus(minimum)) {
      ofRole.hasSparedGpus = true;
      return false;
    }
    return !this.#core.filters.blocks(frameworkId, filterRole(role, true), host.hostId);
  }

  #offer(claim: OpenClaim, rest: ReservedRest): void {
    const { reservationId, free } = rest;
    this.#batch.open(rest, { ...claim.terms, reservationId }, free);
    rest.free = EMPTY;
  }
}
