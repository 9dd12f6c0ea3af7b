import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OperatorCommand, OperatorReply, SessionHello } from '../../../scheduler/index.js';
import { MemoryStore } from '../../../src/store/index.js';
import { agentHello, COMMIT_MS, LoopRig, type Fate } from './loop-rig.js';

/** A promise whose end can be looked at. */
function watched<T>(promise: Promise<T>): { value: T | null } {
  const seen: { value: T | null } = { value: null };
  void promise.then((value) => (seen.value = value));
  return seen;
}

describe('the loop: persist, then send', () => {
  it('lets nothing of a step out before its mutations are durable', async () => {
    const rig = await new LoopRig().lead();
    rig.loop.submit({ kind: 'session_open', connectionId: 'c1', hello: agentHello('n1', 1) });
    expect(rig.journal).toEqual(['commit']);
    await rig.clock.advance(COMMIT_MS - 1);
    expect(rig.journal).toEqual(['commit']);
    await rig.clock.advance(1);
    expect(rig.journal.slice(0, 3)).toEqual(['commit', 'durable', 'session_accepted']);
  });

  it('answers an operator only when the command is durable', async () => {
    const rig = await new LoopRig().lead();
    const reply = watched(rig.role('t1'));
    await rig.clock.advance(COMMIT_MS - 1);
    expect(reply.value).toBeNull();
    await rig.clock.advance(1);
    expect(reply.value).toMatchObject({ ok: true });
    expect(rig.journal).toEqual(['commit role//t1', 'durable role//t1', 'reply t1 ok']);
    expect(rig.durable()).toEqual(rig.loop.master.dump());
  });

  it('steps ahead while a commit is in flight, and commits all of that at once', async () => {
    const rig = await new LoopRig().lead();
    const replies = ['t1', 't2', 't3', 't4'].map((name) => watched(rig.role(name)));
    expect(rig.journal).toEqual(['commit role//t1']);
    await rig.clock.advance(COMMIT_MS);
    expect(replies.map(({ value }) => value?.ok ?? null)).toEqual([true, null, null, null]);
    await rig.clock.advance(COMMIT_MS);
    expect(rig.journal).toEqual([
      'commit role//t1',
      'durable role//t1',
      'commit role//t2 role//t3 role//t4',
      'reply t1 ok',
      'durable role//t2 role//t3 role//t4',
      'reply t2 ok',
      'reply t3 ok',
      'reply t4 ok',
    ]);
  });

  it('gathers what keeps coming into fewer commits, and holds up nobody who asks now and then', async () => {
    const rig = await new LoopRig().lead();
    rig.commitMs = 1;
    let asked = 0;
    const ask = async (times: number, everyMs: number): Promise<number> => {
      rig.journal.length = 0;
      for (let time = 0; time < times; time += 1) {
        asked += 1;
        void rig.role(`t${String(asked)}`);
        await rig.clock.advance(everyMs);
      }
      return rig.journal.filter((line) => line.startsWith('commit')).length;
    };
    expect(await ask(100, 2)).toBeLessThan(65); // 8 at once, then one every 4 ms.
    await rig.clock.advance(1_000);
    expect(await ask(20, 10)).toBe(20);
    await rig.clock.advance(1_000);
    expect(await ask(8, 1)).toBe(8);
  });

  it('keeps effects behind a commit that waits for its turn, also when it is closed meanwhile', async () => {
    const rig = await new LoopRig().lead();
    rig.commitMs = 1;
    for (let at = 0; at < 20; at += 1) {
      void rig.role(`t${String(at)}`);
      await rig.clock.advance(1);
    }
    rig.journal.length = 0;
    void rig.role('t20');
    void rig.role('t21', true);
    expect(rig.journal).toEqual([]);
    await rig.clock.advanceThrough(rig.loop.close(), 100);
    expect(rig.journal.filter((line) => /t2[01]/.test(line))).toEqual([
      expect.stringMatching(/^commit .*t20/),
      expect.stringMatching(/^durable .*t20/),
      'reply t20 ok',
      'reply t21 ok',
    ]);
  });

  it('keeps a reader until a commit that waits for its turn is durable, and drops it with its memory', async () => {
    const rig = await new LoopRig().lead();
    rig.commitMs = 1;
    let asked = 0;
    const crowd = async (last: string): Promise<void> => {
      for (let time = 0; time < 20; time += 1) {
        asked += 1;
        void rig.role(`t${String(asked)}`);
        await rig.clock.advance(1);
      }
      await rig.clock.advanceUntil(() => rig.loop.settled, 100);
      rig.journal.length = 0;
      void rig.role(last);
      expect(rig.journal).toEqual([]); // It waits for its turn.
    };
    await crowd('tread');
    const read = watched(rig.loop.query({ kind: 'roles' }));
    await rig.clock.advance(0);
    expect(read.value).toBeNull();
    await rig.clock.advance(6);
    expect(read.value).toMatchObject({ kind: 'roles' });

    const bad = await rig.agent('n2', 2);
    await crowd('tlost');
    const lost = watched(rig.loop.query({ kind: 'roles' }));
    rig.breakAssertion(bad);
    await rig.clock.advance(100);
    expect(rig.reloads).toHaveLength(1);
    expect(lost.value).toMatchObject({ kind: 'unavailable' });
    expect(rig.journal.filter((line) => line.includes('tlost'))).toEqual(['reply tlost UNAVAILABLE']);
    await rig.clock.advance(1_000);
    expect(rig.loop.leading).toBe(true);
    expect(rig.durable()).toEqual(rig.loop.master.dump());
  });

  it('sends the effects of a step without mutations at once when nothing is pending', async () => {
    const rig = await new LoopRig().lead();
    await expect(rig.role('t1', true)).resolves.toMatchObject({ ok: true });
    expect(rig.journal).toEqual(['reply t1 ok']);
  });

  it('holds them back behind what is pending, in flight or not', async () => {
    const rig = await new LoopRig().lead();
    void rig.role('t1');
    void rig.role('t2', true);
    void rig.role('t3');
    void rig.role('t4', true);
    await rig.clock.advance(COMMIT_MS);
    expect(rig.journal).not.toContain('reply t2 ok');
    await rig.clock.advance(2 * COMMIT_MS);
    expect(rig.journal.filter((line) => line.startsWith('reply'))).toEqual([
      'reply t1 ok',
      'reply t2 ok',
      'reply t3 ok',
      'reply t4 ok',
    ]);
    expect(rig.journal.indexOf('reply t2 ok')).toBeGreaterThan(rig.journal.indexOf('durable role//t3'));
  });

  it('steps what the session layer says during the effects of a commit only after all of them', async () => {
    const rig = await new LoopRig().lead();
    // The session layer answers an acceptance at once with `peer_connected`; that step has no mutations here.
    rig.onExecute = (effect) => {
      if (effect.kind !== 'session_accepted') return;
      const before = rig.steps.length;
      rig.loop.submit({ kind: 'peer_connected', peerId: effect.peerId, resumed: false });
      expect(rig.steps).toHaveLength(before);
    };
    rig.loop.submit({ kind: 'session_open', connectionId: 'c1', hello: agentHello('n1', 1) });
    rig.loop.submit({ kind: 'session_open', connectionId: 'c2', hello: agentHello('n2', 2) });
    rig.loop.submit({ kind: 'session_open', connectionId: 'c3', hello: agentHello('n3', 3) });
    await rig.settle();
    expect(rig.journal.filter((line) => line === 'session_accepted')).toHaveLength(3);
    const kinds = rig.steps.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'peer_connected')).toHaveLength(3);
    expect(rig.reloads).toEqual([]);
  });

  it('lets no step of the session layer overtake effects that waited for the commit', async () => {
    const rig = await new LoopRig().lead();
    rig.onExecute = (effect) => {
      // A peer that is not known yet: the core answers nothing but a refusal, without a mutation.
      if (effect.kind !== 'session_accepted') return;
      rig.onExecute = null;
      rig.loop.submit({
        kind: 'session_open',
        connectionId: 'late',
        hello: { ...agentHello('n9', 9), highestTerm: 99 },
      });
    };
    rig.loop.submit({ kind: 'session_open', connectionId: 'c1', hello: agentHello('n1', 1) });
    // Stepped while the commit is in flight: it has no mutation, and its answer waits behind the commit.
    rig.loop.submit({
      kind: 'session_open',
      connectionId: 'early',
      hello: { ...agentHello('n8', 8), highestTerm: 99 },
    });
    await rig.settle();
    const refused = rig.sent.flatMap((effect) => (effect.kind === 'session_refused' ? [effect.connectionId] : []));
    expect(refused).toEqual(['early', 'late']);
  });
});

