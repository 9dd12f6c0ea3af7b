/**
 * How many hosts a framework asks for. The rule, the same for every manager and policy:
 *
 *     cores = perishable load × (1 + headroom) + queueable load now + backlog / backlogDrainSeconds
 *     hosts = max(hostsMin, ceil(cores / coresPerHost))
 *
 * A higher wish counts at once. A lower one counts only when every wish of the last `scaleDownDelaySeconds` was lower
 * too: the answer is the greatest
 * wish of that window (Kubernetes' autoscaler stabilises its answers in the same way), so a dip of one interval gives
 * no host away.
 */
import type { WantedSpec } from './scenario.js';

/** What the framework sees now; rates in cores (core-seconds per second). */
export interface Load {
  readonly perishableCores: number;
  /** Queueable work arriving now. */
  readonly queueableCores: number;
  /** Queueable work waiting, in core-seconds. */
  readonly backlogCoreSeconds: number;
}

/** What it holds and is promised. */
export interface Holding {
  readonly coresPerHost: number;
  readonly hostsServing: number;
  /** Hosts its role is guaranteed. */
  readonly hostsGuaranteed: number;
}

/** The demand it states. */
export interface Wanted {
  /** In all, including what is held. */
  readonly hostsWanted: number;
  /** The part of it inside the guarantee. */
  readonly hostsGuaranteed: number;
  /** Perishable work is being lost now: the serving hosts cannot carry the perishable load. */
  readonly urgent: boolean;
  /** The wish before the delay, for explanations. */
  readonly hostsNow: number;
}

/** The rule without its memory: the hosts that this load alone asks for. */
export function hostsFor(load: Load, coresPerHost: number, spec: WantedSpec): number {
  checkLoad(load);
  if (!(coresPerHost > 0)) throw new RangeError(`coresPerHost is ${coresPerHost}; accepted is a number above 0`);
  const cores =
    load.perishableCores * (1 + spec.headroomPercent / 100) +
    load.queueableCores +
    load.backlogCoreSeconds / spec.backlogDrainSeconds;
  // A millionth of a host is rounding, not demand.
  return Math.max(spec.hostsMin, Math.ceil(cores / coresPerHost - 1e-6));
}

/** A wish and when it was made. */
interface Wish {
  readonly atSeconds: number;
  readonly hosts: number;
}

/**
 * Wishes remembered at most. The list only ever falls, so this is reached only by more distinct host counts than that;
 * then the oldest goes.
 */
const WISHES_MAX = 1_024;

/**
 * The rule with its memory; one for each framework. Time goes in with each call (scenario seconds) and must not go
 * back.
 */
export class WantedHosts {
  readonly #spec: WantedSpec;
  /**
   * Falling wishes, oldest (and greatest) first: a wish goes when a later one is as great, or when it is older than the
   * delay.
   */
  #wishes: Wish[] = [];

  constructor(spec: WantedSpec) {
    this.#spec = spec;
  }

  update(atSeconds: number, load: Load, holding: Holding): Wanted {
    const last = this.#wishes.at(-1);
    if (last !== undefined && atSeconds < last.atSeconds)
      throw new RangeError(`time goes back from ${last.atSeconds} s to ${atSeconds} s`);
    const hostsNow = hostsFor(load, holding.coresPerHost, this.#spec);
    const kept = this.#wishes.filter(
      (wish) => wish.hosts > hostsNow && atSeconds - wish.atSeconds < this.#spec.scaleDownDelaySeconds,
    );
    this.#wishes = [...kept, { atSeconds, hosts: hostsNow }].slice(-WISHES_MAX);
    const hostsWanted = this.#wishes[0]?.hosts ?? hostsNow;
    return {
      hostsWanted,
      hostsGuaranteed: Math.min(hostsWanted, holding.hostsGuaranteed),
      urgent: load.perishableCores > holding.hostsServing * holding.coresPerHost,
      hostsNow,
    };
  }
}

function checkLoad(load: Load): void {
  for (const [field, value] of Object.entries(load)) {
    if (typeof value !== 'number' || !(value >= 0) || !Number.isFinite(value))
      throw new RangeError(`${field} is ${String(value)}; accepted is a number of 0 or more`);
  }
}
