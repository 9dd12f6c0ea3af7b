import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../../../scheduler/index.js';
import type { WatchItem } from '../../../src/client/wire/watch.js';
import {
  isEvent,
  WatchHub,
  type Subscription,
  type WatchEnding,
  type WatchEvent,
} from '../../../src/daemon/watch-hub.js';

const ALL = { after: null, about: [], subject: '' };

function decision(n: number, change: Partial<Decision> = {}): Decision {
  return {
    about: n % 2 === 0 ? 'move' : 'offer',
    subject: `node${String(n)}`,
    text: `decision ${String(n)}`,
    fields: { n },
    ...change,
  };
}

/** A hub that leads term 4 and has seen decisions 1..count. */
function hub(count = 0, options: { historyMax?: number; subscribersMax?: number } = {}): WatchHub {
  const made = new WatchHub(options);
  made.onLeading(4);
  for (let n = 1; n <= count; n++) made.onCommitted(n * 10, [decision(n)]);
  return made;
}

function opened(result: ReturnType<WatchHub['subscribe']>): Subscription {
  if ('kind' in result) throw new Error(`refused: ${result.message}`);
  return result;
}

function drain(subscription: Subscription): readonly number[] {
  const revisions: number[] = [];
  for (let item = subscription.take(); item !== null && isEvent(item); item = subscription.take())
    revisions.push(item.revision);
  return revisions;
}

describe('a subscription', () => {
  it('begins after its position, or now', () => {
    const history = hub(5);
    expect(drain(opened(history.subscribe({ ...ALL, after: { term: 4, revision: 2 } })))).toEqual([3, 4, 5]);
    expect(drain(opened(history.subscribe({ ...ALL, after: { term: 4, revision: 0 } })))).toEqual([1, 2, 3, 4, 5]);
    const now = opened(history.subscribe(ALL));
    expect(now.position).toEqual({ term: 4, revision: 5 });
    history.onCommitted(60, [decision(6), decision(7)]);
    expect(drain(now)).toEqual([6, 7]);
  });

  it('carries what was decided', () => {
    const history = hub(1);
    expect(opened(history.subscribe({ ...ALL, after: { term: 4, revision: 0 } })).take()).toEqual({
      term: 4,
      revision: 1,
      atMs: 10,
      about: 'offer',
      subject: 'node1',
      text: 'decision 1',
      fields: { n: 1 },
    });
  });

  it('filters by kind and by thing, and its position moves on all the same', () => {
    const history = hub(6);
    const after = { term: 4, revision: 0 };
    const moves = opened(history.subscribe({ after, about: ['move', 'plan'], subject: '' }));
    expect(drain(moves)).toEqual([2, 4, 6]);
    const one = opened(history.subscribe({ after, about: [], subject: 'node3' }));
    expect(drain(one)).toEqual([3]);
    expect(one.position.revision).toBe(6);
    expect(drain(opened(history.subscribe({ after, about: ['move'], subject: 'node3' })))).toEqual([]);
  });

  it('waits for what comes', async () => {
    const history = hub(1);
    const subscription = opened(history.subscribe(ALL));
    const two = Promise.all([subscription.next(), subscription.next()]);
    history.onCommitted(20, [decision(2), decision(3)]);
    expect((await two).map((item) => (isEvent(item) ? item.revision : item.kind))).toEqual([2, 3]);
  });

  it('that falls behind the history is ended and told so, and holds back nobody', async () => {
    const history = hub(0, { historyMax: 10 });
    const slow = opened(history.subscribe(ALL));
    const quick = opened(history.subscribe(ALL));
    for (let n = 1; n <= 11; n++) {
      history.onCommitted(n, [decision(n)]);
      expect(drain(quick)).toEqual([n]);
    }
    expect(await slow.next()).toEqual({
      kind: 'resource_exhausted',
      message: 'the watcher did not keep up: the history has moved past its position 0',
    });
    expect(await slow.next()).toMatchObject({ kind: 'resource_exhausted' });
    expect(history.subscribers).toBe(1);
    expect(history.kept).toBe(10);
  });

  it('keeps up with exactly as much as is kept', () => {
    const history = hub(0, { historyMax: 10 });
    const slow = opened(history.subscribe(ALL));
    for (let n = 1; n <= 10; n++) history.onCommitted(n, [decision(n)]);
    expect(drain(slow)).toHaveLength(10);
  });

  it('that is closed says so to whoever waits', async () => {
    const history = hub(1);
    const subscription = opened(history.subscribe(ALL));
    const waiting = subscription.next();
    subscription.close();
    expect(await waiting).toEqual({ kind: 'closed' });
    history.onCommitted(20, [decision(2)]);
    expect(subscription.take()).toEqual({ kind: 'closed' });
    expect(history.subscribers).toBe(0);
  });
});

describe('a refusal', () => {
  it.each<readonly [string, { term: number; revision: number }, RegExp]>([
    ['another term', { term: 3, revision: 1 }, /of term 3, and this is term 4/],
    [
      'older than what is kept',
      { term: 4, revision: 9 },
      /position 9 is older than the history, which begins after 10/,
    ],
    ['still to come', { term: 4, revision: 21 }, /position 21 is still to come, the newest is 20/],
  ])('of a position that is %s', (_what, after, message) => {
    expect(hub(20, { historyMax: 10 }).subscribe({ ...ALL, after })).toEqual({
      kind: 'out_of_range',
      message: expect.stringMatching(message),
    });
  });

  it('takes the oldest position that is kept', () => {
    expect(
      drain(opened(hub(20, { historyMax: 10 }).subscribe({ ...ALL, after: { term: 4, revision: 10 } }))),
    ).toHaveLength(10);
  });

  it('of one watcher too many', () => {
    const history = hub(1, { subscribersMax: 2 });
    const first = opened(history.subscribe(ALL));
    opened(history.subscribe(ALL));
    expect(history.subscribe(ALL)).toMatchObject({ kind: 'resource_exhausted' });
    first.close();
    opened(history.subscribe(ALL));
  });

  it('before it leads, while it loads again, and after its end', () => {
    expect(new WatchHub().subscribe(ALL)).toMatchObject({ kind: 'unavailable' });
    const history = hub(1);
    history.onReload('the disk is full');
    expect(history.subscribe(ALL)).toMatchObject({ kind: 'unavailable' });
    history.onLeading(5);
    expect(opened(history.subscribe(ALL)).position).toEqual({ term: 5, revision: 0 });
    history.onEnded(null);
    expect(history.subscribe(ALL)).toMatchObject({ kind: 'unavailable' });
  });
});