describe('the loop: reads', () => {
  it('answers at once when everything is durable', async () => {
    const rig = await new LoopRig().lead();
    expect(await rig.roles()).toEqual([]);
  });

  it('answers with what was decided before, and only once that is durable', async () => {
    const rig = await new LoopRig().lead();
    void rig.role('t1');
    void rig.role('t2');
    const roles = watched(rig.roles());
    await rig.clock.advance(2 * COMMIT_MS - 1);
    expect(roles.value).toBeNull();
    await rig.clock.advance(1);
    expect(roles.value).toEqual(['/t1', '/t2']);
  });

  it('does not show what was lost with a commit', async () => {
    const rig = await new LoopRig().lead();
    rig.fates.push('fail');
    void rig.role('t1');
    const result = watched(rig.loop.query({ kind: 'roles' }));
    await rig.clock.advance(COMMIT_MS);
    expect(result.value).toEqual({
      kind: 'unavailable',
      message: 'this master does not lead right now; try again in a moment',
    });
  });

  it('says that it does not lead before the start, and refuses commands likewise', async () => {
    const rig = new LoopRig();
    await expect(rig.loop.command('tester', { kind: 'plan_mode', dryRun: false, mode: 'auto' })).resolves.toMatchObject(
      { ok: false, code: 'UNAVAILABLE' },
    );
    await expect(rig.loop.query({ kind: 'roles' })).resolves.toEqual({
      kind: 'unavailable',
      message: 'this master does not lead right now; try again in a moment',
    });
  });
});

