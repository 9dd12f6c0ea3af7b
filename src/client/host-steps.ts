import type { Forecast, Log, StepContext } from '../../frameworks/contract/index.js';
import {
  DEFAULT_RUNNER_OPTIONS,
  StepTable,
  type StepExecutor,
  type StepOptions,
} from '../../frameworks/runner/index.js';
import type { StepName, StepUpdate } from '../../scheduler/index.js';
import type { Clock, Random } from '../ports/index.js';

export type { Forecast, StepContext } from '../../frameworks/contract/index.js';
export { AdapterError, type AdapterErrorCode } from '../../frameworks/contract/index.js';

/**
 * What a framework with whole hosts does when one arrives (`join`, `verify`) and when one goes (`forecast`, `drain`,
 * `leave`). Each may be called again after it was done, half done, or its answer was lost, and then must end as if called
 * once. **Call `context.fence()` before every call to the manager that has an effect**: it throws once the attempt may act no
 * more. What they throw is reported; `AdapterError` says whether another try helps.
 */
export interface HostSteps {
  /** How long leaving would take; no effect. @default nothing in the way, no time */
  forecast?(context: StepContext): Promise<Forecast>;
  /** Makes the host part of the manager, able to take work. */
  join(context: StepContext): Promise<void>;
  /** Proves that it serves, from the manager's own view. @default taken from `join` */
  verify?(context: StepContext): Promise<void>;
  /** Empties the host and keeps new work away. */
  drain(context: StepContext): Promise<void>;
  /** Undoes a drain, finished or not. @default refused: a drained host can only leave */
  cancelDrain?(context: StepContext): Promise<void>;
  /** Takes the drained host out of the manager. */
  leave(context: StepContext): Promise<void>;
  /** Whether `drain` kills what does not move when `context.hard` is set. @default false */
  readonly supportsHardDrain?: boolean;
}

const NOTHING_IN_THE_WAY: Forecast = { durationLowMs: 0, durationHighMs: 0, units: 0, wouldKill: [], blockers: [] };

/** The attempts of these steps: leases, fences, progress, answers to repeated requests. */
export function stepTable(
  steps: HostSteps,
  ports: {
    readonly frameworkId: string;
    readonly clock: Clock;
    readonly random: Random;
    readonly log: Log;
    readonly options: Partial<StepOptions>;
    readonly send: (update: StepUpdate) => void;
    readonly connected: () => boolean;
  },
): StepTable {
  const { frameworkId, options, ...rest } = ports;
  return new StepTable({
    ...rest,
    options: { ...DEFAULT_RUNNER_OPTIONS, ...options },
    executor: executor(steps, frameworkId),
  });
}

function executor(steps: HostSteps, frameworkId: string): StepExecutor {
  return {
    owner: frameworkId,
    object: `manager/${frameworkId}`,
    supportsHardDrain: steps.supportsHardDrain ?? false,
    executes: (step) => (step === 'cancel_drain' ? steps.cancelDrain !== undefined : FRAMEWORK_STEPS.has(step)),
    hasEffects: (step) => step !== 'forecast' && step !== 'verify',
    notReady: () => null,
    execute: async ({ step }, context) => {
      if (step === 'forecast') return (await steps.forecast?.(context)) ?? NOTHING_IN_THE_WAY;
      if (step === 'join') await steps.join(context);
      if (step === 'verify') await steps.verify?.(context);
      if (step === 'drain') await steps.drain(context);
      if (step === 'cancel_drain') await steps.cancelDrain?.(context);
      if (step === 'leave') await steps.leave(context);
      return null;
    },
  };
}

const FRAMEWORK_STEPS: ReadonlySet<StepName> = new Set(['forecast', 'join', 'verify', 'drain', 'leave']);
