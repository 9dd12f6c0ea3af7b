import type { Core } from '../core.js';
import type { FreezeRecord } from '../state/records.js';

/** Freezes of everything have this scope; others name a workload. */
export const FREEZE_ALL = '*';

/** The freeze that holds `workload`, or null. */
export function isFrozen(core: Core, workload: string): FreezeRecord | null {
  return core.state.freezes.get(FREEZE_ALL) ?? core.state.freezes.get(workload) ?? null;
}

/** The freeze that holds any of `workloads`, or null; one of everything holds moves of no workload, too. */
export function frozenBy(core: Core, workloads: readonly string[]): FreezeRecord | null {
  for (const workload of workloads) {
    const freeze = isFrozen(core, workload);
    if (freeze !== null) return freeze;
  }
  return core.state.freezes.get(FREEZE_ALL) ?? null;
}
