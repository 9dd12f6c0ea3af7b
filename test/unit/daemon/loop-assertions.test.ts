import { describe, expect, it } from '@jest/globals';
import type { OperatorCommand, SessionHello } from '../../../scheduler/index.js';
import { agentHello, LoopRig, watched } from './loop-rig.js';

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