describe('the loop: a commit that fails', () => {
  it('sends nothing more, drops its memory, and goes on from what was durable under a higher term', async () => {
    const rig = await new LoopRig().lead();
    await Promise.all([rig.role('t0'), rig.settle()]);
    const before = rig.durable();
    rig.journal.length = 0;
    rig.fates.push('fail');
    const lost = watched(rig.role('t1'));
    const behind = watched(rig.role('t2'));
    await rig.clock.advance(COMMIT_MS);
    expect(rig.journal.slice(0, 3)).toEqual(['commit role//t1', 'failed role//t1', 'close all']);
    for (const { value } of [lost, behind]) expect(value).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    expect(rig.loop.leading).toBe(false);
    expect(rig.durable()).toEqual(before);
    expect(rig.reloads).toHaveLength(1);
    expect(rig.reloads[0]).toContain('refused the write');

    await rig.clock.advance(1_000);
    expect(rig.terms).toEqual([1, 2]);
    expect(rig.loop.term).toBe(2);
    expect(await rig.roles()).toEqual(['/t0']);
    expect(rig.loop.master.dump()).toEqual(rig.durable());
    await Promise.all([rig.role('t3'), rig.settle()]);
    expect(await rig.roles()).toEqual(['/t0', '/t3']);
    expect(rig.ends).toEqual([]);
  });

  it('shows what was written though the answer was lost', async () => {
    const rig = await new LoopRig().lead();
    rig.fates.push('lost');
    const reply = watched(rig.role('t1'));
    await rig.clock.advance(COMMIT_MS);
    expect(reply.value).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    expect((reply.value as Extract<OperatorReply, { ok: false }>).message).toMatch(/look before/);
    await rig.clock.advance(1_000);
    expect(await rig.roles()).toEqual(['/t1']);
    expect(rig.loop.master.dump()).toEqual(rig.durable());
  });

  it('ignores what comes while it loads, and keeps its time above what was durable', async () => {
    const rig = await new LoopRig().lead();
    rig.fates.push('fail');
    void rig.role('t1');
    await rig.clock.advance(COMMIT_MS);
    rig.loop.submit({ kind: 'session_open', connectionId: 'c1', hello: agentHello('n1', 1) });
    const before = rig.loop.nowMs();
    await rig.clock.advance(1_000);
    expect(rig.sent).toEqual([]);
    expect(rig.loop.nowMs()).toBeGreaterThanOrEqual(before);
  });

  it('ends when another master has the store', async () => {
    const rig = await new LoopRig().lead();
    await new MemoryStore({ disk: rig.disk }).open();
    const reply = watched(rig.role('t1'));
    await rig.settle();
    expect(reply.value).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    expect(rig.ends).toHaveLength(1);
    expect(rig.ends[0]).toMatchObject({ code: 'stale_term' });
    expect(rig.store.closed).toBe(1);
    await rig.clock.advance(60_000);
    expect(rig.terms).toEqual([1]);
    expect(rig.loop.leading).toBe(false);
  });

  it('ends with a sentence at the third lost memory within 10 minutes', async () => {
    const rig = await new LoopRig().lead();
    for (let n = 1; n <= 3; n++) {
      rig.fates.push('fail');
      void rig.role(`t${n}`);
      await rig.clock.advance(60_000);
    }
    expect(rig.terms).toEqual([1, 2, 3]);
    expect(rig.ends).toHaveLength(1);
    expect(rig.ends[0]?.message).toMatch(/3 times within 10 minutes.*refused the write/);
  });

  it('goes on when they are further apart', async () => {
    const rig = await new LoopRig().lead();
    for (let n = 1; n <= 4; n++) {
      rig.fates.push('fail');
      void rig.role(`t${n}`);
      await rig.clock.advance(301_000);
    }
    expect(rig.terms).toEqual([1, 2, 3, 4, 5]);
    expect(rig.ends).toEqual([]);
  });

  it('does not let effects pile up behind a commit that hangs: it counts as failed', async () => {
    const rig = await new LoopRig({ effectsWaitingMax: 20 }).lead();
    rig.commitMs = 60_000;
    const written = watched(rig.role('t1'));
    const looks = Array.from({ length: 21 }, () => watched(rig.role('t2', true)));
    await rig.clock.advance(0);
    expect(rig.reloads).toEqual(['commit: 20 effects came to wait for one that does not end']);
    for (const { value } of [written, ...looks]) expect(value).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    rig.commitMs = COMMIT_MS;
    await rig.clock.advance(120_000);
    expect(rig.terms).toEqual([1, 2]);
    expect(rig.loop.master.dump()).toEqual(rig.durable());
    expect(rig.ends).toEqual([]);
  });

  it('keeps every command it said yes to, whatever the disk does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            fate: fc.constantFrom<Fate>('ok', 'ok', 'ok', 'fail', 'lost'),
            pauseMs: fc.constantFrom(0, 3, COMMIT_MS, 700, 400_000),
          }),
          { minLength: 5, maxLength: 25 },
        ),
        async (script) => {
          const rig = await new LoopRig().lead();
          rig.fates.push(...script.map(({ fate }) => fate));
          const replies: { name: string; reply: { value: OperatorReply | null } }[] = [];
          for (const [at, { pauseMs }] of script.entries()) {
            const name = `t${at}`;
            replies.push({ name, reply: watched(rig.role(name)) });
            await rig.clock.advance(pauseMs);
          }
          await rig.clock.advance(10_000);
          const durable = new Set(rig.durable().map(([key]) => key));
          for (const { name, reply } of replies) {
            expect(reply.value).not.toBeNull();
            if (reply.value?.ok === true) expect(durable).toContain(`role//${name}`);
          }
          if (rig.loop.leading) expect(rig.loop.master.dump()).toEqual(rig.durable());
          else expect(rig.ends[0]?.message).toMatch(/3 times within 10 minutes/);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the loop: a commit that does not end', () => {
  it('is said, keeps no reader and no operator waiting, and is taken when it ends after all', async () => {
    const rig = await new LoopRig().lead();
    rig.commitMs = 60_000;
    const written = watched(rig.role('t1'));
    const read = watched(rig.loop.query({ kind: 'freezes' }));
    await rig.clock.advance(3_999);
    expect([written.value, read.value, rig.stalls]).toEqual([null, null, []]);
    expect(rig.loop.commitAgeMs).toBe(3_999);
    await rig.clock.advance(1);
    expect(read.value).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('does not take commits'),
    });
    expect(written.value).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    expect((written.value as Extract<OperatorReply, { ok: false }>).message).toMatch(/look before/);
    // From now on nobody has to wait to be told, and a command has certainly no effect.
    await expect(rig.loop.query({ kind: 'freezes' })).resolves.toMatchObject({ kind: 'unavailable' });
    const refused = await rig.loop.command('tester', { kind: 'role_set', dryRun: false, role: '/t2', change: {} });
    expect(refused).toMatchObject({ ok: false, message: expect.stringContaining('was not taken') });
    rig.commitMs = COMMIT_MS;
    await rig.clock.advance(57_000);
    expect(rig.stalls).toEqual([4_000, 8_000, 16_000, 32_000]);
    expect(rig.stallEnds).toEqual([60_000]);
    expect(rig.loop.commitAgeMs).toBe(0);
    expect([rig.reloads, rig.ends, rig.terms]).toEqual([[], [], [1]]);
    expect(await rig.roles()).toEqual(['/t1']);
    const next = watched(rig.role('t3'));
    await rig.settle();
    expect(next.value).toMatchObject({ ok: true });
  });

  it('is not said of a disk that is slow', async () => {
    const rig = await new LoopRig().lead();
    rig.commitMs = 3_000;
    const replies = [watched(rig.role('t1')), watched(rig.role('t2'))];
    const read = watched(rig.roles());
    await rig.clock.advance(6_000);
    for (const { value } of replies) expect(value).toMatchObject({ ok: true });
    expect(read.value).toEqual(['/t1', '/t2']);
    expect(rig.stalls).toEqual([]);
  });

  it('holds the end up no longer than the grace, and the end says why', async () => {
    const rig = await new LoopRig().lead();
    rig.commitMs = 3_600_000;
    void rig.role('t1');
    await rig.clock.advance(20_000);
    const closed = watched(rig.loop.close().catch((error: unknown) => error));
    await rig.clock.advance(9_999);
    expect(closed.value).toBeNull();
    await rig.clock.advance(1);
    expect(closed.value).toMatchObject({ code: 'io', message: expect.stringMatching(/within 10 s.*for 30 s/) });
    expect(rig.ends).toEqual([closed.value]);
    expect(rig.closings).toEqual(['the master stops']);
  });

  it('is no different when it is the store that does not close, or fails to', async () => {
    for (const close of [
      () => new Promise<void>(() => undefined),
      () => Promise.reject(new Error('the lock cannot be given back')),
    ]) {
      const rig = await new LoopRig().lead();
      rig.store.close = close;
      const closed = watched(rig.loop.close().catch((error: unknown) => error));
      await rig.clock.advance(10_000);
      expect(closed.value).toMatchObject({ message: expect.stringMatching(/did not close within|cannot be given/) });
      expect(rig.ends).toEqual([closed.value]);
    }
  });
});

