// Mesos' MultiFrameworkAllocations: 554 frameworks in 55 roles launch 19,500 tasks on 80 agents, and nobody suppresses. Its
// DRF allocator stalls at 5,132 (every offer goes to the 50 finished frameworks with the smallest share); if everyone
// suppresses it needs 37 rounds. Who states demand gets what it asks for, and who is done asks for nothing.
import { describe, expect, it } from '@jest/globals';
import { acceptOffers } from '../../../../scheduler/allocate/index.js';
import type { OfferRecord } from '../../../../scheduler/state/records.js';
import { slicesEntry, task, World } from '../allocate/world.js';
import { agent } from './mesos.js';

interface Kind {
  readonly name: string;
  readonly frameworks: number;
  readonly sameRole: boolean;
  readonly tasks: number;
  readonly cpus: number;
  readonly memoryMib: number;
}

const KINDS: readonly Kind[] = [
  { name: 'marathon', frameworks: 4, sameRole: false, tasks: 4_000, cpus: 0.07, memoryMib: 400 },
  { name: 'jenkins', frameworks: 500, sameRole: true, tasks: 5, cpus: 0.1, memoryMib: 4_000 },
  { name: 'spark', frameworks: 50, sameRole: false, tasks: 20, cpus: 1, memoryMib: 1_000 },
];
const TASKS = 19_500;

function start(): World {
  const world = new World();
  for (let number = 1; number <= 80; number += 1)
    world.host({ name: `agent${number}`, mode: 'shared', resources: agent(64, 488_000) });
  for (const kind of KINDS)
    for (let number = 1; number <= kind.frameworks; number += 1) {
      const frameworkId = `${kind.name}/${number}`;
      const role = kind.sameRole ? `/${kind.name}` : `/${kind.name}-${number}`;
      world.framework(frameworkId, [role], false);
      world.demand(frameworkId, role, [slicesEntry('tasks', kind.tasks, agent(kind.cpus, kind.memoryMib))]);
    }
  return world;
}

/** Everyone launches a task with every offer that it has; how many. */
function launchAll({ core }: World): number {
  const byHolder = new Map<string, OfferRecord[]>();
  for (const offer of core.state.offers.values()) {
    const key = `${offer.frameworkId} ${offer.hostId}`;
    const offers = byHolder.get(key);
    if (offers === undefined) byHolder.set(key, [offer]);
    else offers.push(offer);
  }
  let launched = 0;
  for (const [key, offers] of byHolder) {
    const tasks = offers.map(({ offerId, resources }) => task(offerId, resources));
    const [{ frameworkId } = { frameworkId: '' }] = offers;
    acceptOffers(core, frameworkId, {
      kind: 'accept',
      commandId: `launch on ${key} at ${core.nowMs}`,
      offerIds: offers.map(({ offerId }) => offerId),
      action: { kind: 'launch', tasks },
    });
    launched += offers.length;
  }
  return launched;
}

describe('MultiFrameworkAllocations', () => {
  it('launches all 19,500 tasks in two passes', () => {
    const world = start();
    let launched = 0;
    let passes = 0;
    for (; passes < 2 && launched < TASKS; passes += 1) {
      world.pass();
      launched += launchAll(world);
    }
    expect([launched, world.core.state.tasks.size]).toEqual([TASKS, TASKS]);
    expect(passes).toBeLessThanOrEqual(2);
    // 2,370 of 5,120 CPUs, and nobody is offered anything more.
    expect(world.total('/', 'cpusMilli')).toBe(2_370 * 1_000);
    expect(world.pass()).toEqual([]);
  });
});
