import type { Forecast, FrameworkAdapter, StepContext } from '../contract/types.js';
import type { StepName } from '../contract/protocol.js';

/** Steps of a framework; the others (wipe, verify_clean, prepare) are the agent's. */
export type AdapterStep = Exclude<StepName, 'wipe' | 'verify_clean' | 'prepare'>;

const ADAPTER_STEPS: readonly string[] = [
  'forecast',
  'drain',
  'cancel_drain',
  'leave',
  'join',
  'verify',
] satisfies AdapterStep[];

export function isAdapterStep(step: StepName): step is AdapterStep {
  return ADAPTER_STEPS.includes(step);
}

/** Forecast and verify only read: they may begin before the master has confirmed the attempt. */
export function hasEffects(step: AdapterStep): boolean {
  return step !== 'forecast' && step !== 'verify';
}

/** Runs one step; the forecast, or null for steps that have none. */
export async function callAdapter(
  adapter: FrameworkAdapter,
  step: AdapterStep,
  context: StepContext,
): Promise<Forecast | null> {
  switch (step) {
    case 'forecast':
      return await adapter.forecastDrain(context);
    case 'drain':
      await adapter.drain(context);
      return null;
    case 'cancel_drain':
      await adapter.cancelDrain(context);
      return null;
    case 'leave':
      await adapter.leave(context);
      return null;
    case 'join':
      await adapter.join(context);
      return null;
    case 'verify':
      await adapter.verify(context);
      return null;
  }
}
