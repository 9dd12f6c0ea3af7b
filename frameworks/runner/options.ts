/** How the runner behaves; all durations in ms of its clock. */
export interface RunnerOptions {
  /** Roles the framework may ask for: demand for others is dropped and logged. At least one. */
  readonly roles: readonly string[];
  /** Between two questions for demand. @default 15000 */
  readonly demandPeriodMs: number;
  /** Between two full looks at the manager. @default 60000 */
  readonly observePeriodMs: number;
  /** An unchanged observation is sent again after this long. @default 300000 */
  readonly observeRefreshMs: number;
  /** A poll of the manager that takes longer has failed. @default 30000 */
  readonly callTimeoutMs: number;
  /** Filter sent with declined offers. @default 30000 */
  readonly declineFilterMs: number;
  /** Pauses of a step while the manager does not answer: first, doubled, up to the greatest. @default 1000, 30000 */
  readonly managerRetryFirstMs: number;
  readonly managerRetryMaxMs: number;
  /** Pause before a blocked step is tried again. @default 15000 */
  readonly blockedRetryMs: number;
  /** Least time between two updates of one attempt that differ in progress only. @default 500 */
  readonly updateGapMs: number;
  /**
   * Wait for the first renewal before the first effect of a step. A request may lie in a stopped process or a broken
   * connection for longer than its lease lives; only an answer to an update sent now proves that it still counts.
   * @default true
   */
  readonly confirmBeforeEffects: boolean;
  /** How long `close()` waits for running steps to stop. @default 5000 */
  readonly closeTimeoutMs: number;
}

/** The part that concerns the attempts of steps; the host's agent uses it too. */
export type StepOptions = Pick<
  RunnerOptions,
  | 'managerRetryFirstMs'
  | 'managerRetryMaxMs'
  | 'blockedRetryMs'
  | 'updateGapMs'
  | 'confirmBeforeEffects'
  | 'closeTimeoutMs'
>;

export const DEFAULT_RUNNER_OPTIONS: Omit<RunnerOptions, 'roles'> = Object.freeze({
  demandPeriodMs: 15_000,
  observePeriodMs: 60_000,
  observeRefreshMs: 300_000,
  callTimeoutMs: 30_000,
  declineFilterMs: 30_000,
  managerRetryFirstMs: 1_000,
  managerRetryMaxMs: 30_000,
  blockedRetryMs: 15_000,
  updateGapMs: 500,
  confirmBeforeEffects: true,
  closeTimeoutMs: 5_000,
});

/** Sentences that name the field, the value and what is accepted; empty when the options are valid. */
export function validateRunnerOptions(options: RunnerOptions): readonly string[] {
  const problems: string[] = [];
  if (options.roles.length === 0) problems.push('roles is empty; a framework needs at least one role');
  for (const field of [
    'demandPeriodMs',
    'observePeriodMs',
    'observeRefreshMs',
    'callTimeoutMs',
    'managerRetryFirstMs',
    'managerRetryMaxMs',
    'blockedRetryMs',
  ] as const) {
    const value = options[field];
    if (!Number.isSafeInteger(value) || value < 1)
      problems.push(`${field} is ${value}; it must be a whole number of at least 1`);
  }
  for (const field of ['declineFilterMs', 'updateGapMs', 'closeTimeoutMs'] as const) {
    const value = options[field];
    if (!Number.isSafeInteger(value) || value < 0)
      problems.push(`${field} is ${value}; it must be a whole number of at least 0`);
  }
  return problems;
}
