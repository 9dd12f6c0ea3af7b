import type { Core } from '../core.js';
import type { Placement } from '../protocol.js';
import type { HostRecord, OfferRecord } from '../state/records.js';
import { countDomains, domainPlacements, type DomainUse } from './host-finder.js';
import type { Want } from './wants.js';

/** Where a framework is in a role. Live: it follows what the pass gives. */
export interface Presence {
  /** How its hosts lie over the domains that the want cares for. */
  readonly use: DomainUse;
  /** How often it is on each host; 0 may stand there. */
  readonly hosts: ReadonlyMap<string, number>;
}

/** A framework in a role, under the key of its demand. */
interface Holder {
  readonly hosts: Map<string, number>;
  /** By the domains that its entries name. */
  readonly uses: Map<string, { readonly placements: readonly Placement[]; readonly use: DomainUse }>;
}

/**
 * Where frameworks are in a pass, for entries that spread, pack or want distinct hosts. What a framework has is looked
 * through once, however many of its entries ask; what the pass gives, to whichever entry, is counted as it comes.
 */
export class Presences {
  readonly #core: Core;
  readonly #offers: readonly OfferRecord[];
  readonly #hostsOf: (want: Want) => Iterable<string>;
  readonly #holders = new Map<string, Holder>();
  /** How many of the pass's offers are counted. */
  #seen = 0;

  /**
   * @param offers what the pass has given; grows
   * @param hostsOf ids of the hosts that the want's framework has in the role now, one for each time it is there
   */
  constructor(core: Core, offers: readonly OfferRecord[], hostsOf: (want: Want) => Iterable<string>) {
    this.#core = core;
    this.#offers = offers;
    this.#hostsOf = hostsOf;
  }

  /** Null for wants that do not care where they lie. */
  of(want: Want): Presence | null {
    if (want.entry.placement.length === 0) return null;
    this.#countOffers();
    let holder = this.#holders.get(want.key);
    if (holder === undefined) {
      holder = { hosts: new Map(), uses: new Map() };
      this.#holders.set(want.key, holder);
      for (const hostId of this.#hostsOf(want)) holder.hosts.set(hostId, (holder.hosts.get(hostId) ?? 0) + 1);
    }
    return { use: this.#useOf(holder, domainPlacements(want)), hosts: holder.hosts };
  }

  /** The want's framework is about to be on the host, or after all not (−1). What becomes an offer is counted by itself. */
  count(want: Want, hostId: string, times: 1 | -1): void {
    this.#add(want.key, hostId, times);
  }

  #countOffers(): void {
    if (this.#holders.size === 0) this.#seen = this.#offers.length;
    for (; this.#seen < this.#offers.length; this.#seen += 1) {
      const offer = this.#offers[this.#seen];
      if (offer !== undefined) this.#add(`${offer.frameworkId}|${offer.role}`, offer.hostId, 1);
    }
  }

  #add(key: string, hostId: string, times: 1 | -1): void {
    const holder = this.#holders.get(key);
    if (holder === undefined) return; // Nobody has asked.
    holder.hosts.set(hostId, (holder.hosts.get(hostId) ?? 0) + times);
    const host = this.#core.state.hosts.get(hostId);
    if (host === undefined) return;
    for (const { placements, use } of holder.uses.values()) countDomains(use, placements, host, times);
  }

  #useOf(holder: Holder, placements: readonly Placement[]): DomainUse {
    const domains = placements.map(({ domain }) => domain).join('|');
    const known = holder.uses.get(domains);
    if (known !== undefined) return known.use;
    const use: DomainUse = new Map();
    for (const [hostId, times] of holder.hosts) {
      const host: HostRecord | undefined = this.#core.state.hosts.get(hostId);
      if (host !== undefined) countDomains(use, placements, host, times);
    }
    holder.uses.set(domains, { placements, use });
    return use;
  }
}
