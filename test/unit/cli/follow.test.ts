// Following a move to its end, and reading what was decided.
import { describe, expect, it } from '@jest/globals';
import {
  AccessError,
  type TransitionView,
  type WatchItem,
  type WatchRequest,
} from '../../../src/cli/operator-access.js';
import { FakeMaster, NOW_MS, run, screenOf } from './support.js';
import * as views from './views.js';

/** A master whose move is one step further each time it is looked at. */
function moving(...states: readonly Partial<TransitionView>[]): FakeMaster {
  let looked = 0;
  const master = new FakeMaster({
    transition: () => ({ kind: 'transition', transition: views.move(states[Math.min(looked++, states.length - 1)]) }),
  });
  master.reply = { ok: true, changes: ['node17 moves from ovirt/prod to kubernetes/east'], ids: ['t-4-31'] };
  return master;
}

const DONE: Partial<TransitionView> = {
  outcome: 'completed',
  step: 'verify',
  endedMs: NOW_MS + 60_000,
  progressMilli: 1_000,
  message: '',
};

describe('following a move', () => {
  it('ends with 0 when it is complete, with a line for each change where there is no terminal', async () => {
    const master = moving({}, { progressMilli: 420 }, { step: 'leave', progressMilli: 0, message: '' }, DONE);
    const ran = await run(['move', 'watch', 'node17', '--utc'], { master });
    expect(ran.code).toBe(0);
    expect(ran.out.split('\n')).toEqual([
      '10:07:31Z node17 ovirt/prod → kubernetes/east drain 40% working: 6 VMs left',
      '10:07:33Z node17 ovirt/prod → kubernetes/east leave working',
      '10:07:34Z node17 ovirt/prod → kubernetes/east complete',
      '',
    ]);
    // The host's next move is another one: after the first look the move itself is asked for.
    expect(master.queries.map((query) => (query.kind === 'transition' ? query.transition : ''))).toEqual([
      'node17',
      't-4-31',
      't-4-31',
      't-4-31',
    ]);
  });

  it('redraws one picture on a terminal', async () => {
    const ran = await run(['move', 'watch', 'node17', '--utc'], {
      master: moving({}, { blockedBy: [{ object: 'vm/db2', reason: 'PINNED', sinceMs: NOW_MS, message: '' }] }, DONE),
      tty: true,
    });
    expect(ran.code).toBe(0);
    expect(await screenOf(ran.out)).toEqual([
      'node17  ovirt/prod → kubernetes/east  t-4-31',
      'why  east is below its guarantee (by planner, plan p-4-88)',
      '',
      '✔ forecast      2s',
      '',
      '✔ complete after 6m: kubernetes/east holds the verified host (10:08:31Z)',
    ]);
    expect(ran.out.endsWith('\u001b[?25h')).toBe(true);
  });

  it.each(['rolled_back', 'returned_free', 'cancelled', 'quarantined'])(
    'ends with 1 when it is %s',
    async (outcome) => {
      expect(
        (await run(['move', 'watch', 't-4-31'], { master: moving({}, { ...DONE, outcome, word: 'gave up' }) })).code,
      ).toBe(1);
    },
  );

  it('starts a move and waits: 5 as soon as it is blocked or waits for a person', async () => {
    const master = moving({}, { word: 'waits for time' }, { word: 'blocked' });
    const ran = await run(['move', 'node17', '--to', 'kubernetes/east', '--wait'], { master });
    expect(ran).toMatchObject({
      code: 5,
      err: 'node17 moves from ovirt/prod to kubernetes/east\nit is blocked and still tried; why: mosaic why t-4-31\n',
    });
    expect(master.commands).toHaveLength(1);
    expect(
      (
        await run(['move', 'node17', '--to', 'kubernetes/east', '--wait'], {
          master: moving({ word: 'waits for you' }),
        })
      ).code,
    ).toBe(5);
    expect(
      (await run(['move', 'node17', '--to', 'kubernetes/east', '--wait'], { master: moving({}, DONE) })).code,
    ).toBe(0);
  });

  it('goes on past a blocker when it only watches', async () => {
    expect(
      (
        await run(['move', 'node17', '--to', 'kubernetes/east', '--watch'], {
          master: moving({ word: 'blocked' }, DONE),
        })
      ).code,
    ).toBe(0);
  });

  it('exits with 124 when the time is over, and says that the move goes on', async () => {
    const ran = await run(['move', 'watch', 'node17', '--timeout', '2500ms'], { master: moving({}) });
    expect(ran).toMatchObject({ code: 124, err: '--timeout ran out; the move goes on: mosaic move watch t-4-31\n' });
  });

  it('exits with 130 on Ctrl-C, and says how to watch again', async () => {
    const ran = await run(['move', 'watch', 'node17'], {
      master: moving({}),
      onSleep: (_count, interrupt) => interrupt(),
    });
    expect(ran).toMatchObject({
      code: 130,
      err: '\nthe move goes on; follow it again with: mosaic move watch t-4-31\n',
    });
  });

  it('starts nothing that it would then not follow', async () => {
    const master = moving({});
    expect((await run(['move', 'node17', '--to', 'free', '--wait', '--timeout', 'soon'], { master })).code).toBe(2);
    expect(master.commands).toEqual([]);
  });

  it('writes a line of JSON for each change', async () => {
    const ran = await run(['move', 'watch', 'node17', '-o', 'jsonl'], { master: moving({}, {}, DONE) });
    expect(
      ran.out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as TransitionView).outcome),
    ).toEqual(['running', 'completed']);
  });
});

