import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../../../src/store/index.js';
import { agentHello, COMMIT_MS, LoopRig, watched } from './loop-rig.js';

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
