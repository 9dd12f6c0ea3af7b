/** Bounds of a whole number that is drawn evenly, both included. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** How one kind of manager behaves: times in real milliseconds, chances in thousandths. Plain numbers, so that any scenario can make one. */
export interface FakeProfile {
  /** Workload the manager serves: `ovirt`. */
  readonly workload: string;
  /** What the load on a machine is made of, for the names of units: `vm`, `pod`, `container`. */
  readonly unitName: string;
  /** Code of a unit that cannot move: `PINNED`, `PDB`. */
  readonly blockReason: string;
  /** How long an API call takes to answer. */
  readonly answerMs: Range;
  /** Asking what a drain would do. */
  readonly forecastMs: Range;
  /** From the order to take a machine in until it is up. */
  readonly joinMs: Range;
  /** How long the adapter watches a machine before it counts as serving. */
  readonly verifyMs: Range;
  /** Moving or ending one unit. */
  readonly drainUnitMs: Range;
  /** Units that move at the same time; 0 = all of them. */
  readonly drainParallel: number;
  /** How long a unit that is blocked at first stays so. */
  readonly blockedMs: Range;
  /** From the order to forget a machine until it is gone. */
  readonly leaveMs: Range;
  /** Between two looks of the adapter at a machine it works on. */
  readonly pollMs: number;
  /** Units on a machine at full load. */
  readonly unitsAtFullLoad: Range;
  /** Chance that a unit is blocked when its turn to move comes. */
  readonly blockedChanceMilli: number;
  /** Chance that an order to drain is refused by a rule of the manager. */
  readonly refuseChanceMilli: number;
  /** Chances that the manager tries and fails. */
  readonly joinFailChanceMilli: number;
  readonly drainFailChanceMilli: number;
  readonly leaveFailChanceMilli: number;
}

/** A manager that does everything within its poll period and never fails: what remains is Mosaic's own time. */
export const QUICK_PROFILE: FakeProfile = Object.freeze({
  workload: 'fake',
  unitName: 'unit',
  blockReason: 'PINNED',
  answerMs: { min: 0, max: 0 },
  forecastMs: { min: 0, max: 0 },
  joinMs: { min: 0, max: 0 },
  verifyMs: { min: 0, max: 0 },
  drainUnitMs: { min: 0, max: 0 },
  drainParallel: 0,
  blockedMs: { min: 0, max: 0 },
  leaveMs: { min: 0, max: 0 },
  pollMs: 10,
  unitsAtFullLoad: { min: 1, max: 1 },
  blockedChanceMilli: 0,
  refuseChanceMilli: 0,
  joinFailChanceMilli: 0,
  drainFailChanceMilli: 0,
  leaveFailChanceMilli: 0,
});

const RANGES = [
  'answerMs',
  'forecastMs',
  'joinMs',
  'verifyMs',
  'drainUnitMs',
  'blockedMs',
  'leaveMs',
  'unitsAtFullLoad',
] as const satisfies readonly (keyof FakeProfile)[];

const CHANCES = [
  'blockedChanceMilli',
  'refuseChanceMilli',
  'joinFailChanceMilli',
  'drainFailChanceMilli',
  'leaveFailChanceMilli',
] as const satisfies readonly (keyof FakeProfile)[];

/** Sentences that name the field, the value and what is accepted; empty when the profile is valid. */
export function validateProfile(profile: FakeProfile): readonly string[] {
  const problems: string[] = [];
  const whole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  for (const field of RANGES) {
    const { min, max } = profile[field];
    if (!whole(min) || !whole(max) || min > max)
      problems.push(`${field} is ${min} to ${max}; it must be two whole numbers of at least 0, the smaller first`);
  }
  for (const field of CHANCES) {
    const value = profile[field];
    if (!whole(value) || value > 1000) problems.push(`${field} is ${value}; it must be 0 to 1000 (thousandths)`);
  }
  if (!whole(profile.pollMs) || profile.pollMs === 0)
    problems.push(`pollMs is ${profile.pollMs}; it must be a whole number of at least 1`);
  if (!whole(profile.drainParallel))
    problems.push(
      `drainParallel is ${profile.drainParallel}; it must be a whole number of at least 0 (0 = all at once)`,
    );
  return problems;
}

/** Draws from a range; `random` is uniform in [0, 1). */
export function drawn(range: Range, random: number): number {
  return range.min + Math.floor(random * (range.max - range.min + 1));
}

/** Units on a machine that holds `unitsAtFull` at full load; any load at all is at least one unit. */
export function unitsAt(loadMilli: number, unitsAtFull: number): number {
  const bounded = Math.min(Math.max(loadMilli, 0), 1000);
  return bounded === 0 ? 0 : Math.max(1, Math.round((unitsAtFull * bounded) / 1000));
}
