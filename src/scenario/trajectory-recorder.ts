import type { CoresStep, Trajectory } from './evaluate.js';

/** Changes recorded at most in one run: a move is two, so this is 500 moves of each of 1,000 hosts. */
const CHANGES_MAX = 1_000_000;

/**
 * Writes down which host serves which workload as a run goes on, and gives the trajectories that `evaluate` judges. A
 * host serves from the moment its new
 * owner has verified it until the drain begins that ends in its leaving; a lost host serves nobody.
 */
export class TrajectoryRecorder {
  readonly #steps = new Map<string, CoresStep[]>();
  readonly #serving = new Map<string, { readonly workload: string; readonly cores: number }>();
  #nowMs = 0;
  #changes = 0;

  /** @param workloads the demand series' workloads; others are refused. */
  constructor(workloads: readonly string[]) {
    for (const workload of workloads) this.#steps.set(workload, []);
  }

  /**
   * From `atMs` on (whole scenario milliseconds) the host serves `workload`, or nobody (null). Saying what is already
   * so changes nothing. Times that go back
   * count as the latest time known: reports of one moment may arrive in any order.
   */
  set(atMs: number, host: string, cores: number, workload: string | null): void {
    if (!Number.isSafeInteger(atMs)) throw new RangeError(`atMs is ${atMs}; accepted is a whole number`);
    if (workload !== null && !this.#steps.has(workload)) {
      throw new RangeError(
        `${host} serves "${workload}"; accepted are ${[...this.#steps.keys()].join(', ')}, or nobody`,
      );
    }
    const before = this.#serving.get(host);
    if (before?.workload === workload && before.cores === cores) return;
    if (before === undefined && workload === null) return;
    this.#changes += 1;
    if (this.#changes > CHANGES_MAX) {
      throw new RangeError(`the run has more than ${CHANGES_MAX} changes of hosts; accepted are at most that many`);
    }
    this.#nowMs = Math.max(this.#nowMs, atMs);
    if (before !== undefined) this.#add(before.workload, -before.cores);
    if (workload === null) {
      this.#serving.delete(host);
    } else {
      this.#serving.set(host, { workload, cores });
      this.#add(workload, cores);
    }
  }

  /** Cores that serve the workload now. */
  cores(workload: string): number {
    return this.#steps.get(workload)?.at(-1)?.cores ?? 0;
  }

  /** Hosts that serve the workload now. */
  hosts(workload: string): number {
    let count = 0;
    for (const one of this.#serving.values()) if (one.workload === workload) count += 1;
    return count;
  }

  /** The trajectories so far, in the order of the workloads. */
  trajectories(): readonly Trajectory[] {
    return [...this.#steps].map(([workload, steps]) => ({ workload, steps: [...steps] }));
  }

  #add(workload: string, cores: number): void {
    const steps = this.#steps.get(workload);
    if (steps === undefined) return;
    const last = steps.at(-1);
    const step = { atMs: this.#nowMs, cores: (last?.cores ?? 0) + cores };
    if (last?.atMs === this.#nowMs) steps[steps.length - 1] = step;
    else steps.push(step);
  }
}
