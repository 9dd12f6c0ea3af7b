import { describe, expect, it } from '@jest/globals';
import { AdapterError } from '../../../../frameworks/contract/types.js';
import type { AdapterErrorCode } from '../../../../frameworks/contract/types.js';
import { LEASE_MS, Rig } from './rig.js';

const startRig = (options: ConstructorParameters<typeof Rig>[0] = {}): Promise<Rig> => new Rig(options).start();

/** Renews every update as a healthy master does. */
async function advanceRenewing(rig: Rig, request: Parameters<Rig['renew']>[0], ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    for (const update of rig.updates) rig.renew(request, update.updateNo);
    await rig.clock.advance(Math.min(left, 1_000));
  }
}

describe('one attempt', () => {
  it('calls the adapter with the request in its context and answers done', async () => {
    const rig = await startRig();
    await rig.ask({ policy: { softDeadlineMs: 7_000, hard: true } });
    const { context } = rig.adapter.calls[0]!;
    expect(context).toMatchObject({
      machine: { hostId: 'h1', name: 'node1', identity: { uuid: 'u1' } },
      hard: true,
      deadlineMs: 7_000,
      reason: 'a test',
    });
    expect(context.nowMs()).toBe(rig.clock.nowMs());
    rig.adapter.calls[0]!.end.resolve(undefined);
    await rig.settle();
    expect(rig.updates.map(({ updateNo, state, progressMilli }) => [updateNo, state, progressMilli])).toEqual([
      [1, 'running', 0],
      [2, 'done', 1000],
    ]);
  });

  it('answers a forecast with what the adapter found, made fit for the wire', async () => {
    const rig = await startRig();
    rig.adapter.forecast = {
      durationLowMs: 10.4,
      durationHighMs: Number.NaN,
      units: -1,
      wouldKill: Array.from({ length: 30 }, (_, index) => `vm/${index}`),
      blockers: [{ object: 'vm/\u0007db', reason: 'PINNED', sinceMs: Infinity, message: 'password=hunter2' }],
    };
    await rig.ask({ step: 'forecast' });
    rig.adapter.calls[0]!.end.resolve(undefined);
    await rig.settle();
    expect(rig.last.forecast).toMatchObject({ durationLowMs: 10, durationHighMs: 10, units: 0 });
    expect(rig.last.forecast!.wouldKill).toHaveLength(20);
    expect(rig.last.forecast!.blockers).toEqual([
      { object: 'vm/ db', reason: 'PINNED', sinceMs: Number.MAX_SAFE_INTEGER, message: 'password=***' },
    ]);
  });

  it('sends updates at a third of the lease, and lives as long as they are answered', async () => {
    const rig = await startRig();
    const startMs = rig.clock.nowMs();
    const request = await rig.ask();
    await advanceRenewing(rig, request, 10 * LEASE_MS);
    expect(rig.last.state).toBe('running');
    expect(rig.updates).toHaveLength(31);
    expect(() => rig.adapter.calls[0]!.context.fence()).not.toThrow();
    expect(rig.clock.nowMs() - startMs).toBe(10 * LEASE_MS);
  });

  it('ends at the end of its lease when nobody renews', async () => {
    const rig = await startRig();
    await rig.ask();
    const { context } = rig.adapter.calls[0]!;
    await rig.clock.advance(LEASE_MS - 1);
    expect(() => context.fence()).not.toThrow();
    await rig.clock.advance(1);
    expect(rig.last).toMatchObject({ state: 'failed', message: expect.stringMatching(/^LEASE_ENDED: /) });
    expect(context.signal.aborted).toBe(true);
    expect(() => context.fence()).toThrow(AdapterError);
  });

  it('counts a renewal from when its update was sent', async () => {
    const rig = await startRig();
    const request = await rig.ask();
    await rig.clock.advance(59_000);
    rig.renew(request, 1);
    await rig.clock.advance(2_000);
    expect(rig.last.message).toMatch(/^LEASE_ENDED/);
  });

  it('ignores renewals of updates it never sent and of other attempts', async () => {
    const rig = await startRig();
    const request = await rig.ask();
    await rig.clock.advance(30_000);
    rig.renew(request, 99);
    rig.renew({ ...request, attempt: 2 }, 2);
    await rig.clock.advance(30_000);
    expect(rig.last.message).toMatch(/^LEASE_ENDED/);
  });

  it('waits for its confirmation before a step with effects, not before one without', async () => {
    const rig = await startRig({ confirmBeforeEffects: true });
    const request = await rig.ask();
    await rig.ask({ transitionId: 't2', hostId: 'h2', step: 'forecast' });
    await rig.clock.advance(10_000);
    expect(rig.adapter.calls.map((call) => call.step)).toEqual(['forecast']);
    rig.renew(request, 1);
    await rig.settle();
    expect(rig.adapter.calls.map((call) => call.step)).toEqual(['forecast', 'drain']);
  });

  it('stops on cancel: the fence shuts at once, the answer comes when the adapter has settled', async () => {
    const rig = await startRig();
    const request = await rig.ask();
    const { context, end } = rig.adapter.calls[0]!;
    await rig.cancel(request);
    expect(() => context.fence()).toThrow('CANCELLED');
    expect(rig.updates).toHaveLength(1);
    end.reject(new Error('aborted'));
    await rig.settle();
    expect(rig.last).toMatchObject({ state: 'failed', message: expect.stringMatching(/^CANCELLED: /) });
    await rig.clock.advance(10 * LEASE_MS);
    expect(rig.updates).toHaveLength(2);
  });

  it('does not wait for an adapter that hangs: it answers when the lease has run out', async () => {
    const rig = await startRig();
    const request = await rig.ask();
    await rig.clock.advance(20_000);
    await rig.cancel(request);
    await rig.clock.advance(39_999);
    expect(rig.updates.filter((update) => update.state === 'failed')).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.last.message).toMatch(/^CANCELLED/);
  });

  it('ends at the soft deadline', async () => {
    const rig = await startRig();
    const request = await rig.ask({ policy: { softDeadlineMs: 100_000, hard: false } });
    await advanceRenewing(rig, request, 100_000);
    const { context, end } = rig.adapter.calls[0]!;
    expect(() => context.fence()).toThrow('DEADLINE');
    end.reject(new Error('stopped'));
    await rig.settle();
    expect(rig.last).toMatchObject({ state: 'failed', message: expect.stringMatching(/^DEADLINE: /) });
  });

  it('is done when the adapter finishes while it is told of the deadline', async () => {
    const rig = await startRig();
    await rig.ask({ policy: { softDeadlineMs: 10_000, hard: false } });
    await rig.clock.advance(10_000);
    rig.adapter.calls[0]!.end.resolve(undefined);
    await rig.settle();
    expect(rig.last.state).toBe('done');
  });

  it('leaves the deadline of a hard policy to the adapter', async () => {
    const rig = await startRig();
    const request = await rig.ask({ policy: { softDeadlineMs: 10_000, hard: true } });
    await advanceRenewing(rig, request, 60_000);
    expect(rig.last.state).toBe('running');
  });

  it('lets the adapter sleep on the runner\u2019s clock, and no longer than it may act', async () => {
    const rig = await startRig();
    const request = await rig.ask();
    const { context } = rig.adapter.calls[0]!;
    const wokenMs: number[] = [];
    void context.sleep(5_000).then(() => wokenMs.push(rig.clock.nowMs()));
    const cut = context.sleep(50_000).catch((error: unknown) => error);
    const sleptFrom = rig.clock.nowMs();
    await rig.clock.advance(6_000);
    await rig.cancel(request);
    expect(await cut).toMatchObject({ code: 'fenced' });
    expect(wokenMs).toEqual([sleptFrom + 5_000]);
    await expect(context.sleep(1)).rejects.toMatchObject({ code: 'fenced' });
  });

  it('ignores what an adapter reports after the end', async () => {
    const rig = await startRig();
    await rig.ask();
    const { context, end } = rig.adapter.calls[0]!;
    end.resolve(undefined);
    await rig.settle();
    context.report({ progressMilli: 1, message: 'late', blockedBy: [] });
    await rig.clock.advance(LEASE_MS);
    expect(rig.updates).toHaveLength(2);
  });
});

