import type { VmRow } from '../traces.js';
import { INTERVALS_PER_DAY } from './series.js';
import type { RawDay } from './scale.js';

/**
 * Cores a virtualisation cluster keeps per core that its VMs use: room for the hypervisor, for peaks inside an
 * interval, and for one host's failure.
 * It is a constant factor, so it drops out of the shape when the series is scaled to a share of the fleet; it is stated
 * because reading the trace
 * unscaled needs it.
 */
const VM_HEADROOM_PERCENT = 125;
/**
 * Population every interval is brought to. The trace's days hold 898 to 1,516 VMs; without this the demand would jump
 * at midnight.
 */
const VM_POPULATION = 1_000;

/**
 * **The VM model.** In an interval the VMs use `cpu_percent_sum / vms × 1,000 / 100` cores (the mean use of a VM, times
 * a fixed population), and the
 * cluster needs 1.25 times that. All of it is perishable: a VM that does not get its CPU now does not want it later.
 *
 * @param dayIndex which of the trace's days comes first; the others follow in turn.
 * @returns a series as long as the trace (5 days), in micro-cores.
 */
export function vmDemand(rows: readonly VmRow[], dayIndex: number): RawDay {
  const days = Math.floor(rows.length / INTERVALS_PER_DAY);
  const start = (dayIndex % days) * INTERVALS_PER_DAY;
  const perishable = rows.map((_, index) => {
    const row = rows[(start + index) % rows.length];
    if (row === undefined) throw new RangeError(`VM interval ${String(index)} is outside the trace`);
    // percent × 10,000 = micro-cores.
    return Math.round((row.cpuPercentSum * 10_000 * VM_POPULATION * VM_HEADROOM_PERCENT) / (row.vms * 100));
  });
  return { perishable, queueable: perishable.map(() => 0) };
}
