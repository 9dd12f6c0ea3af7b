/**
 * The moments of one launch on one slot, in `sharedMs` time, each taken by the process in which it happens:
 *
 * | moment | taken by | when |
 * |---|---|---|
 * | `released` | agent | the task that ran in the slot has ended, and its end is given to the agent's session |
 * | `offered` | framework | the listener is called with the offer of that host |
 * | `accepted` | framework | the launch is about to be given to the session |
 * | `launched` | agent | the launch command has arrived; the emulated task runs from here on |
 * | `running` | framework | the listener is called with the status `running` |
 *
 * `running - released` is the launch overhead: all that is not a task running. It holds, twice, the way through sockets,
 * session layers and event loops of the emulators, which share the cores with the master. What it does not hold: an
 * agent's checkpoint on its disk and the start of a container.
 *
 * The moments travel with the task, so nothing is matched afterwards: the framework puts its two into a label of the task,
 * and the agent puts all four into the text of the status `running`. A released slot of a host is taken by the next launch
 * that reaches this host, oldest release first. Both slots are of one size; were two free at once, either is as good.
 */

/** The label of a task that carries the framework's moments. */
export const TIMES_LABEL = 'bench-times';
/** The label of a task that says how long it runs. */
export const RUN_LABEL = 'bench-run-ms';

export function formatTimes(times: readonly number[]): string {
  return times.map((time) => time.toFixed(3)).join(' ');
}

export function parseTimes(text: string): readonly number[] {
  return text.split(' ').map(Number);
}