describe('the loop: an assertion that fails', () => {
  it('loads its memory again, sets the culprit aside, and serves the others', async () => {
    const rig = await new LoopRig().lead();
    const good = await rig.agent('n1', 1);
    const bad = await rig.agent('n2', 2);
    rig.breakAssertion(bad);
    expect(rig.reloads).toHaveLength(1);
    expect(rig.reloads[0]).toContain('agent_message');
    expect(rig.journal.at(-1)).toBe('close all');
    await rig.clock.advance(1_000);
    expect(rig.terms).toEqual([1, 2]);
    const conditions = await rig.loop.query({ kind: 'conditions' });
    expect(conditions).toMatchObject({ conditions: [{ kind: 'PEER_QUARANTINED', subject: bad }] });
    expect(await rig.agent('n1', 1)).toBe(good);
    await expect(rig.agent('n2', 2)).rejects.toThrow('not accepted');
    expect(rig.sent.at(-1)).toMatchObject({ kind: 'session_refused', code: 'QUARANTINED' });
    expect(rig.ends).toEqual([]);
  });

  it('ends at the third within 10 minutes and names the last', async () => {
    const rig = await new LoopRig().lead();
    for (let n = 1; n <= 3; n++) {
      const peerId = await rig.agent(`n${n}`, n);
      rig.breakAssertion(peerId);
      await rig.clock.advance(2_000);
    }
    expect(rig.ends).toHaveLength(1);
    expect(rig.ends[0]?.message).toMatch(/3 times within 10 minutes.*agent_message/);
    expect(rig.loop.leading).toBe(false);
  });

  it('answers the hello that broke it without trying it again, under another name or another secret, too', async () => {
    const rig = await new LoopRig().lead();
    const good = agentHello('n1', 1);
    const bad = { ...agentHello('n2', 2), who: { kind: 'agent', name: 'n2', identity: null } as never };
    const open = (connectionId: string, hello: SessionHello): unknown => {
      rig.loop.submit({ kind: 'session_open', connectionId, hello });
      return rig.sent.at(-1);
    };
    open('c1', bad);
    expect(rig.reloads).toEqual([expect.stringContaining('session_open')]);
    await rig.clock.advance(2_000);
    for (const again of [
      bad,
      { ...bad, secretHash: 'another' },
      { ...agentHello('n3', 3), secretHash: bad.secretHash },
    ])
      expect(open('c2', again)).toMatchObject({
        kind: 'session_refused',
        connectionId: 'c2',
        code: 'QUARANTINED',
        message: expect.stringContaining('broke an assertion'),
      });
    expect(rig.reloads).toHaveLength(1);
    open('c3', good);
    await rig.clock.advance(100);
    expect(rig.sent.at(-1)).toMatchObject({ kind: 'session_accepted', connectionId: 'c3' });
    await rig.clock.advance(900_000);
    open('c4', bad);
    expect(rig.reloads).toHaveLength(2);
    expect(rig.ends).toEqual([]);
  });

  it('answers the operator command that broke it without trying it again', async () => {
    const rig = await new LoopRig().lead();
    const bad = { kind: 'nonsense', dryRun: false } as unknown as OperatorCommand;
    expect(await rig.loop.command('ana', bad)).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    await rig.clock.advance(2_000);
    const again = await rig.loop.command('ana', bad);
    expect(again).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    expect(again).toMatchObject({ message: expect.stringMatching(/broke an assertion .* 15 minutes at the earliest/) });
    expect(rig.reloads).toHaveLength(1);
    const reply = watched(rig.role('t1'));
    await rig.clock.advance(100);
    expect(reply.value).toMatchObject({ ok: true });
  });

  it('drops a commit in flight with the rest: what it wrote is there after the reload, what was behind it is not', async () => {
    const rig = await new LoopRig().lead();
    const bad = await rig.agent('n1', 1);
    const first = watched(rig.role('t1'));
    const second = watched(rig.role('t2'));
    rig.breakAssertion(bad);
    await rig.clock.advance(2_000);
    for (const { value } of [first, second]) expect(value).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    expect(await rig.roles()).toEqual(['/t1']);
    expect(rig.loop.master.dump()).toEqual(rig.durable());
  });

  it('takes a failure of the session layer for one of its own, whether effects go at once or after a commit', async () => {
    const rig = await new LoopRig().lead();
    const peerId = await rig.agent('n1', 1);
    rig.onExecute = () => {
      throw new Error('the frame cannot be written');
    };
    rig.loop.submit({ kind: 'session_open', connectionId: 'c9', hello: agentHello('n2', 2) });
    await rig.clock.advance(2_000);
    expect(rig.reloads).toEqual([expect.stringContaining('the frame cannot be written')]);
    rig.onExecute = null;
    expect(rig.loop.term).toBe(2);
    expect(await rig.agent('n1', 1)).toBe(peerId);
  });
});

