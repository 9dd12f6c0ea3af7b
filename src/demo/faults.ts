import { assertNever } from '../scenario/assert-never.js';
import type { CancelTimer, Clock } from '../ports/index.js';
import type { ScaledFault } from '../scenario/index.js';
import type { Children } from './children.js';

/** A paused framework or manager comes back after this long unless the scenario says how long it lasts. */
const PAUSE_MS = 5_000;

export interface FaultHands {
  readonly children: Pick<Children, 'signal' | 'setManagerDown'>;
  setPower(host: string, on: boolean): void;
}

/**
 * Makes a scenario's faults happen in their time, counted from now, until it is cancelled. Killed processes come back by
 * the supervisor.
 */
export function scheduleFaults(clock: Clock, faults: readonly ScaledFault[], hands: FaultHands): CancelTimer {
  const pending = new Set<CancelTimer>();
  const later: Later = (delayMs, work) => {
    const cancel = clock.setTimer(delayMs, () => {
      pending.delete(cancel);
      work();
    });
    pending.add(cancel);
  };
  for (const fault of faults) later(fault.atMs, () => begin(later, fault, hands));
  return () => {
    for (const cancel of pending) cancel();
    pending.clear();
  };
}

type Later = (delayMs: number, work: () => void) => void;

function begin(later: Later, { kind, target, forMs }: ScaledFault, hands: FaultHands): void {
  const { children } = hands;
  const name = target ?? '';
  const forOrPauseMs = forMs > 0 ? forMs : PAUSE_MS;
  switch (kind) {
    case 'kill_host':
      hands.setPower(name, false);
      // Without a duration it stays off: that is for the person at the keyboard to mend.
      if (forMs > 0) later(forMs, () => hands.setPower(name, true));
      return;
    case 'kill_master':
      children.signal('master', 'SIGKILL');
      return;
    case 'kill_agents':
      children.signal('agents', 'SIGKILL');
      return;
    case 'kill_framework':
      children.signal({ workload: name }, 'SIGKILL');
      return;
    case 'pause_framework':
      children.signal({ workload: name }, 'SIGSTOP');
      later(forOrPauseMs, () => children.signal({ workload: name }, 'SIGCONT'));
      return;
    case 'pause_manager':
      children.setManagerDown(name, true);
      later(forOrPauseMs, () => children.setManagerDown(name, false));
      return;
    default:
      assertNever(kind);
  }
}
