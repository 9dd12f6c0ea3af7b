// When frameworks are told how their demand stands.
import { describe, expect, it } from '@jest/globals';
import { World, cpus, slicesEntry, task } from './world.js';

function launching(): World {
  const world = new World();
  world.hosts(1, 'h', { mode: 'shared' });
  world.framework('batch/one', ['/batch']);
  world.demand('batch/one', '/batch', [slicesEntry('d', 3, cpus(1))]);
  return world;
}

function told(world: World): readonly string[] {
  return world
    .sent('demand_status')
    .flatMap(({ event }) => event.statuses.map(({ granted, offered }) => `${granted} granted, ${offered} offered`));
}

describe('the status of a demand', () => {
  it('is told at once, and what changes within a second of that in one message', () => {
    const world = launching();
    const offers = world.pass();
    expect(told(world)).toEqual(['0 granted, 3 offered']);
    for (const [n, { offerId }] of offers.entries()) {
      world.advance(100);
      world.accept('batch/one', [offerId], { kind: 'launch', tasks: [task(`t${n}`, cpus(1))] });
      world.core.timers.clear('allocate');
      world.pass();
    }
    // Nor does a pass in which nothing changes forget it.
    world.core.timers.clear('allocate');
    world.pass();
    expect(told(world)).toHaveLength(1);
    // The pass that tells the rest comes by itself, though no host is dirty.
    expect(world.core.timers.dueMs('allocate')).toBe(world.core.nowMs + 700);
    world.advance(700);
    world.pass();
    expect(told(world)).toEqual(['0 granted, 3 offered', '3 granted, 0 offered']);
    world.advance(60_000);
    world.pass();
    expect(told(world)).toHaveLength(2);
  });

  it('answers a demand that is stated anew at once', () => {
    const world = launching();
    world.pass();
    world.advance(100);
    world.demand('batch/one', '/batch', [slicesEntry('d', 5, cpus(1))]);
    world.pass();
    expect(told(world)).toEqual(['0 granted, 3 offered', '0 granted, 5 offered']);
  });

  it('is told when it changes by what happens elsewhere, though nothing more happens', () => {
    const world = launching();
    world.role('/batch', { limit: { cpusMilli: 0 } });
    const reason = (): string | undefined => world.lastStatus('batch/one', 'd')?.unmetReason;
    world.pass();
    world.role('/batch', { limit: {} });
    world.core.timers.clear('allocate');
    world.advance(100);
    world.pass();
    expect(reason()).toBe('ROLE_LIMIT');
    const dueMs = world.core.timers.dueMs('allocate');
    expect(dueMs).toBe(world.core.allocationMemory.publishedMs + 1_000);
    world.advance((dueMs ?? 0) - world.core.nowMs);
    world.pass();
    expect(reason()).not.toBe('ROLE_LIMIT');
    // That was the last: a fleet that rests is not looked at again and again.
    expect(world.core.timers.dueMs('allocate')).toBeNull();
  });

  it('is forgotten with its demand', () => {
    const world = launching();
    const [first] = world.pass();
    world.accept('batch/one', [first!.offerId], { kind: 'launch', tasks: [task('t', cpus(1))] });
    world.pass();
    const { toldMs, changedSinceTold, sentStatuses } = world.core.allocationMemory;
    expect([toldMs.size, changedSinceTold.size]).toEqual([1, 1]);
    world.core.state.demands.delete('batch/one|/batch');
    expect([toldMs.size, changedSinceTold.size]).toEqual([0, 0]);
    world.advance(1_000);
    world.pass();
    expect(sentStatuses.size).toBe(0);
  });
});
