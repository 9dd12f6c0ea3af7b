import { describe, expect, it } from '@jest/globals';
import { AgentRig } from './agent-rig.js';

/** Far beyond a step lease. */
const STOPPED_FOR_MS = 60_000;

describe('an agent: steps of a move', () => {
  it('prepares, wipes and verifies, and remembers what it made of the machine', async () => {
    const rig = new AgentRig();
    await rig.start();
    const prepare = rig.step('prepare');
    await rig.clock.advance(1_000);
    expect(rig.updates(prepare).at(-1)).toMatchObject({ state: 'done', progressMilli: 1000 });
    expect(rig.reports.at(-1)).toMatchObject({ profile: 'ovirt', cleanliness: '' });
    expect(rig.hardware.residue).toContain('ovirt');

    const early = rig.step('verify_clean');
    await rig.clock.advance(1_000);
    expect(rig.updates(early).at(-1)).toMatchObject({ state: 'failed', message: expect.stringContaining('ovirt') });
    expect(rig.reports.at(-1)?.cleanliness).toMatch(/^dirty: found profile of ovirt/);

    const wipe = rig.step('wipe');
    await rig.clock.advance(1_000);
    expect(rig.updates(wipe).at(-1)).toMatchObject({ state: 'done' });
    expect(rig.reports.at(-1)).toMatchObject({ profile: '', cleanliness: '' });
    const verify = rig.step('verify_clean');
    await rig.clock.advance(1_000);
    expect(rig.updates(verify).at(-1)).toMatchObject({ state: 'done' });
    expect(rig.reports.at(-1)).toMatchObject({ profile: '', cleanliness: 'clean' });

    await rig.restart();
    expect(rig.reports.at(-1)).toMatchObject({ profile: '', cleanliness: 'clean' });
  });

  it('refuses steps that are a framework’s', async () => {
    const rig = new AgentRig();
    await rig.start();
    const drain = rig.step('drain');
    await rig.clock.advance(1_000);
    expect(rig.updates(drain).at(-1)).toMatchObject({ state: 'refused', message: expect.stringContaining('drain') });
  });

  it('counts the machine as not clean from the first moment of a preparation, whatever becomes of it', async () => {
    const rig = new AgentRig({ stepMs: 5_000 });
    await rig.start();
    rig.step('prepare');
    await rig.clock.advance(1_000);
    await rig.restart();
    expect(rig.reports.at(-1)).toMatchObject({ profile: 'ovirt', cleanliness: '' });
    expect(rig.hardware.residue).toContain('ovirt');
  });

  it('has no effect before the master has confirmed the attempt', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.renews = false;
    const attempt = rig.step('prepare');
    await rig.clock.advance(10_000);
    expect(rig.hardware.residue).toBe('');
    expect(rig.updates(attempt).at(-1)).toMatchObject({ state: 'failed', message: expect.stringContaining('LEASE') });
  });

  it('has no effect after its lease has run out while it was stopped', async () => {
    for (const stopAtMs of [0, 20, 60, 90, 150, 900]) {
      const rig = new AgentRig({ stepMs: 1_000 });
      const effects: number[] = [];
      rig.driver = (driver, clock) => ({
        ...driver,
        recover: (onTaskEnd) => driver.recover(onTaskEnd),
        wipe: async (context) => {
          context.fence();
          effects.push(clock.nowMs());
          await driver.wipe(context);
          context.fence();
          effects.push(clock.nowMs());
        },
      });
      await rig.start();
      rig.hardware.residue = 'what the last workload left';
      const attempt = rig.step('wipe');
      await rig.clock.advance(stopAtMs);
      rig.process?.stop();
      const stoppedMs = rig.clock.nowMs();
      await rig.clock.advance(STOPPED_FOR_MS);
      rig.process?.resume();
      await rig.clock.advance(20_000);
      for (const atMs of effects) expect(atMs).toBeLessThanOrEqual(stoppedMs);
      expect(rig.hardware.residue).toBe('what the last workload left');
      for (const { state } of rig.updates(attempt)) expect(state).not.toBe('done');
    }
  });

  it('stops when the master cancels the attempt', async () => {
    const rig = new AgentRig({ stepMs: 10_000 });
    await rig.start();
    rig.hardware.residue = 'what the last workload left';
    const attempt = rig.step('wipe');
    await rig.clock.advance(500);
    rig.send({ kind: 'step_cancel', transitionId: 't-1', step: 'wipe', attempt });
    await rig.clock.advance(30_000);
    expect(rig.updates(attempt).at(-1)).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('CANCELLED'),
    });
    expect(rig.hardware.residue).toBe('what the last workload left');
  });

  it('keeps a long step alive through a break shorter than its lease', async () => {
    const rig = new AgentRig({ stepMs: 20_000 });
    await rig.start();
    const attempt = rig.step('wipe');
    await rig.clock.advance(5_000);
    rig.network.crashPeer('p');
    await rig.clock.advance(40_000);
    expect(rig.updates(attempt).at(-1)).toMatchObject({ state: 'done' });
  });
});
