import { AdapterError } from '../contract/types.js';
import type { Forecast, FrameworkAdapter, StepContext } from '../contract/types.js';
import type { StepName, StepRequest } from '../contract/protocol.js';

/** Who carries out steps: an adapter for its manager, an agent for its machine. The attempt around it is the same. */
export interface StepExecutor {
  /** For messages: `the ovirt manager`, `the host's agent`. */
  readonly owner: string;
  /** Names what is waited for while the executor cannot act: `manager/ovirt`. */
  readonly object: string;
  readonly supportsHardDrain: boolean;
  executes(step: StepName): boolean;
  /** False: the step only reads, and may begin before the master has confirmed the attempt. */
  hasEffects(step: StepName): boolean;
  /** Null when it can act, else why not yet. */
  notReady(): string | null;
  /** Runs one step; the forecast, or null for steps that have none. Throws `AdapterError`. */
  execute(request: StepRequest, context: StepContext): Promise<Forecast | null>;
}

/** The steps of a framework, carried out by its adapter. */
export function adapterSteps(adapter: FrameworkAdapter, notReady: () => string | null): StepExecutor {
  const { workload, supportsHardDrain } = adapter.capabilities;
  return {
    owner: `the ${workload} manager`,
    object: `manager/${workload}`,
    supportsHardDrain,
    executes: (step) => step !== 'wipe' && step !== 'verify_clean' && step !== 'prepare',
    hasEffects: (step) => step !== 'forecast' && step !== 'verify',
    notReady,
    execute: (request, context) => callAdapter(adapter, request.step, context),
  };
}

async function callAdapter(adapter: FrameworkAdapter, step: StepName, context: StepContext): Promise<Forecast | null> {
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
    case 'wipe':
    case 'verify_clean':
    case 'prepare':
      throw new AdapterError('refused', `${step} is a step of the host's agent`);
  }
}
