/** What may be wrong with a fake manager right now. Set and cleared by whoever scripts the run; all off by default. */
export interface FakeFaults {
  /** Every call fails as unavailable. What the manager has begun goes on. */
  readonly down: boolean;
  /** Calls are taken, orders even carried out, but no answer ever comes. */
  readonly hang: boolean;
  /** Answers and everything the manager does take this many times as long. @default 1 */
  readonly slowFactor: number;
  /** Answers to orders, and the state word of a machine, say that it is done long before it is. */
  readonly liesAboutState: boolean;
  /** Observations claim to be complete and are not: machines are missing, or listed twice. */
  readonly liesAboutMachines: 'no' | 'omits' | 'repeats';
  /** Observations hold half of the machines and say so. */
  readonly partial: boolean;
}

export const NO_FAULTS: FakeFaults = Object.freeze({
  down: false,
  hang: false,
  slowFactor: 1,
  liesAboutState: false,
  liesAboutMachines: 'no',
  partial: false,
});
