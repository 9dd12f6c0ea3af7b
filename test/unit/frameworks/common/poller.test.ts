import { describe, expect, it } from '@jest/globals';
import { deferred } from '../../../../frameworks/common/deferred.js';
import { Poller } from '../../../../frameworks/common/poller.js';
import { VirtualClock } from '../../../support/virtual-clock.js';

/** Draws the middle of every spread: periods are exact. */
const MIDDLE = { next: () => 0.5, hex128: () => '0'.repeat(32) };

interface Rig {
  readonly clock: VirtualClock;
  readonly poller: Poller<number>;
  readonly askedMs: number[];
  readonly values: number[];
  readonly errors: string[];
}

function rig(poll: (count: number) => Promise<number>): Rig {
  const clock = new VirtualClock();
  const askedMs: number[] = [];
  const values: number[] = [];
  const errors: string[] = [];
  const poller = new Poller<number>({
    clock,
    random: MIDDLE,
    periodMs: 10_000,
    timeoutMs: 3_000,
    poll: () => {
      askedMs.push(clock.nowMs());
      return poll(askedMs.length);
    },
    onValue: (value) => values.push(value),
    onError: (error) => errors.push((error as Error).message),
  });
  return { clock, poller, askedMs, values, errors };
}

describe('Poller', () => {
  it('asks at once and then every period', async () => {
    const { clock, poller, askedMs, values } = rig((count) => Promise.resolve(count));
    poller.start();
    await clock.advance(25_000);
    expect(askedMs).toEqual([0, 10_000, 20_000]);
    expect(values).toEqual([1, 2, 3]);
  });

  it('comes back sooner after a failure, and at its period at the latest', async () => {
    const { clock, poller, askedMs, errors } = rig(() => Promise.reject(new Error('down')));
    poller.start();
    await clock.advance(20_000);
    // 750, 1500, 3000, 6000, 7500 ms: three quarters of 1, 2, 4, 8, 10 s.
    expect(askedMs).toEqual([0, 750, 2_250, 5_250, 11_250, 18_750]);
    expect(errors).toHaveLength(6);
  });

  it('survives a poll that throws before it returns a promise', async () => {
    const { clock, poller, values, errors } = rig((count) => {
      if (count === 1) throw new Error('at once');
      return Promise.resolve(count);
    });
    poller.start();
    await clock.advance(1_000);
    expect({ values, errors }).toEqual({ values: [2], errors: ['at once'] });
  });

  it('gives up on a poll that hangs, drops its late answer, and holds at most four of them', async () => {
    const answers = [1, 2, 3, 4, 5, 6].map(() => deferred<number>());
    const { clock, poller, askedMs, values, errors } = rig((count) => answers[count - 1]!.promise);
    poller.start();
    await clock.advance(200_000);
    expect(askedMs).toHaveLength(4);
    expect(errors).toEqual(Array.from({ length: 4 }, () => 'no answer within 3s'));
    answers[0]!.resolve(1);
    await clock.advanceUntil(() => askedMs.length === 5, 20_000);
    answers[4]!.resolve(5);
    await clock.advance(1);
    expect(values).toEqual([5]);
  });

  it('finds a manager that is back although all polls before hang for ever', async () => {
    const { clock, poller, askedMs, values } = rig((count) =>
      count <= 4 ? new Promise(() => undefined) : Promise.resolve(count),
    );
    poller.start();
    await clock.advance(400_000);
    expect(askedMs.length).toBeGreaterThan(5);
    expect(values.slice(0, 2)).toEqual([5, 6]);
  });

  it('polls once more when asked to while a poll is out', async () => {
    const first = deferred<number>();
    const { clock, poller, askedMs } = rig((count) => (count === 1 ? first.promise : Promise.resolve(count)));
    poller.start();
    await clock.advance(100);
    poller.pollNow();
    poller.pollNow();
    first.resolve(1);
    await clock.advance(100);
    expect(askedMs).toEqual([0, 100]);
  });

  it('does nothing before it starts and after it stops', async () => {
    const answer = deferred<number>();
    const { clock, poller, askedMs, values } = rig(() => answer.promise);
    poller.pollNow();
    await clock.advance(1_000);
    expect(askedMs).toEqual([]);
    poller.start();
    await clock.advance(1_000);
    poller.stop();
    answer.resolve(1);
    poller.pollNow();
    await clock.advance(100_000);
    expect({ asked: askedMs.length, values }).toEqual({ asked: 1, values: [] });
    expect(clock.nextMs()).toBe(Infinity);
  });
});
