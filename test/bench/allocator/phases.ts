/** Timing of phases: wall time of the calls that do the work, nothing else. */

export interface PhaseResult {
  readonly phase: string;
  readonly medianMs: number;
  readonly minMs: number;
  /** The slowest where there are fewer than a hundred samples. */
  readonly p99Ms: number;
  readonly samples: number;
  /** Offers made per sample. */
  readonly offers: number;
}

/** Collects samples of each phase, in the order in which phases are first met. */
export class Phases {
  readonly #samples = new Map<string, number[]>();
  readonly #offers = new Map<string, number>();

  /** Times `work`, garbage collections that fall into it included. */
  time(phase: string, work: () => void): void {
    const start = process.hrtime.bigint();
    work();
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    const samples = this.#samples.get(phase);
    if (samples === undefined) this.#samples.set(phase, [ms]);
    else samples.push(ms);
  }

  /** How many offers the last sample of the phase made. */
  made(phase: string, offers: number): void {
    this.#offers.set(phase, offers);
  }

  /** Forgets what was measured while the code was still being compiled. */
  reset(): void {
    this.#samples.clear();
    this.#offers.clear();
  }

  results(): readonly PhaseResult[] {
    return [...this.#samples].map(([phase, samples]) => {
      const sorted = [...samples].sort((a, b) => a - b);
      const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
      return {
        phase,
        medianMs: at(0.5),
        minMs: at(0),
        p99Ms: at(0.99),
        samples: sorted.length,
        offers: this.#offers.get(phase) ?? 0,
      };
    });
  }
}
