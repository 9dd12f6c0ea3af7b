import type { Core } from '../core.js';
import { workloadOf } from './steps.js';

/** How long hosts took lately from `prepare` to verified, by workload: the second half of a move's price. */
export class JoinTimes {
  readonly #sums = new Map<string, { ms: number; count: number }>();

  constructor(core: Core) {
    for (const id of core.state.runningTransitions.get('ended')) {
      const ended = core.state.transitions.get(id);
      if (ended?.outcome !== 'completed' || ended.to === null) continue;
      const prepare = ended.history.find((outcome) => outcome.step === 'prepare');
      if (prepare === undefined) continue;
      const workload = workloadOf(core, ended.to.frameworkId);
      let sum = this.#sums.get(workload);
      if (sum === undefined) this.#sums.set(workload, (sum = { ms: 0, count: 0 }));
      sum.ms += ended.endedMs - prepare.startedMs;
      sum.count += 1;
    }
  }

  /** The mean over the kept moves; 0 while no host has joined the workload. */
  estimateMs(workload: string): number {
    const sum = this.#sums.get(workload);
    return sum === undefined ? 0 : Math.round(sum.ms / sum.count);
  }
}