describe('progress', () => {
  it('is sent at once, then at most every half second, the latest', async () => {
    const rig = await startRig();
    await rig.ask();
    const { context } = rig.adapter.calls[0]!;
    await rig.clock.advance(1_000);
    for (const progressMilli of [100, 200, 300, 300]) {
      context.report({ progressMilli, message: 'on the way', blockedBy: [] });
      await rig.clock.advance(100);
    }
    await rig.clock.advance(1_000);
    expect(rig.updates.map((update) => update.progressMilli)).toEqual([0, 100, 300]);
  });

  it('turns to blocked at once and back, with the blockers', async () => {
    const rig = await startRig();
    await rig.ask();
    const { context } = rig.adapter.calls[0]!;
    const blocker = { object: 'vm/db', reason: 'PINNED', sinceMs: 1, message: 'pinned' };
    context.report({ progressMilli: 0, message: 'waits', blockedBy: [blocker] });
    context.report({ progressMilli: 0, message: 'goes on', blockedBy: [] });
    expect(rig.updates.map(({ state, blockedBy }) => [state, blockedBy])).toEqual([
      ['running', []],
      ['blocked', [blocker]],
      ['running', []],
    ]);
  });

  it('is kept in range whatever the adapter says', async () => {
    const rig = await startRig({ updateGapMs: 0 });
    await rig.ask();
    const { context } = rig.adapter.calls[0]!;
    for (const progressMilli of [Number.NaN, -5, 1e9, 333.4])
      context.report({ progressMilli, message: `${progressMilli}`, blockedBy: [] });
    expect(rig.updates.map((update) => update.progressMilli)).toEqual([0, 0, 0, 1000, 333]);
  });

  it('is not queued while there is no connection, and is told first thing after it', async () => {
    const rig = await startRig();
    await rig.ask();
    rig.runner.onDisconnected('cable');
    rig.adapter.calls[0]!.context.report({ progressMilli: 500, message: 'half', blockedBy: [] });
    await rig.clock.advance(40_000);
    expect(rig.updates).toHaveLength(1);
    rig.runner.onConnected({ resumed: true });
    expect(rig.updates).toHaveLength(2);
    expect(rig.last).toMatchObject({ state: 'running', progressMilli: 500 });
  });

  it('of an attempt that ended without a connection is queued: the master must hear of it', async () => {
    const rig = await startRig();
    await rig.ask();
    rig.runner.onDisconnected('cable');
    rig.adapter.calls[0]!.end.resolve(undefined);
    await rig.settle();
    expect(rig.last.state).toBe('done');
  });
});