/** A history as a master keeps it: `kept` events up to revision `head` of term 4. */
function history(head: number, kept: number, live: readonly WatchItem[] = []): FakeMaster {
  const master = new FakeMaster();
  master.watchItems = async function* ({ after, about, subject }: WatchRequest): AsyncGenerator<WatchItem> {
    const from = after?.revision ?? head;
    if (from < head - kept) throw new AccessError('OUT_OF_RANGE', 'older than the history', { answered: true });
    yield { kind: 'bookmark', token: { term: 4, revision: from } };
    for (let revision = from + 1; revision <= head; revision++) {
      const item = event(revision);
      if (about.length > 0 && !about.includes(item.decision.about)) continue;
      if (subject !== '' && subject !== item.decision.subject) continue;
      yield item;
    }
    if (after !== null) yield { kind: 'bookmark', token: { term: 4, revision: head } };
    yield* live;
  };
  return master;
}

function event(revision: number): Extract<WatchItem, { kind: 'decision' }> {
  const about = revision % 2 === 0 ? 'move' : 'offer';
  return {
    kind: 'decision',
    token: { term: 4, revision },
    atMs: NOW_MS - (100 - revision) * 1_000,
    decision: {
      about,
      subject: `node${String(revision)}`,
      text: `node${String(revision)} is offered`,
      fields: { n: revision },
    },
  };
}

describe('mosaic events', () => {
  it('shows the last ones', async () => {
    const ran = await run(['events', '--limit', '2', '--utc'], { master: history(100, 1_000) });
    expect(ran).toMatchObject({
      code: 0,
      err: '',
      out: '10:07:30Z offer     node99 is offered\n10:07:31Z move      node100 is offered\n',
    });
  });

  it('filters by kind, thing and time', async () => {
    const shown = async (...flags: readonly string[]): Promise<readonly string[]> =>
      (await run(['events', ...flags, '-q'], { master: history(100, 1_000) })).out.trim().split('\n');
    expect(await shown('--about', 'move', '--limit', '2')).toEqual(['4:98', '4:100']);
    expect(await shown('--about', 'move,offer', '--limit', '1')).toEqual(['4:100']);
    expect(await shown('--subject', 'node7')).toEqual(['4:7']);
    expect(await shown('--since', '3s')).toEqual(['4:97', '4:98', '4:99', '4:100']);
  });

  it('takes what is kept when the master keeps less', async () => {
    const ran = await run(['events', '-o', 'json', '--limit', '10000'], { master: history(1_000, 100) });
    const { events } = JSON.parse(ran.out) as {
      events: readonly {
        revision: number;
        term: number;
        about: string;
        text: string;
        atMs: number;
        fields: object;
        subject: string;
      }[];
    };
    expect(events.at(-1)).toEqual({
      term: 4,
      revision: 1_000,
      atMs: NOW_MS + 900_000,
      about: 'move',
      subject: 'node1000',
      text: 'node1000 is offered',
      fields: { n: 1_000 },
    });
    expect(events.length).toBeGreaterThan(50);
    expect(events.length).toBeLessThanOrEqual(100);
  });

  it('says so when there are none', async () => {
    expect(await run(['events'], { master: history(0, 100) })).toMatchObject({
      code: 0,
      out: 'no such event is kept\n',
    });
  });

  it('goes on with what happens, and says when the master ends it', async () => {
    const ran = await run(['events', '-w', '--limit', '1', '-o', 'jsonl'], {
      master: history(5, 100, [event(6), event(7)]),
    });
    expect(
      ran.out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { revision: number }).revision),
    ).toEqual([5, 6, 7]);
    expect(ran).toMatchObject({ code: 6, err: expect.stringContaining('the master ended the watch') });
  });
});
