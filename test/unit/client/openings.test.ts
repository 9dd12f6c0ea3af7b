// How many streams of one connection are opened at once, and what happens while nobody answers.
import { describe, expect, it } from '@jest/globals';
import { Openings, type Opening } from '../../../src/client/openings.js';
import { VirtualClock } from '../../../src/simulation/virtual-clock.js';

class Probe implements Opening {
  begun = false;
  failedWith: string | null = null;

  begin(): void {
    this.begun = true;
  }

  fail(reason: string): void {
    this.failedWith = reason;
  }
}

function dial(openings: Openings, count: number): readonly Probe[] {
  return Array.from({ length: count }, () => {
    const probe = new Probe();
    openings.add(probe);
    return probe;
  });
}

const begun = (probes: readonly Probe[]): number => probes.filter((probe) => probe.begun).length;

describe('openings', () => {
  it('are a few at a time, each next one when one is answered or given up', () => {
    const openings = new Openings(new VirtualClock(0));
    const probes = dial(openings, 100);
    expect(begun(probes)).toBe(64);
    openings.answered(probes[0]!);
    openings.answered(probes[0]!);
    expect(begun(probes)).toBe(65);
    openings.ended(probes[1]!);
    expect(begun(probes)).toBe(66);
    openings.ended(probes[99]!); // It waited.
    for (const probe of probes) if (probe.begun) openings.answered(probe);
    for (const probe of probes) openings.answered(probe);
    expect(begun(probes)).toBe(99);
  });

  it('are not tried where somebody was just told that nobody answers', async () => {
    const clock = new VirtualClock(0);
    const openings = new Openings(clock);
    const crowd = dial(openings, 98);
    openings.failed(crowd[0]!, 'no master answers');
    expect(crowd.filter(({ failedWith }) => failedWith === 'no master answers')).toHaveLength(34); // All that waited.
    for (const probe of crowd.slice(1, 64)) openings.failed(probe, 'no master answers');
    const soon = dial(openings, 3);
    expect(soon.map(({ failedWith }) => failedWith)).toEqual(Array(3).fill('no master answers'));
    await clock.advance(200);
    const later = dial(openings, 3);
    expect(begun(later)).toBe(1);
    openings.failed(later[0]!, 'still nobody');
    expect(later.slice(1).map(({ failedWith }) => failedWith)).toEqual(['still nobody', 'still nobody']);
    await clock.advance(200);
    const back = dial(openings, 80);
    expect(begun(back)).toBe(1);
    openings.answered(back[0]!);
    expect(begun(back)).toBe(65);
  });

  it('go on when the one that tried is given up without an answer', async () => {
    const clock = new VirtualClock(0);
    const openings = new Openings(clock);
    const [first] = dial(openings, 1);
    openings.failed(first!, 'gone');
    await clock.advance(200);
    const probes = dial(openings, 2);
    openings.ended(probes[0]!);
    expect(begun(probes)).toBe(2);
  });

  it('end with the dialer: what is closed then begins nothing that waited', () => {
    const openings = new Openings(new VirtualClock(0));
    const probes = dial(openings, 100);
    openings.close();
    for (const probe of probes) openings.ended(probe);
    expect(begun(probes)).toBe(64);
  });
});
