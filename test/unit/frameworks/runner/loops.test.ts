import { describe, expect, it } from '@jest/globals';
import { deferred } from '../../../../frameworks/common/deferred.js';
import { AdapterError } from '../../../../frameworks/contract/types.js';
import type { ObservedMachine, WantedHosts } from '../../../../frameworks/contract/types.js';
import { validateRunnerOptions, DEFAULT_RUNNER_OPTIONS } from '../../../../frameworks/runner/index.js';
import { Rig } from './rig.js';

const wants = (count: number, fields: Partial<WantedHosts> = {}): WantedHosts => ({
  demandId: 'd1',
  role: '/a',
  shape: 'standard',
  count,
  minimum: 0,
  priority: 0,
  evidence: '',
  ...fields,
});

const machine = (name: string, fields: Partial<ObservedMachine> = {}): ObservedMachine => ({
  identity: { uuid: `u-${name}`, serial: '', macs: [] },
  name,
  managerState: 'up',
  serving: true,
  units: 4,
  leaveEstimateMs: 1_000,
  drift: '',
  ...fields,
});

describe('demand', () => {
  it('is told for every role once the manager was asked, and again when it changes', async () => {
    const rig = new Rig();
    let count = 3;
    rig.adapter.wanted = () => Promise.resolve([wants(count)]);
    await rig.start();
    expect(rig.sent('demand')).toMatchObject([
      { role: '/a', entries: [{ demandId: 'd1', want: { kind: 'hosts', shape: 'standard' }, count: 3 }] },
      { role: '/b', entries: [] },
    ]);
    await rig.clock.advance(60_000);
    expect(rig.sent('demand')).toHaveLength(2);
    count = 5;
    await rig.clock.advance(15_000);
    expect(rig.sent('demand').slice(2)).toMatchObject([{ role: '/a', entries: [{ count: 5 }] }]);
  });

  it('is told in full after every connect', async () => {
    const rig = new Rig();
    rig.adapter.wanted = () => Promise.resolve([wants(3)]);
    await rig.start();
    rig.runner.onDisconnected('cable');
    rig.runner.onConnected({ resumed: true });
    expect(rig.sent('demand').slice(2)).toMatchObject([
      { role: '/a', entries: [{ count: 3 }] },
      { role: '/b', entries: [] },
    ]);
  });

  it('stands while the manager does not answer', async () => {
    const rig = new Rig();
    rig.adapter.wanted = () => Promise.resolve([wants(3)]);
    await rig.start();
    rig.adapter.wanted = () => Promise.reject(new AdapterError('unavailable', 'down'));
    await rig.clock.advance(3_600_000);
    expect(rig.sent('demand')).toHaveLength(2);
    expect(rig.logged).toContain('demand is not known, the last one stands: down');
  });

  it('for unknown roles, stated twice or in unsound numbers does not reach the master as it is', async () => {
    const rig = new Rig();
    rig.adapter.wanted = () =>
      Promise.resolve([
        wants(2.6, { minimum: 9, priority: Number.NaN, evidence: 'a\nb' }),
        wants(7),
        wants(-1, { demandId: 'd2' }),
        wants(1, { role: '/elsewhere' }),
      ]);
    await rig.start();
    expect(rig.sent('demand')[0]!.entries).toMatchObject([
      { demandId: 'd1', count: 3, minimum: 3, evidence: 'a b' },
      { demandId: 'd2', count: 0, minimum: 0 },
    ]);
    expect(rig.sent('demand')).toHaveLength(2);
    expect(rig.logged.filter((line) => line.startsWith('demand'))).toHaveLength(2);
  });
});

