/** Moves that somebody cancels or retries, and hosts that are returned unasked. */
import { describe, expect, it } from '@jest/globals';
import {
  abortMove,
  beginJoin,
  cancelMove,
  retryMove,
  returnHost,
  targetGone,
} from '../../../../scheduler/reassign/index.js';
import { type Bench, KUBE, OVIRT } from './bench.js';
import { fleet, hosts, leaseChanges, toKube } from './move-fleet.js';

describe('cancelling a move', () => {
  function cancelled(bench: Bench): void {
    expect(cancelMove(bench.core, bench.transition('h1').transitionId, 'ann')).toMatchObject({ ok: true });
  }

  it.each([
    ['drain', 'rolled_back', OVIRT],
    ['leave', 'returned_free', null],
    ['wipe', 'returned_free', null],
    ['verify_clean', 'returned_free', null],
    ['prepare', 'returned_free', null],
    ['join', 'returned_free', null],
    ['verify', 'returned_free', null],
  ] as const)('at %s ends %s', (step, outcome, holder) => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', step);
    cancelled(bench);
    bench.until('h1', 'the end');
    expect(bench.place('h1')).toBe(outcome);
    const lease = bench.core.state.leases.get(bench.hostRecord('h1').leaseId ?? '');
    expect(lease?.frameworkId ?? null).toBe(holder);
    expect(hosts(bench, '/pod')).toEqual([0, 0]);
  });

  it('uncharges the target at once when the host is still to be left', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'leave');
    cancelled(bench);
    expect(hosts(bench, '/pod')).toEqual([0, 0]);
    expect(bench.transition('h1')).toMatchObject({ to: null, toMode: 'free' });
  });

  it('withdraws the directed offer', () => {
    const bench = fleet();
    toKube(bench, 'h2');
    cancelMove(bench.core, bench.transition('h2').transitionId, 'ann');
    expect(bench.place('h2')).toBe('returned_free');
    expect(bench.kinds(`framework/${KUBE}`)).toEqual(['offers', 'rescind']);
    expect(bench.core.state.offers.size).toBe(0);
    expect(bench.hostRecord('h2')).toMatchObject({ mode: 'free', clean: true, transitionId: null });
  });

  it('says what it would do, once; and refuses what has ended or is on its way back', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'drain');
    const { transitionId } = bench.transition('h1');
    expect(cancelMove(bench.core, transitionId, 'ann', true)).toMatchObject({
      changes: ['h1 goes back to ovirt/prod'],
    });
    expect(bench.transition('h1').cancelRequested).toBe(false);
    bench.answer('h1', 'failed');
    expect(cancelMove(bench.core, transitionId, 'ann')).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    bench.answer('h1', 'done');
    expect(cancelMove(bench.core, transitionId, 'ann')).toMatchObject({
      ok: false,
      message: `${transitionId} has ended (rolled back); start a new move instead`,
    });
    expect(cancelMove(bench.core, 't-0-0', 'ann')).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });

  it('of a target that is torn down sends the host to the free pool', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'wipe');
    targetGone(bench.core, KUBE);
    bench.until('h1', 'the end');
    expect(bench.place('h1')).toBe('returned_free');
  });

  it('by an operator who confirms that the machine is off ends move and lease', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'drain');
    abortMove(bench.core, bench.transition('h1').transitionId, 'ann confirmed that h1 is off', true);
    expect(bench.hostRecord('h1')).toMatchObject({ mode: 'quarantined', leaseId: null, transitionId: null });
    expect(bench.core.state.leases.size).toBe(0);
    expect(leaseChanges(bench, OVIRT)).toEqual(['changed leaving', 'ended leaving']);
  });
});

describe('retrying a move', () => {
  it('skips the pause, and is refused while an attempt is out', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'wipe');
    const { transitionId } = bench.transition('h1');
    expect(retryMove(bench.core, transitionId)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    bench.answer('h1', 'failed');
    expect(retryMove(bench.core, transitionId, true)).toMatchObject({ ok: true });
    expect(bench.place('h1')).toBe('wipe pending');
    expect(retryMove(bench.core, transitionId)).toMatchObject({ ok: true });
    expect(bench.place('h1')).toBe('wipe asked');
  });
});

describe('returning a host', () => {
  const message = { kind: 'return_host', commandId: 'c1', leaseId: 'l-h1', reason: 'idle' } as const;

  it('moves it to the free pool, once for one command', () => {
    const bench = fleet();
    returnHost(bench.core, OVIRT, message);
    returnHost(bench.core, OVIRT, message);
    expect(bench.core.state.transitions.size).toBe(1);
    const results = bench.sent(`framework/${OVIRT}`).filter((one) => one.kind === 'result');
    expect(results).toHaveLength(2);
    expect(results[0]).toEqual(results[1]);
    bench.until('h1', 'the end');
    expect(bench.place('h1')).toBe('completed');
    expect(bench.hostRecord('h1')).toMatchObject({ mode: 'free', clean: true });
  });

  it('while it joins turns it back, and while it leaves is no news', () => {
    const bench = fleet();
    const { leaseId } = beginJoin(bench.core, 'h2', KUBE, '/pod', 'd1', null);
    bench.until('h2', 'join');
    returnHost(bench.core, KUBE, { ...message, leaseId });
    bench.until('h2', 'the end');
    expect(bench.place('h2')).toBe('returned_free');
    toKube(bench);
    bench.until('h1', 'drain');
    returnHost(bench.core, OVIRT, message);
    expect(bench.place('h1')).toBe('drain asked');
    expect(bench.sent(`framework/${OVIRT}`).at(-1)).toMatchObject({ kind: 'result', outcome: { ok: true } });
  });

  it('that it does not hold is refused', () => {
    const bench = fleet();
    returnHost(bench.core, KUBE, message);
    expect(bench.sent(`framework/${KUBE}`).at(-1)).toMatchObject({
      kind: 'result',
      outcome: { ok: false, code: 'NOT_FOUND', message: 'kubernetes/east has no lease l-h1' },
    });
  });
});