describe('errors of the adapter', () => {
  const ends: readonly (readonly [unknown, string, RegExp])[] = [
    [new AdapterError('refused', 'last host'), 'refused', /^REFUSED: last host$/],
    [new AdapterError('invalid', 'bad login, password=x1'), 'failed', /^INVALID: bad login, password=\*\*\*$/],
    [new AdapterError('failed', 'migration broke'), 'failed', /^FAILED: migration broke$/],
    [new AdapterError('not_found', 'no such host'), 'failed', /^NOT_FOUND: no such host$/],
    [new AdapterError('fenced', 'made up'), 'failed', /^INTERNAL: made up$/],
    [new TypeError('x is undefined'), 'failed', /^INTERNAL: x is undefined$/],
    ['just a string', 'failed', /^INTERNAL: just a string$/],
  ];

  it.each(ends)('%p ends the attempt as %s', async (error, state, message) => {
    const rig = await startRig();
    await rig.ask();
    rig.adapter.calls[0]!.end.reject(error as Error);
    await rig.settle();
    expect(rig.last).toMatchObject({ state, message: expect.stringMatching(message) });
    await rig.clock.advance(10 * LEASE_MS);
    expect(rig.adapter.calls).toHaveLength(1);
  });

  it('unavailable: tries again inside the attempt, with pauses that grow, blocked by the manager', async () => {
    const rig = await startRig();
    const request = await rig.ask();
    const startMs = rig.clock.nowMs();
    const calledMs = [startMs];
    for (let failures = 0; failures < 4; failures += 1) {
      rig.adapter.calls.at(-1)!.end.reject(new AdapterError('unavailable', 'connect ECONNREFUSED'));
      const before = rig.adapter.calls.length;
      while (rig.adapter.calls.length === before) await advanceRenewing(rig, request, 10);
      calledMs.push(rig.clock.nowMs());
    }
    expect(calledMs.map((atMs) => atMs - startMs)).toEqual([0, 750, 2_250, 5_250, 11_250]);
    expect(rig.last).toMatchObject({
      state: 'blocked',
      message: 'connect ECONNREFUSED',
      blockedBy: [{ object: 'manager/puppet', reason: 'MANAGER_DOWN', sinceMs: startMs }],
    });
    rig.adapter.calls.at(-1)!.end.resolve(undefined);
    await rig.settle();
    expect(rig.last).toMatchObject({ state: 'done', blockedBy: [] });
  });

  it('honours the retry time the manager names', async () => {
    const rig = await startRig();
    const request = await rig.ask();
    rig.adapter.calls[0]!.end.reject(new AdapterError('unavailable', 'throttled', { retryAfterMs: 20_000 }));
    await rig.settle();
    await advanceRenewing(rig, request, 19_999);
    expect(rig.adapter.calls).toHaveLength(1);
    await advanceRenewing(rig, request, 1);
    expect(rig.adapter.calls).toHaveLength(2);
  });

  it('blocked: waits and tries again, showing what the adapter named last', async () => {
    const rig = await startRig();
    const request = await rig.ask();
    const blocker = { object: 'pod/web-0', reason: 'PDB', sinceMs: 1, message: 'budget is 0' };
    rig.adapter.calls[0]!.context.report({ progressMilli: 10, message: 'evicting', blockedBy: [blocker] });
    rig.adapter.calls[0]!.end.reject(new AdapterError('blocked', 'two budgets match'));
    await advanceRenewing(rig, request, 14_999);
    expect(rig.last).toMatchObject({ state: 'blocked', message: 'two budgets match', blockedBy: [blocker] });
    expect(rig.adapter.calls).toHaveLength(1);
    await advanceRenewing(rig, request, 1);
    expect(rig.adapter.calls).toHaveLength(2);
  });

  it('blocked without a name shows the host', async () => {
    const rig = await startRig();
    await rig.ask();
    rig.adapter.calls[0]!.end.reject(new AdapterError('blocked', 'somebody must look'));
    await rig.clock.advance(500);
    expect(rig.last.blockedBy).toMatchObject([{ object: 'host/node1', reason: 'BLOCKED' }]);
  });

  it('stops waiting for the manager at the deadline', async () => {
    const rig = await startRig();
    const request = await rig.ask({ policy: { softDeadlineMs: 1_000, hard: false } });
    rig.adapter.calls[0]!.end.reject(new AdapterError('unavailable', 'down', { retryAfterMs: 30_000 }));
    await advanceRenewing(rig, request, 1_000);
    expect(rig.last.message).toMatch(/^DEADLINE/);
  });
});

