import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hostsFor, WantedHosts, type Load } from '../../../src/scenario/wanted.js';

const spec = { headroomPercent: 20, backlogDrainSeconds: 3_600, scaleDownDelaySeconds: 900, hostsMin: 1 };
const holding = { coresPerHost: 10, hostsServing: 5, hostsGuaranteed: 3 };
const load = (perishableCores: number, backlogCoreSeconds = 0, queueableCores = 0): Load => ({
  perishableCores,
  backlogCoreSeconds,
  queueableCores,
});

describe('hostsFor', () => {
  it('adds headroom, the arriving queueable load and the backlog', () => {
    expect(hostsFor(load(50), 10, spec)).toBe(6);
    expect(hostsFor(load(51), 10, spec)).toBe(7);
    expect(hostsFor(load(0, 36_000), 10, spec)).toBe(1);
    expect(hostsFor(load(0, 72_000, 5), 10, spec)).toBe(3);
  });

  it('never asks for fewer than the minimum', () => {
    expect(hostsFor(load(0), 10, spec)).toBe(1);
    expect(hostsFor(load(0), 10, { ...spec, hostsMin: 0 })).toBe(0);
  });

  it('refuses what is no load', () => {
    expect(() => hostsFor(load(-1), 10, spec)).toThrow('perishableCores is -1; accepted is a number of 0 or more');
    expect(() => hostsFor(load(0, Number.NaN), 10, spec)).toThrow('backlogCoreSeconds is NaN');
    expect(() => hostsFor(load(0), 0, spec)).toThrow('coresPerHost is 0; accepted is a number above 0');
  });
});

describe('WantedHosts', () => {
  it('asks for more at once', () => {
    const wanted = new WantedHosts(spec);
    expect(wanted.update(0, load(10), holding).hostsWanted).toBe(2);
    expect(wanted.update(1, load(90), holding).hostsWanted).toBe(11);
  });

  it('asks for fewer only after the delay', () => {
    const wanted = new WantedHosts(spec);
    wanted.update(0, load(90), holding);
    expect(wanted.update(300, load(10), holding)).toMatchObject({ hostsWanted: 11, hostsNow: 2 });
    expect(wanted.update(899, load(10), holding).hostsWanted).toBe(11);
    expect(wanted.update(900, load(10), holding).hostsWanted).toBe(2);
  });

  it('steps down to the greatest wish of the window, not to the last one', () => {
    const wanted = new WantedHosts(spec);
    wanted.update(0, load(90), holding);
    wanted.update(300, load(50), holding);
    wanted.update(600, load(10), holding);
    expect(wanted.update(1_000, load(10), holding).hostsWanted).toBe(6);
    expect(wanted.update(1_200, load(10), holding).hostsWanted).toBe(2);
  });

  it('names the part inside the guarantee, and is urgent when perishable work is being lost', () => {
    const wanted = new WantedHosts(spec);
    expect(wanted.update(0, load(50), holding)).toMatchObject({ hostsWanted: 6, hostsGuaranteed: 3, urgent: false });
    expect(wanted.update(1, load(51), holding).urgent).toBe(true);
    expect(wanted.update(2, load(0, 1e9), holding).urgent).toBe(false);
  });

  it('refuses time that goes back', () => {
    const wanted = new WantedHosts(spec);
    wanted.update(10, load(1), holding);
    expect(() => wanted.update(9, load(1), holding)).toThrow('time goes back from 10 s to 9 s');
  });

  it('always answers the greatest wish of the window', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ waitSeconds: fc.nat({ max: 400 }), cores: fc.nat({ max: 200 }) }), { maxLength: 60 }),
        (moments) => {
          const wanted = new WantedHosts(spec);
          const seen: { at: number; hosts: number }[] = [];
          let at = 0;
          for (const moment of moments) {
            at += moment.waitSeconds;
            const now = at;
            seen.push({ at, hosts: hostsFor(load(moment.cores), 10, spec) });
            const greatest = Math.max(
              ...seen.filter((wish) => now - wish.at < spec.scaleDownDelaySeconds).map((wish) => wish.hosts),
            );
            expect(wanted.update(at, load(moment.cores), holding).hostsWanted).toBe(greatest);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
