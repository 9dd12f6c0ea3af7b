/**
 * What is reserved on the hosts of a pass, by the role it is kept for. Nobody else may have it and its role is charged for
 * it already, so neither limits nor shares say anything: stated demand of the role is served from here first, then open
 * claims, each when its turn comes in the tree of roles.
 */
import type { Core } from '../core.js';
import { dominantShareInto } from '../quota/index.js';
import { amount, EMPTY, fits, isEmpty, NO_QUANTITIES, type Resources } from '../resources/index.js';
import type { HostRecord, OfferRecord } from '../state/records.js';
import { HostFinder, type Candidate, type Suitability } from './host-finder.js';
import { openOffer } from './offer-book.js';
import { before, siftDown, type Asker, type AskerHeap } from './open-round.js';
import { filterRole, reservationsOn, unofferedOf } from './reservations.js';

/** What is left of one reservation in a pass. */
export interface ReservedRest extends Candidate {
  readonly host: HostRecord;
  readonly reservationId: string;
  /** Shrinks as offers are cut out of it. */
  free: Resources;
}

interface OfRole {
  readonly rests: readonly ReservedRest[];
  readonly finder: HostFinder<ReservedRest>;
}

export class ReservedRound {
  readonly #core: Core;
  readonly #byRole = new Map<string, OfRole>();
  readonly #offers: OfferRecord[];

  /** @param offers where the offers that are made to open claims go */
  constructor(core: Core, hosts: readonly HostRecord[], suits: Suitability<ReservedRest>, offers: OfferRecord[]) {
    this.#core = core;
    this.#offers = offers;
    const rests = new Map<string, ReservedRest[]>();
    for (const host of hosts)
      for (const reservation of reservationsOn(core, host.hostId)) {
        const free = unofferedOf(core, reservation);
        if (isEmpty(free)) continue;
        const { role, reservationId } = reservation;
        const rest = { host, reservationId, size: free.quantities, free };
        const ofRole = rests.get(role);
        if (ofRole === undefined) rests.set(role, [rest]);
        else ofRole.push(rest);
      }
    for (const [role, ofRole] of rests)
      this.#byRole.set(role, { rests: ofRole, finder: new HostFinder(ofRole, suits, 'reserved ') });
  }

  /** Where demand of the role looks first. */
  finder(role: string): HostFinder<ReservedRest> | undefined {
    return this.#byRole.get(role)?.finder;
  }

  /** Serves the claim with the smallest share that takes one of its role's rests, whole; returns how many offers it got. */
  serve(heap: AskerHeap): number {
    const role = heap[0]?.claim.role ?? '';
    const rests = this.#byRole.get(role)?.rests;
    if (rests === undefined) return 0;
    let first: number | null = null;
    let found: ReservedRest | undefined;
    for (const [at, asker] of heap.entries()) {
      const least = first === null ? undefined : heap[first];
      if (least !== undefined && !before(asker, least)) continue;
      const rest = rests.find((one) => this.#mayHave(asker, one));
      if (rest !== undefined) [first, found] = [at, rest];
    }
    const asker = first === null ? undefined : heap[first];
    if (first === null || asker === undefined || found === undefined) {
      // Nobody of the role takes what is left; in this pass nothing changes that.
      this.#byRole.delete(role);
      return 0;
    }
    this.#offer(asker, found);
    dominantShareInto(asker, asker.claim.use, NO_QUANTITIES, this.#core.capacity.total);
    siftDown(heap, first);
    return 1;
  }

  /** A claim without minimum takes any rest: it may want to give it up. */
  #mayHave({ claim }: Asker, { host, free }: ReservedRest): boolean {
    if (isEmpty(free) || !fits(claim.minimum, free.quantities)) return false;
    if (amount(free.quantities, 'gpus') > 0 && amount(claim.minimum, 'gpus') === 0) return false;
    return !this.#core.filters.blocks(claim.frameworkId, filterRole(claim.role, true), host.hostId);
  }

  #offer({ claim }: Asker, rest: ReservedRest): void {
    const { frameworkId, role } = claim;
    const { reservationId, free: resources } = rest;
    this.#offers.push(
      openOffer(this.#core, {
        ...{ hostId: rest.host.hostId, frameworkId, role, demandId: '', resources },
        ...{ wholeHost: false, transitionId: null, groupId: null, reservationId },
      }),
    );
    rest.free = EMPTY;
  }
}
