import { AdapterError } from '../../frameworks/contract/index.js';
import type { StepExecutor } from '../../frameworks/runner/index.js';
import type { MemoryKeeper } from './checkpoint.js';
import type { AgentStepContext, Driver } from './driver.js';

/** The agent's steps of a move. Each checkpoints what it has made of the machine before it reports success. */
export function agentSteps(driver: Driver, keeper: MemoryKeeper, onChanged: () => void): StepExecutor {
  const change = async (memory: { readonly profile?: string; readonly cleanliness?: string }): Promise<void> => {
    await keeper.change(memory);
    onChanged();
  };
  return {
    owner: "the host's agent",
    object: 'agent',
    notReady: () => null,
    executes: (step) => step === 'prepare' || step === 'wipe' || step === 'verify_clean',
    hasEffects: (step) => step !== 'verify_clean',
    supportsHardDrain: false,
    async execute(request, stepContext) {
      const context: AgentStepContext = {
        hostId: request.hostId,
        workload: request.workload,
        signal: stepContext.signal,
        fence: () => {
          stepContext.fence();
        },
        report: (progressMilli, message) => {
          stepContext.report({ progressMilli, message, blockedBy: [] });
        },
      };
      try {
        if (request.step === 'prepare') {
          // From the first change on the machine is not clean, whatever becomes of the rest.
          await change({ profile: request.workload, cleanliness: '' });
          await driver.prepare(context);
        } else if (request.step === 'wipe') {
          await driver.wipe(context);
          await change({ profile: '', cleanliness: '' });
        } else {
          const found = await driver.verifyClean(context);
          await change({ cleanliness: found === 'clean' ? 'clean' : `dirty: ${found}` });
          if (found !== 'clean') throw new AdapterError('failed', found);
        }
      } catch (error) {
        if (error instanceof AdapterError) throw error;
        throw new AdapterError('failed', error instanceof Error ? error.message : String(error), { cause: error });
      }
      return null;
    },
  };
}
