import { subtractResources, timesCovered, type Resources } from '../../resources/index.js';

export interface Fewest<Task> {
  readonly kept: readonly Task[];
  /** What is free when these have gone. */
  readonly free: Resources;
}

/**
 * Those without which there is no room for so many units; the last of `going` are spared first.
 * @param free what is free when all of them have gone
 */
export function fewest<Task>(
  going: readonly Task[],
  resourcesOf: (task: Task) => Resources,
  free: Resources,
  unit: Resources,
  units: number,
): Fewest<Task> {
  const spared = new Set<Task>();
  let left = free;
  for (const task of [...going].reverse()) {
    const less = subtractResources(left, resourcesOf(task));
    if (timesCovered(unit, less) < units) continue;
    left = less;
    spared.add(task);
  }
  return { kept: going.filter((task) => !spared.has(task)), free: left };
}
