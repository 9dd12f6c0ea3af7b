import type { Core } from '../core.js';
import { entitlements, type Entitlements } from '../quota/index.js';
import type { DemandEntry } from '../protocol.js';
import type { DemandRecord } from '../state/records.js';
import { impossibility } from './feasibility.js';
import { isOfferableWhole } from './offerable.js';
import type { Impossible, StatusFacts } from './memory.js';

interface Verdict {
  readonly entry: DemandEntry;
  /** Of capacity and quotas, when it was found. */
  readonly versions: string;
  readonly found: Impossible | null;
}

/**
 * Facts for statuses, each found once. Entitlements stay as they were first seen: filling the whole fleet anew for every
 * changed line would cost more than the pass, and the facts are replaced every second anyway. Reads for people make their
 * own, so that a read never changes what is sent (I7).
 */
export class CurrentFacts implements StatusFacts {
  readonly #core: Core;
  readonly #verdicts = new Map<string, Map<string, Verdict>>();
  #entitlements: Entitlements | null = null;
  #free: ReadonlyMap<string, number> | null = null;
  #unclean: ReadonlyMap<string, number> | null = null;

  constructor(core: Core) {
    this.#core = core;
  }

  entitled(role: string, shape: string): number {
    this.#entitlements ??= entitlements(this.#core);
    return this.#entitlements.of(role, shape);
  }

  impossible(record: DemandRecord, entry: DemandEntry): Impossible | null {
    const versions = `${this.#core.capacity.version}/${this.#core.quota.version}`;
    let ofDemand = this.#verdicts.get(record.key);
    if (ofDemand === undefined) {
      ofDemand = new Map<string, Verdict>();
      this.#verdicts.set(record.key, ofDemand);
    }
    const known = ofDemand.get(entry.demandId);
    if (known?.entry === entry && known.versions === versions) return known.found;
    const found = impossibility(this.#core, record, entry);
    ofDemand.set(entry.demandId, { entry, versions, found });
    return found;
  }

  free(shape: string): number {
    this.#free ??= freeByShape(this.#core);
    return this.#free.get(shape) ?? 0;
  }

  unclean(shape: string): number {
    this.#unclean ??= uncleanByShape(this.#core);
    return this.#unclean.get(shape) ?? 0;
  }
}

function freeByShape(core: Core): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const hostId of core.state.hostsByMode.get('free')) {
    const host = core.state.hosts.get(hostId);
    if (host !== undefined && isOfferableWhole(core, host)) counts.set(host.shape, (counts.get(host.shape) ?? 0) + 1);
  }
  return counts;
}

function uncleanByShape(core: Core): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const hostId of core.state.hostsByMode.get('free')) {
    const host = core.state.hosts.get(hostId);
    if (host?.clean === false) counts.set(host.shape, (counts.get(host.shape) ?? 0) + 1);
  }
  return counts;
}
