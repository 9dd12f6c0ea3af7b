import { assertNever } from '../../scheduler/index.js';
import type { ScaledFault } from '../scenario/index.js';
import type { World } from '../simulation/world.js';

/** Processes that die come back this long after, unless the fault says how long it lasts: a service manager's restart. */
const RESTART_MS = 5_000;

/** Makes a scenario's faults happen in their time. */
export function scheduleFaults(world: World, faults: readonly ScaledFault[]): void {
  for (const fault of faults) {
    world.clock.setTimer(fault.atMs, () => {
      begin(world, fault);
    });
  }
}

function begin(world: World, fault: ScaledFault): void {
  const { kind, target, forMs } = fault;
  const after = (defaultMs: number, end: () => void): void => {
    world.clock.setTimer(forMs > 0 ? forMs : defaultMs, end);
  };
  switch (kind) {
    case 'kill_host': {
      if (target === null) return;
      world.setPower(target, false);
      // A host without a duration stays off: that is for its admin to mend.
      if (forMs > 0)
        after(forMs, () => {
          world.setPower(target, true);
        });
      return;
    }
    case 'kill_master':
      world.killMaster();
      after(RESTART_MS, () => {
        world.startMaster();
      });
      return;
    case 'kill_agents':
      for (const host of world.hostNames) world.killAgent(host);
      after(RESTART_MS, () => {
        for (const host of world.hostNames) world.startAgent(host);
      });
      return;
    case 'kill_framework':
      if (target === null) return;
      world.killFramework(target);
      after(RESTART_MS, () => {
        world.startFramework(target);
      });
      return;
    case 'pause_framework':
      if (target === null) return;
      world.pauseFramework(target, true);
      after(RESTART_MS, () => {
        world.pauseFramework(target, false);
      });
      return;
    case 'pause_manager':
      if (target === null) return;
      world.workload(target).manager.setFaults({ down: true });
      after(RESTART_MS, () => {
        world.workload(target).manager.setFaults({ down: false });
      });
      return;
    default:
      assertNever(kind);
  }
}
