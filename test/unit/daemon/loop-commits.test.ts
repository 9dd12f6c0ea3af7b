import { describe, expect, it } from '@jest/globals';
import { agentHello, COMMIT_MS, LoopRig, watched } from './loop-rig.js';

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
