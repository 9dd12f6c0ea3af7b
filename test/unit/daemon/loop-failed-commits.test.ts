import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OperatorReply } from '../../../scheduler/index.js';
import { MemoryStore } from '../../../src/store/index.js';
import { agentHello, COMMIT_MS, LoopRig, type Fate, watched } from './loop-rig.js';

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
