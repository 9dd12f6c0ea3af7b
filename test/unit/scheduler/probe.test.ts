/** What measures the core sees everything, and changes nothing. */
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_OPTIONS, Master, type Probe } from '../../../scheduler/index.js';
import { CoreHarness, hostsWanted } from '../../support/core-harness.js';

/** A probe that writes down what it is told; its stopwatch rises by one with each look. */
function listening(): { readonly probe: Probe; readonly told: string[] } {
  const told: string[] = [];
  let looks = 0;
  const probe: Probe = {
    stopwatchMs: () => (looks += 1),
    onPass: ({ tookMs, waitedMs }) => void told.push(`pass ${tookMs} after ${waitedMs}`),
    onOffersMade: (count) => void told.push(`made ${count}`),
    onOfferEnded: (outcome, heldMs) => void told.push(`${outcome} after ${heldMs}`),
  };
  return { probe, told };
}

function measured(): { readonly harness: CoreHarness; readonly told: string[] } {
  const { probe, told } = listening();
  const harness = new CoreHarness({ planner: 'off', autoAdmit: true });
  harness.master = Master.restore({ ...DEFAULT_OPTIONS, planner: 'off', autoAdmit: true }, harness.stored, probe);
  harness.start();
  return { harness, told };
}

describe('a probe', () => {
  it('is told how each offer ended and how long it was held', () => {
    const { harness, told } = measured();
    harness.agent('node1');
    const ovirt = harness.framework('ovirt/prod');
    ovirt.claims = false;
    ovirt.observes([]);
    harness.advance(100);
    ovirt.wants([hostsWanted('vms', 1)]);
    harness.advance(10);
    const offerIds = (): readonly string[] => {
      const last = ovirt.received.findLast((message) => message.kind === 'offers');
      return last?.kind === 'offers' ? last.offers.map(({ offerId }) => offerId) : [];
    };
    ovirt.say({ kind: 'decline', offerIds: offerIds(), filterMs: 1_000, reason: '' });
    harness.advance(40_000);
    ovirt.wants([]);
    ovirt.wants([hostsWanted('vms', 1)]);
    harness.advance(100_000);
    const ends = told.filter((line) => line.includes(' after ') && !line.startsWith('pass'));
    expect(ends.slice(0, 3)).toEqual(['declined after 5', 'expired after 30000', expect.stringMatching(/^rescinded/)]);
    ovirt.say({ kind: 'accept', commandId: 'c', offerIds: offerIds(), action: { kind: 'claim' } });
    expect(told.at(-1)).toMatch(/^(accepted|pass)/);
    expect(told.some((line) => line.startsWith('accepted after '))).toBe(true);
  });

  it('is told of each pass, with the time since the first change', () => {
    const { harness, told } = measured();
    harness.agent('node1');
    told.length = 0;
    harness.advance(100);
    expect(told.filter((line) => line.startsWith('pass'))[0]).toBe(`pass 1 after ${DEFAULT_OPTIONS.allocateBatchMs}`);
  });
});

describe('offers say to the shell since when they were due', () => {
  const causes = (harness: CoreHarness): readonly number[] =>
    harness
      .takeEffects()
      .flatMap((effect) => (effect.kind === 'send' && effect.causedMs !== undefined ? [effect.causedMs] : []));

  it('from the demand that idle hosts were looked at for, or from the host that came, also over several passes', () => {
    const harness = new CoreHarness({ planner: 'off', autoAdmit: true });
    for (let at = 0; at < 1_200; at += 1) harness.agent(`node${String(at)}`);
    const ovirt = harness.framework('ovirt/prod');
    ovirt.claims = false;
    ovirt.observes([]);
    harness.advance(10_000);
    harness.takeEffects();
    const askedMs = harness.nowMs;
    ovirt.wants([hostsWanted('vms', 1_200)]);
    harness.advance(100);
    const found = causes(harness);
    expect(found.length).toBeGreaterThan(2);
    expect(new Set(found)).toEqual(new Set([askedMs]));
    harness.advance(1_000);
    ovirt.wants([hostsWanted('vms', 1_201)]);
    harness.advance(1_000);
    harness.takeEffects();
    const cameMs = harness.nowMs;
    harness.agent('late');
    harness.advance(100);
    expect(causes(harness)).toEqual([cameMs]);
  });
});
