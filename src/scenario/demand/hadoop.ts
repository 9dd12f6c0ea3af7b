import type { HadoopRow } from '../traces.js';
import { INTERVAL_SECONDS, INTERVALS_PER_DAY } from './series.js';
import type { RawDay } from './scale.js';

/** HDFS block size: one map task reads one block. */
const MAP_BLOCK_MIB = 128;
/** A map task holds one core this long: 128 MiB at 6.4 MiB/s, start of the container included. */
const MAP_TASK_SECONDS = 20;
/** A reduce core shuffles, sorts and merges this much per second. */
const SHUFFLE_MIB_PER_CORE_SECOND = 5;
/** A core writes this much output per second, three replicas included. */
const OUTPUT_MIB_PER_CORE_SECOND = 10;

/**
 * Core-seconds of the jobs in one row: `max(jobs, ceil(map_input / 128 MiB))` map tasks of 20 s, plus shuffle at 5
 * MiB/s, plus output at 10 MiB/s.
 * A job has at least one map task, also when it reads nothing.
 */
export function jobCoreSeconds(row: HadoopRow): number {
  const mapTasks = Math.max(row.jobs, Math.ceil(row.mapInputMib / MAP_BLOCK_MIB));
  const reduceSeconds = Math.ceil(row.shuffleMib / SHUFFLE_MIB_PER_CORE_SECOND);
  const outputSeconds = Math.ceil(row.outputMib / OUTPUT_MIB_PER_CORE_SECOND);
  return mapTasks * MAP_TASK_SECONDS + reduceSeconds + outputSeconds;
}

/**
 * **The Hadoop model.** The trace gives bytes, not containers: `jobCoreSeconds` says how bytes become work, the same
 * for every policy. A job's whole work
 * arrives in the interval of its submission, all of it queueable, and any number of cores may work on it at once (a
 * fluid: map tasks are short and many).
 *
 * @returns a series of one day, in core-seconds. The few jobs submitted in the last seconds after 24 hours count in the last interval.
 */
export function hadoopDemand(rows: readonly HadoopRow[]): RawDay {
  const queueable = new Array<number>(INTERVALS_PER_DAY).fill(0);
  for (const row of rows) {
    const index = Math.min(Math.floor(row.submitSeconds / INTERVAL_SECONDS), INTERVALS_PER_DAY - 1);
    queueable[index] = (queueable[index] ?? 0) + jobCoreSeconds(row);
  }
  return { perishable: queueable.map(() => 0), queueable };
}