describe('a new term', () => {
  it('ends every watcher and begins an empty history', async () => {
    const history = hub(3);
    const waiting = opened(history.subscribe(ALL)).next();
    history.onReload('the disk is full');
    expect(await waiting).toEqual({
      kind: 'unavailable',
      message: 'the master loads its state again: the disk is full',
    });
    history.onLeading(5);
    expect(history.head).toEqual({ term: 5, revision: 0 });
    expect(history.subscribe({ ...ALL, after: { term: 4, revision: 3 } })).toMatchObject({ kind: 'out_of_range' });
  });

  it('says why the master ended', async () => {
    const history = hub();
    const waiting = opened(history.subscribe(ALL)).next();
    history.onEnded(new Error('another master took over'));
    expect(await waiting).toEqual({ kind: 'unavailable', message: 'another master took over' });
  });
});

describe('pushing', () => {
  async function watched(
    history: WatchHub,
    after: { term: number; revision: number } | null,
    about: readonly string[],
    live: readonly number[],
  ): Promise<{ seen: readonly string[]; ending: WatchEnding }> {
    const seen: string[] = [];
    const stop = new AbortController();
    const ending = history.watch({ after, about, subject: '' }, stop.signal, (item: WatchItem) => {
      seen.push(`${item.kind} ${String(item.token.revision)}`);
    });
    for (let turns = 0; turns < 20; turns++) await Promise.resolve();
    for (const n of live) {
      history.onCommitted(n, [decision(n)]);
      for (let turns = 0; turns < 20; turns++) await Promise.resolve();
    }
    stop.abort();
    const ended = await ending;
    const before = seen.length;
    history.onCommitted(99, [decision(99)]);
    await Promise.resolve();
    expect(seen).toHaveLength(before);
    return { seen, ending: ended };
  }

  it('gives the position first, what is kept, where that ends, and what happens', async () => {
    expect(await watched(hub(3), { term: 4, revision: 1 }, [], [4, 5])).toEqual({
      seen: ['bookmark 1', 'decision 2', 'decision 3', 'bookmark 3', 'decision 4', 'decision 5'],
      ending: { kind: 'closed' },
    });
  });

  it('gives the position only, then what happens, from now on', async () => {
    expect((await watched(hub(3), null, [], [4])).seen).toEqual(['bookmark 3', 'decision 4']);
  });

  it('says where the kept part ends even when nothing of it matches', async () => {
    expect((await watched(hub(5), { term: 4, revision: 0 }, ['plan'], [6])).seen).toEqual(['bookmark 0', 'bookmark 5']);
    expect((await watched(hub(3), { term: 4, revision: 3 }, [], [])).seen).toEqual(['bookmark 3', 'bookmark 3']);
  });

  it('gives nothing to whoever has stopped already', async () => {
    const items: WatchItem[] = [];
    expect(
      await hub(3).watch(
        { ...ALL, after: { term: 4, revision: 0 } },
        AbortSignal.abort(),
        (item) => void items.push(item),
      ),
    ).toEqual({ kind: 'closed' });
    expect(items).toEqual([]);
  });

  it('waits for a slow watcher, which only falls behind', async () => {
    const seen: number[] = [];
    const waits: (() => void)[] = [];
    const history = hub(1, { historyMax: 100 });
    const ending = history.watch({ ...ALL, after: { term: 4, revision: 0 } }, new AbortController().signal, (item) => {
      seen.push(item.token.revision);
      return new Promise((resolve) => waits.push(resolve));
    });
    history.onCommitted(2, [decision(2)]);
    for (const expected of [[0], [0, 1], [0, 1, 1], [0, 1, 1, 2]]) {
      for (let turns = 0; turns < 20; turns++) await Promise.resolve();
      expect(seen).toEqual(expected);
      waits.shift()?.();
    }
    for (let n = 3; n <= 200; n++) history.onCommitted(n, [decision(n)]);
    waits.shift()?.();
    expect(await ending).toMatchObject({ kind: 'resource_exhausted' });
  });

  it('refuses as a subscription does', async () => {
    expect(
      await hub(3).watch({ ...ALL, after: { term: 3, revision: 0 } }, new AbortController().signal, () => {}),
    ).toMatchObject({ kind: 'out_of_range' });
  });

  it('ends with the reason of the end', async () => {
    const history = hub(1);
    const ending = history.watch(ALL, new AbortController().signal, () => {});
    history.onEnded(null);
    expect(await ending).toEqual({ kind: 'unavailable', message: 'the master stops' });
  });
});

it('tells events from endings', () => {
  const items: readonly (WatchEvent | WatchEnding)[] = [
    { term: 1, revision: 1, atMs: 0, ...decision(1) },
    { kind: 'closed' },
  ];
  expect(items.map(isEvent)).toEqual([true, false]);
});
