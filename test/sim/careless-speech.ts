import type { FrameworkMessage } from '../../scheduler/index.js';
import type { Prng } from '../../src/scenario/index.js';

/** Updates of this many messages back are said again. */
const KEPT = 20;

/**
 * How an executor talks that another team wrote: it says a step update twice, or an old one again, in whatever order. The
 * sequence numbers of the session are right, so the core has to tell by attempt and number of the update.
 */
export function carelessSpeech(
  prng: Prng,
  stutterMilli: number,
  count: (name: string) => void,
): (message: FrameworkMessage) => readonly FrameworkMessage[] {
  const past: FrameworkMessage[] = [];
  return (message) => {
    if (message.kind !== 'step_update' || stutterMilli === 0) return [message];
    past.push(message);
    if (past.length > KEPT) past.shift();
    if (!prng.chance(stutterMilli / 1000)) return [message];
    if (prng.chance(0.5)) {
      count('step update said twice');
      return [message, message];
    }
    count('old step update said again');
    return [prng.pick(past), message];
  };
}
