import { describe, expect, it } from '@jest/globals';
import { LoopRig } from './loop-rig.js';

describe('the loop: time', () => {
  it('wakes the core exactly when it asked to be woken', async () => {
    const rig = await new LoopRig({ scheduler: { recoveryBoundMs: 60_000 } }).lead();
    for (let n = 0; n < 5; n++) {
      const wakeMs = rig.loop.master.nextWakeMs();
      if (wakeMs === Infinity) break;
      rig.steps.length = 0;
      await rig.clock.runUntil(wakeMs - 1);
      expect(rig.steps.filter(({ kind }) => kind === 'tick')).toEqual([]);
      await rig.clock.runUntil(wakeMs);
      expect(rig.steps.find(({ kind }) => kind === 'tick')).toEqual({ kind: 'tick', atMs: wakeMs });
      await rig.settle();
    }
    expect.assertions(10);
  });

  it('is woken earlier when an event brings the time forward', async () => {
    const rig = await new LoopRig().lead();
    const laterMs = rig.loop.master.nextWakeMs();
    const peerId = await rig.agent('n1', 1);
    rig.loop.submit({ kind: 'peer_disconnected', peerId, reason: 'gone' });
    const soonerMs = rig.loop.master.nextWakeMs();
    expect(soonerMs).toBeLessThan(laterMs + 1);
    rig.steps.length = 0;
    await rig.clock.runUntil(soonerMs);
    expect(rig.steps).toContainEqual({ kind: 'tick', atMs: soonerMs });
  });

  it('goes on after the last time that was kept, even when the clock starts earlier', async () => {
    const first = await new LoopRig().lead();
    await first.clock.advance(5_000_000);
    await Promise.all([first.role('t1'), first.settle()]);
    const keptMs = first.loop.master.nowMs;
    await first.clock.advanceThrough(first.loop.close(), 1_000);
    const second = await new LoopRig({ disk: first.disk }).lead();
    expect(second.clock.nowMs()).toBeLessThan(keptMs);
    const atMs = second.loop.nowMs();
    expect(atMs).toBeGreaterThanOrEqual(keptMs - 1_000);
    await second.clock.advance(1_000);
    expect(second.loop.nowMs()).toBe(atMs + 1_000);
    expect(await second.roles()).toEqual(['/t1']);
  });
});
