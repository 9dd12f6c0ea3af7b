import { describe, expect, it } from '@jest/globals';
import { scheduleFaults } from '../../../src/demo/faults.js';
import { HeldClock, newClockOrigin, SharedClock } from '../../../src/demo/shared-clock.js';
import { VirtualClock } from '../../../src/simulation/virtual-clock.js';

describe('the clock of all processes', () => {
  it('shows the same to everybody who knows its origin', () => {
    const origin = JSON.parse(JSON.stringify(newClockOrigin())) as ReturnType<typeof newClockOrigin>;
    const [one, other] = [new SharedClock(origin), new SharedClock(origin)];
    const first = one.nowMs();
    const second = other.nowMs();
    expect(first).toBeGreaterThanOrEqual(origin.wallMs);
    expect(second).toBeGreaterThanOrEqual(first);
    expect(Number.isInteger(second)).toBe(true);
  });

  it('stands still until scenario time begins', async () => {
    const below = new VirtualClock(5_000);
    const held = new HeldClock(below, 1_000);
    await below.runUntil(6_000);
    expect(held.nowMs()).toBe(1_000);
    held.begin(5_500);
    expect(held.nowMs()).toBe(1_500);
    held.begin(6_000);
    await below.runUntil(7_000);
    expect(held.nowMs()).toBe(2_500);
  });

  it('runs timers while it stands still', async () => {
    const below = new VirtualClock(0);
    const held = new HeldClock(below, 0);
    let fired = 0;
    held.setTimer(10, () => (fired += 1));
    held.setTimer(10, () => (fired += 1))();
    await below.runUntil(20);
    expect(fired).toBe(1);
  });
});

describe('the faults of a scenario', () => {
  function scheduled(clock: VirtualClock): { readonly log: string[]; readonly cancel: () => void } {
    const log: string[] = [];
    const note = (text: string): void => {
      log.push(`${clock.nowMs()} ${text}`);
    };
    const cancel = scheduleFaults(
      clock,
      [
        { kind: 'kill_host', target: 'node01', atMs: 100, forMs: 50 },
        { kind: 'kill_host', target: 'node02', atMs: 110, forMs: 0 },
        { kind: 'kill_master', target: null, atMs: 200, forMs: 0 },
        { kind: 'kill_agents', target: null, atMs: 300, forMs: 0 },
        { kind: 'kill_framework', target: 'hadoop', atMs: 400, forMs: 0 },
        { kind: 'pause_framework', target: 'ovirt', atMs: 500, forMs: 70 },
        { kind: 'pause_manager', target: 'ovirt', atMs: 600, forMs: 0 },
      ],
      {
        children: {
          signal: (role, signal) => {
            note(`${signal} ${typeof role === 'string' ? role : role.workload}`);
            return true;
          },
          setManagerDown: (workload, down) => note(`${workload} ${down ? 'down' : 'up'}`),
        },
        setPower: (host, on) => note(`${host} ${on ? 'on' : 'off'}`),
      },
    );
    return { log, cancel };
  }

  it('happen in their time, and end', async () => {
    const clock = new VirtualClock(0);
    const { log } = scheduled(clock);
    await clock.runUntil(10_000);
    expect(log).toEqual([
      '100 node01 off',
      '110 node02 off',
      '150 node01 on',
      '200 SIGKILL master',
      '300 SIGKILL agents',
      '400 SIGKILL hadoop',
      '500 SIGSTOP ovirt',
      '570 SIGCONT ovirt',
      '600 ovirt down',
      '5600 ovirt up',
    ]);
  });

  it('stop when the run does', async () => {
    const clock = new VirtualClock(0);
    const { log, cancel } = scheduled(clock);
    await clock.runUntil(120);
    cancel();
    await clock.runUntil(10_000);
    expect(log).toEqual(['100 node01 off', '110 node02 off']);
  });
});