describe('requests', () => {
  it('that come twice are answered with where the attempt stands', async () => {
    const rig = await startRig();
    await rig.ask();
    await rig.ask();
    expect(rig.adapter.calls).toHaveLength(1);
    expect(rig.updates.map(({ updateNo, state }) => [updateNo, state])).toEqual([
      [1, 'running'],
      [2, 'running'],
    ]);
  });

  it('of a finished attempt are answered with the same outcome, without another call', async () => {
    const rig = await startRig();
    await rig.ask();
    rig.adapter.calls[0]!.end.resolve(undefined);
    await rig.settle();
    const outcome = rig.last;
    await rig.ask();
    expect(rig.adapter.calls).toHaveLength(1);
    expect(rig.updates).toHaveLength(3);
    expect(rig.last).toEqual(outcome);
  });

  it('are remembered up to a limit', async () => {
    const rig = await startRig();
    for (let number = 1; number <= 201; number += 1) {
      await rig.ask({ transitionId: `t${number}` });
      rig.adapter.calls.at(-1)!.end.resolve(undefined);
      await rig.settle();
    }
    await rig.ask({ transitionId: 't2' });
    expect(rig.adapter.calls).toHaveLength(201);
    await rig.ask({ transitionId: 't1' });
    expect(rig.adapter.calls).toHaveLength(202);
  });

  it('for steps of the agent are refused', async () => {
    const rig = await startRig();
    await rig.ask({ step: 'wipe' });
    expect(rig.last).toMatchObject({ state: 'refused', message: expect.stringMatching(/^UNSUPPORTED: wipe/) });
    expect(rig.adapter.calls).toEqual([]);
  });

  it('older than an attempt already seen are ignored', async () => {
    const rig = await startRig();
    await rig.ask({ attempt: 3 });
    const sent = rig.updates.length;
    await rig.ask({ attempt: 2 });
    expect(rig.adapter.calls).toHaveLength(1);
    expect(rig.updates).toHaveLength(sent);
  });

  it('cancelled before they came are never begun', async () => {
    const rig = await startRig();
    const request = await rig.ask({ transitionId: 'other', hostId: 'h9' });
    await rig.cancel({ ...request, transitionId: 't1' });
    expect(rig.last).toMatchObject({
      transitionId: 't1',
      state: 'failed',
      message: expect.stringMatching(/^CANCELLED/),
    });
    await rig.ask();
    expect(rig.adapter.calls).toHaveLength(1);
    expect(rig.last.message).toMatch(/^CANCELLED/);
  });
});

