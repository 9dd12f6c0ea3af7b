import { constants, setPriority } from 'node:os';
import { simulatePolicy } from '../../simulate/simulate-policy.js';
import type { RoleStart } from '../messages.js';
import type { Role, Send } from './role.js';

/** The same scenario under the greedy rule on a virtual clock, while the demo runs: at the lowest priority. */
export function startGreedy(
  start: Extract<RoleStart, { role: 'greedy' }>,
  send: Send,
  /** Ends the process once all that it has sent has left. */
  leave: () => void,
): Role {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // Not everywhere allowed; it is a courtesy.
  }
  void simulatePolicy(start.scenario, 'greedy', (atScenarioMs) => send({ kind: 'progress', atScenarioMs })).then(
    ({ evaluation }) => {
      send({ kind: 'evaluated', evaluation });
      leave();
    },
  );
  return { onMessage: () => undefined, close: () => Promise.resolve() };
}