describe('observation', () => {
  it('is told when something changed, after a connect, and now and then', async () => {
    const rig = new Rig();
    let units = 4;
    rig.adapter.observed = () => Promise.resolve({ complete: true, machines: [machine('n1', { units })] });
    await rig.start();
    expect(rig.sent('observation')).toMatchObject([{ complete: true, hosts: [{ name: 'n1', units: 4 }] }]);
    await rig.clock.advance(200_000);
    expect(rig.sent('observation')).toHaveLength(1);
    units = 5;
    await rig.clock.advance(60_000);
    expect(rig.sent('observation')).toHaveLength(2);
    await rig.clock.advance(361_000);
    expect(rig.sent('observation')).toHaveLength(3);
    rig.runner.onConnected({ resumed: true });
    await rig.settle();
    expect(rig.sent('observation')).toHaveLength(4);
  });

  it('is incomplete and empty once for as long as the manager does not answer', async () => {
    const rig = new Rig();
    rig.adapter.observed = () => Promise.reject(new AdapterError('unavailable', 'down'));
    await rig.start();
    await rig.clock.advance(120_000);
    expect(rig.sent('observation')).toEqual([{ kind: 'observation', complete: false, hosts: [] }]);
  });

  it('is incomplete when the poll never answers', async () => {
    const rig = new Rig();
    rig.adapter.observed = () => new Promise(() => undefined);
    await rig.start();
    await rig.clock.advance(30_000);
    expect(rig.sent('observation')).toEqual([{ kind: 'observation', complete: false, hosts: [] }]);
  });

  it('with a machine listed twice is incomplete', async () => {
    const rig = new Rig();
    rig.adapter.observed = () => Promise.resolve({ complete: true, machines: [machine('n1'), machine('n1')] });
    await rig.start();
    expect(rig.sent('observation')).toMatchObject([{ complete: false, hosts: [{ name: 'n1' }] }]);
    expect(rig.sent('observation')[0]!.hosts).toHaveLength(1);
  });

  it('follows a step that ended', async () => {
    const rig = new Rig();
    let looks = 0;
    rig.adapter.observed = () => {
      looks += 1;
      return Promise.resolve({ complete: true, machines: [] });
    };
    await rig.start();
    const before = looks;
    await rig.ask({ step: 'join' });
    rig.adapter.calls[0]!.end.resolve(undefined);
    await rig.settle();
    expect(looks).toBe(before + 1);
  });
});

describe('start', () => {
  it('is tried until the manager answers; steps wait as blocked, then run', async () => {
    const rig = new Rig();
    let down = true;
    rig.adapter.starting = () =>
      down ? Promise.reject(new AdapterError('unavailable', 'no route')) : Promise.resolve();
    await rig.start();
    const request = await rig.ask();
    await rig.clock.advance(1_000);
    expect(rig.runner.managerUp).toBe(false);
    expect(rig.last).toMatchObject({ state: 'blocked', message: 'no route', blockedBy: [{ reason: 'MANAGER_DOWN' }] });
    down = false;
    rig.renew(request, rig.last.updateNo);
    await rig.clock.advance(10_000);
    expect(rig.runner.managerUp).toBe(true);
    expect(rig.adapter.calls.map((call) => call.step)).toEqual(['drain']);
  });
});

describe('a start that never answers', () => {
  it('is given up and tried again; a late answer counts', async () => {
    const rig = new Rig();
    const first = deferred<undefined>();
    let tries = 0;
    rig.adapter.starting = () => {
      tries += 1;
      return first.promise.then(() => undefined);
    };
    await rig.start();
    await rig.clock.advance(31_000);
    expect({ tries, up: rig.runner.managerUp }).toEqual({ tries: 2, up: false });
    first.resolve(undefined);
    await rig.clock.advance(1);
    expect(rig.runner.managerUp).toBe(true);
    await rig.clock.advance(200_000);
    expect(tries).toBe(2);
    expect(rig.sent('observation')).toHaveLength(1);
  });
});

describe('answers that make no sense', () => {
  it('cost one poll, not the process', async () => {
    const rig = new Rig();
    rig.adapter.observed = () => Promise.resolve({ complete: true } as never);
    rig.adapter.wanted = () => Promise.resolve([null] as never);
    await rig.start();
    await rig.clock.advance(100_000);
    expect(rig.sent('observation')).toEqual([{ kind: 'observation', complete: false, hosts: [] }]);
    expect(rig.sent('demand')).toEqual([]);
    rig.adapter.observed = () => Promise.resolve({ complete: true, machines: [machine('n1')] });
    await rig.clock.advance(100_000);
    expect(rig.sent('observation').at(-1)).toMatchObject({ complete: true });
  });
});

describe('the options', () => {
  it('are checked with sentences', () => {
    expect(validateRunnerOptions({ ...DEFAULT_RUNNER_OPTIONS, roles: ['/a'] })).toEqual([]);
    expect(
      validateRunnerOptions({ ...DEFAULT_RUNNER_OPTIONS, roles: [], demandPeriodMs: 0, closeTimeoutMs: -1 }),
    ).toEqual([
      'roles is empty; a framework needs at least one role',
      'demandPeriodMs is 0; it must be a whole number of at least 1',
      'closeTimeoutMs is -1; it must be a whole number of at least 0',
    ]);
    expect(() => new Rig({ blockedRetryMs: Number.NaN })).toThrow('blockedRetryMs is NaN');
  });
});
