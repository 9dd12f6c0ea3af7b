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

  it('wait while nobody answers: one tries every 200 ms, and all begin in turn when it is answered', async () => {
    const clock = new VirtualClock(0);
    const openings = new Openings(clock);
    const crowd = dial(openings, 98);
    for (const probe of crowd.slice(0, 64)) openings.failed(probe, 'no master answers');
    const late = dial(openings, 60);
    expect([begun(crowd), begun(late)]).toEqual([64, 0]);
    await clock.advance(199);
    expect(begun(crowd)).toBe(64);
    await clock.advance(1);
    expect(begun(crowd)).toBe(65);
    await clock.advance(3_000); // One at a time: what it finds is not known yet.
    expect(begun(crowd)).toBe(65);
    openings.failed(crowd[64]!, 'still nobody');
    await clock.advance(200);
    const tried = [...crowd.slice(65), ...late].find((probe) => probe.begun);
    openings.answered(tried!);
    expect([...crowd.slice(65), ...late].filter((probe) => probe.begun && probe !== tried)).toHaveLength(64);
  });

  it('are told that nobody answers once they have waited for 5 s', async () => {
    const clock = new VirtualClock(0);
    const openings = new Openings(clock);
    openings.failed(dial(openings, 1)[0]!, 'no master answers');
    const early = dial(openings, 40);
    await clock.advance(2_000);
    const late = dial(openings, 40);
    const all = [...early, ...late];
    const failUntil = async (untilMs: number): Promise<void> => {
      while (clock.nowMs() < untilMs) {
        await clock.advance(200);
        const trying = all.filter((probe) => probe.begun && probe.failedWith === null);
        expect(trying.length).toBeLessThanOrEqual(1);
        for (const probe of trying) {
          probe.failedWith = 'tried';
          openings.failed(probe, 'no master answers');
        }
      }
    };
    const told = (probes: readonly Probe[]): number =>
      probes.filter(({ failedWith }) => failedWith === 'no master answers').length;
    await failUntil(4_800);
    expect([told(early), told(late)]).toEqual([0, 0]);
    await failUntil(5_200);
    expect(told(early)).toBeGreaterThan(10);
    expect(told(early) + early.filter(({ failedWith }) => failedWith === 'tried').length).toBe(40);
    expect(told(late)).toBe(0);
    await failUntil(7_200);
    expect(all.every(({ failedWith }) => failedWith !== null)).toBe(true);
  });

  it('are told so, too, when whoever tries hears nothing at all and gives up', async () => {
    const clock = new VirtualClock(0);
    const openings = new Openings(clock);
    openings.failed(dial(openings, 1)[0]!, 'no master answers');
    const crowd = dial(openings, 10);
    await clock.advance(10_200);
    expect(begun(crowd)).toBe(1);
    openings.ended(crowd[0]!);
    expect(crowd.slice(1).map(({ failedWith }) => failedWith)).toEqual(Array(9).fill('no master answers'));
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