describe('the loop: the end', () => {
  it('waits with close until everything decided is durable, and answers', async () => {
    const rig = await new LoopRig().lead();
    const replies = [watched(rig.role('t1')), watched(rig.role('t2'))];
    await rig.clock.advanceThrough(rig.loop.close(), 1_000);
    for (const { value } of replies) expect(value).toMatchObject({ ok: true });
    expect(rig.durable().map(([key]) => key)).toEqual(expect.arrayContaining(['role//t1', 'role//t2']));
    expect(rig.journal.indexOf('close all')).toBeGreaterThan(rig.journal.indexOf('durable role//t2'));
    expect(rig.ends).toEqual([null]);
    expect(rig.store.closed).toBe(1);
  });

  it('does not come back when a commit fails during close', async () => {
    const rig = await new LoopRig().lead();
    rig.fates.push('fail');
    const reply = watched(rig.role('t1'));
    await rig.clock.advanceThrough(rig.loop.close(), 1_000);
    await rig.clock.advance(10_000);
    expect(reply.value).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    expect(rig.terms).toEqual([1]);
    expect(rig.store.opened).toBe(1);
    expect(rig.ends).toEqual([null]);
    expect(rig.loop.leading).toBe(false);
  });

  it('ends close also when another master has taken the store', async () => {
    const rig = await new LoopRig().lead();
    await new MemoryStore({ disk: rig.disk }).open();
    void rig.role('t1');
    await rig.clock.advanceThrough(rig.loop.close(), 1_000);
    expect(rig.ends).toEqual([null]);
  });

  it('leaves no store open that was being opened while it closed', async () => {
    const rig = new LoopRig();
    rig.commitMs = 0;
    const starting = rig.loop.start();
    await rig.loop.close();
    await starting;
    expect(rig.store.opened).toBe(1);
    expect(rig.store.closed).toBeGreaterThanOrEqual(1);
    expect(rig.terms).toEqual([]);
    // A store left open would still take a commit.
    await expect(rig.store.commit(1, [{ key: 'role//x', value: 1 }])).rejects.toMatchObject({ code: 'closed' });
  });

  it('leaves no store open whose content it cannot use', async () => {
    const rig = new LoopRig();
    const { term } = await rig.store.open();
    await rig.clock.advanceThrough(rig.store.commit(term, [{ key: 'nonsense/x', value: 1 }]), 1_000);
    await rig.store.close();
    await expect(rig.loop.start()).rejects.toThrow('nonsense/x');
    expect(rig.store.closed).toBe(2);
  });

  it('waits with every close until the store is closed, also after it ended by itself', async () => {
    const rig = await new LoopRig().lead();
    await new MemoryStore({ disk: rig.disk }).open();
    let release: () => void = () => undefined;
    rig.store.close = () => new Promise((resolve) => (release = resolve));
    void rig.role('t1');
    await rig.settle();
    expect(rig.ends).toHaveLength(1);
    const closed = watched(rig.loop.close().then(() => 'closed'));
    await rig.settle();
    expect(closed.value).toBeNull();
    release();
    await rig.settle();
    expect(closed.value).toBe('closed');
  });

  it('closes while its memory is being loaded again', async () => {
    const rig = await new LoopRig().lead();
    rig.fates.push('fail');
    void rig.role('t1');
    await rig.clock.advance(COMMIT_MS);
    expect(rig.loop.leading).toBe(false);
    await rig.clock.advanceThrough(rig.loop.close(), 1_000);
    await rig.clock.advance(10_000);
    expect(rig.terms).toEqual([1]);
    expect(rig.ends).toEqual([null]);
  });

  it('does nothing at a second close, and takes no events afterwards', async () => {
    const rig = await new LoopRig().lead();
    await rig.clock.advanceThrough(rig.loop.close(), 1_000);
    await rig.loop.close();
    rig.loop.submit({ kind: 'session_open', connectionId: 'c1', hello: agentHello('n1', 1) });
    await rig.settle();
    expect(rig.ends).toEqual([null]);
    expect(rig.sent).toEqual([]);
  });
});

