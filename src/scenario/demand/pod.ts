import { PODS_FIRST_DAY, PODS_DAYS, type PodRow } from '../traces.js';
import { INTERVAL_SECONDS, INTERVALS_PER_DAY } from './series.js';
import type { RawDay } from './scale.js';

/**
 * **The pod model.** A pod wants its CPU request (`cpu_milli`) from its creation to its deletion, whether or not the
 * original cluster placed it. An
 * interval's demand is the sum over pods of `cpu_milli × seconds alive in the interval`. Best-effort pods (`qos` =
 * `BE`) are queueable: their work
 * arrives over the seconds in which they lived in the trace and may be done later. All others (`LS`, `Burstable`,
 * `Guaranteed`) are perishable.
 * The trace is a sample of a larger cluster; scaling to a share of the fleet is the same as running k copies of each
 * pod. GPUs are not modelled.
 *
 * @param dayIndex which of the trace's ten busy days (139 to 148) comes first; the others follow in turn.
 * @returns a series of ten days, in milli-core-seconds.
 */
export function podDemand(rows: readonly PodRow[], dayIndex: number): RawDay {
  const length = PODS_DAYS * INTERVALS_PER_DAY;
  const windowStart = PODS_FIRST_DAY * 86_400;
  const perishable = new Array<number>(length).fill(0);
  const queueable = new Array<number>(length).fill(0);
  for (const row of rows) {
    const from = Math.max(row.creationSeconds - windowStart, 0);
    const to = Math.min(row.deletionSeconds - windowStart, length * INTERVAL_SECONDS);
    const part = row.qos === 'BE' ? queueable : perishable;
    for (let index = Math.floor(from / INTERVAL_SECONDS); index * INTERVAL_SECONDS < to; index++) {
      const alive = Math.min(to, (index + 1) * INTERVAL_SECONDS) - Math.max(from, index * INTERVAL_SECONDS);
      part[index] = (part[index] ?? 0) + row.cpuMilli * alive;
    }
  }
  return { perishable: rotate(perishable, dayIndex), queueable: rotate(queueable, dayIndex) };
}

function rotate(list: readonly number[], dayIndex: number): number[] {
  const start = (dayIndex % PODS_DAYS) * INTERVALS_PER_DAY;
  return [...list.slice(start), ...list.slice(0, start)];
}