describe('two attempts on one host', () => {
  it('never work at the same time: the newer waits until the older has settled', async () => {
    const rig = await startRig();
    await rig.ask();
    await rig.ask({ step: 'cancel_drain', attempt: 2 });
    expect(rig.adapter.calls.map((call) => call.step)).toEqual(['drain']);
    expect(() => rig.adapter.calls[0]!.context.fence()).toThrow('SUPERSEDED');
    rig.adapter.calls[0]!.end.reject(new Error('aborted'));
    await rig.settle();
    expect(rig.adapter.calls.map((call) => call.step)).toEqual(['drain', 'cancel_drain']);
    expect(rig.updates.find((update) => update.state === 'failed')).toMatchObject({ step: 'drain', attempt: 1 });
  });

  it('an older one that hangs blocks the newer until its lease has run out, no longer', async () => {
    const rig = await startRig();
    await rig.ask();
    await rig.clock.advance(20_000);
    const newer = await rig.ask({ attempt: 2 });
    await advanceRenewing(rig, newer, 39_999);
    expect(rig.adapter.calls).toHaveLength(1);
    await advanceRenewing(rig, newer, 1);
    expect(rig.adapter.calls).toHaveLength(2);
    expect(() => rig.adapter.calls[0]!.context.fence()).toThrow();
    expect(() => rig.adapter.calls[1]!.context.fence()).not.toThrow();
  });

  it('a third does not overtake the first when the second is dropped', async () => {
    const rig = await startRig();
    await rig.ask({ attempt: 1 });
    await rig.ask({ attempt: 2 });
    await rig.ask({ attempt: 3 });
    expect(rig.adapter.calls).toHaveLength(1);
    rig.adapter.calls[0]!.end.reject(new Error('aborted'));
    await rig.settle();
    expect(rig.adapter.calls).toHaveLength(2);
    const ended = rig.updates.filter((update) => update.state === 'failed').map((update) => update.attempt);
    expect([...ended].sort()).toEqual([1, 2]);
  });

  it('hosts do not wait for each other', async () => {
    const rig = await startRig();
    await rig.ask({ hostId: 'h1' });
    await rig.ask({ hostId: 'h2', transitionId: 't2' });
    expect(rig.adapter.calls).toHaveLength(2);
  });
});

describe('the end of the runner', () => {
  it('shuts every fence, waits for the steps, says so, and closes the adapter once', async () => {
    const rig = await startRig();
    await rig.ask();
    const closing = rig.runner.close();
    await rig.settle();
    expect(() => rig.adapter.calls[0]!.context.fence()).toThrow('SHUTDOWN');
    expect(rig.adapter.closed).toBe(0);
    rig.adapter.calls[0]!.end.reject(new Error('aborted'));
    await closing;
    await rig.runner.close();
    expect(rig.last.message).toMatch(/^SHUTDOWN/);
    expect(rig.adapter.closed).toBe(1);
    expect(rig.clock.nextMs()).toBe(Infinity);
  });

  it('waits a bounded time for a step that hangs', async () => {
    const rig = await startRig();
    await rig.ask();
    let closed = false;
    void rig.runner.close().then(() => {
      closed = true;
    });
    await rig.clock.advance(4_999);
    expect(closed).toBe(false);
    await rig.clock.advance(1);
    expect(closed).toBe(true);
  });

  it('comes with the end of the session: a newer process may be at work', async () => {
    const rig = await startRig();
    await rig.ask();
    rig.runner.onEnded('superseded');
    expect(() => rig.adapter.calls[0]!.context.fence()).toThrow('SHUTDOWN');
    await rig.ask({ transitionId: 't2', hostId: 'h2' });
    expect(rig.adapter.calls).toHaveLength(1);
  });

  it('is not reached by an adapter that cannot close', async () => {
    const rig = await startRig();
    rig.adapter.close = () => Promise.reject(new Error('still busy'));
    await rig.runner.close();
    expect(rig.logged.at(-1)).toMatch(/still busy/);
  });
});

it.each<AdapterErrorCode>(['unavailable', 'failed'])('%s may be tried again', (code) => {
  expect(new AdapterError(code, 'x').retryable).toBe(true);
});
