import { describe, expect, it } from '@jest/globals';
import { ADAPTER_KINDS, createAdapter } from '../../../frameworks/registry.js';
import type { AdapterPorts } from '../../../frameworks/contract/index.js';
import { sfc32 } from '../../support/seeded-random.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const silent = (): void => undefined;
const ports = (clock: VirtualClock): AdapterPorts => ({
  clock,
  random: sfc32(1),
  log: { debug: silent, info: silent, warn: silent, error: silent },
});

describe('createAdapter', () => {
  it('builds a fake with a manager of its own', async () => {
    const clock = new VirtualClock();
    const config = {
      profile: { workload: 'lab', unitsAtFullLoad: { min: 8, max: 8 } },
      machines: [{ name: 'm1', uuid: 'u1' }],
      wants: { role: '/lab', count: 3 },
    };
    const adapter = createAdapter('fake', config, ports(clock));
    expect(adapter.capabilities.workload).toBe('lab');
    await clock.advanceThrough(adapter.start(), 1_000);
    expect(await clock.advanceThrough(adapter.observe(), 1_000)).toMatchObject({
      complete: true,
      machines: [{ name: 'm1', units: 4, serving: true }],
    });
    expect(await clock.advanceThrough(adapter.demand(), 1_000)).toMatchObject([
      { role: '/lab', shape: 'standard', count: 3 },
    ]);
  });

  it.each([
    ['kube', {}, /adapter kind is kube; it must be one of: fake/],
    ['toString', {}, /adapter kind is toString/],
    ['fake', null, /the configuration: .*expected object, received null/],
    ['fake', { machines: [{ name: 'm1' }] }, /machines\.0\.uuid: .*expected string/],
    ['fake', { speed: 3 }, /"speed"/],
    ['fake', { profile: { joinMs: { min: 5, max: 1 } } }, /profile\.joinMs is 5 to 1/],
    ['fake', { profile: { blockedChanceMilli: 1001 } }, /profile\.blockedChanceMilli: .*1000/],
    ['fake', { machines: ['a', 'b'].map((uuid) => ({ name: 'm', uuid })) }, /the name m is given twice/],
    ['fake', { wants: { role: 'lab', count: 1 } }, /wants\.role/],
  ])('refuses %s with %j', (kind, config, message) => {
    const build = (): unknown => createAdapter(kind, config, ports(new VirtualClock()));
    expect(build).toThrow(message);
    expect(build).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  it('names every kind once', () => {
    expect(new Set(ADAPTER_KINDS).size).toBe(ADAPTER_KINDS.length);
  });
});