describe('the loop: time', () => {
  it('wakes the core exactly when it asked to be woken', async () => {
    const rig = await new LoopRig({ scheduler: { recoveryBoundMs: 60_000 } }).lead();
    for (let n = 0; n < 5; n++) {
      const wakeMs = rig.loop.master.nextWakeMs();
      if (wakeMs === Infinity) break;
      rig.steps.length = 0;
      await rig.clock.runUntil(wakeMs - 1);
      expect(rig.steps.filter(({ kind }) => kind === 'tick')).toEqual([]);
      await rig.clock.runUntil(wakeMs);
      expect(rig.steps.find(({ kind }) => kind === 'tick')).toEqual({ kind: 'tick', atMs: wakeMs });
      await rig.settle();
    }
    expect.assertions(10);
  });

  it('is woken earlier when an event brings the time forward', async () => {
    const rig = await new LoopRig().lead();
    const laterMs = rig.loop.master.nextWakeMs();
    const peerId = await rig.agent('n1', 1);
    rig.loop.submit({ kind: 'peer_disconnected', peerId, reason: 'gone' });
    const soonerMs = rig.loop.master.nextWakeMs();
    expect(soonerMs).toBeLessThan(laterMs + 1);
    rig.steps.length = 0;
    await rig.clock.runUntil(soonerMs);
    expect(rig.steps).toContainEqual({ kind: 'tick', atMs: soonerMs });
  });

  it('goes on after the last time that was kept, even when the clock starts earlier', async () => {
    const first = await new LoopRig().lead();
    await first.clock.advance(5_000_000);
    await Promise.all([first.role('t1'), first.settle()]);
    const keptMs = first.loop.master.nowMs;
    await first.clock.advanceThrough(first.loop.close(), 1_000);
    const second = await new LoopRig({ disk: first.disk }).lead();
    expect(second.clock.nowMs()).toBeLessThan(keptMs);
    const atMs = second.loop.nowMs();
    expect(atMs).toBeGreaterThanOrEqual(keptMs - 1_000);
    await second.clock.advance(1_000);
    expect(second.loop.nowMs()).toBe(atMs + 1_000);
    expect(await second.roles()).toEqual(['/t1']);
  });
});
