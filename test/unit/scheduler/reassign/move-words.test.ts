/** What executors, holders and admins are told of a move. */
import { describe, expect, it } from '@jest/globals';
import { planRound } from '../../../../scheduler/reassign/index.js';
import { type Bench, OVIRT } from './bench.js';
import { fleet, toKube } from './move-fleet.js';

describe('what people are told', () => {
  function told(bench: Bench): readonly string[] {
    bench.collect();
    return bench.effects.flatMap((effect) =>
      effect.kind === 'decision' && effect.decision.about === 'move' ? [effect.decision.text] : [],
    );
  }

  it('a move that turned back names what made it turn, to its executor, its holder and to admins', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'drain');
    bench.answer('h1', 'failed', { message: 'vm db2 is pinned' });
    expect(bench.lastRequest('h1').request.reason).toBe('the move turned back: drain failed: vm db2 is pinned');
    bench.answer('h1', 'done', { message: 'all back' });
    expect(told(bench).at(-1)).toBe('h1 went back to ovirt/prod after 0s: drain failed: vm db2 is pinned');
    expect(bench.sent(`framework/${OVIRT}`).findLast((message) => message.kind === 'lease')).toMatchObject({
      reason: 'drain failed: vm db2 is pinned',
    });
  });

  it('the reason of a move once, then each step in a few words, and how long it all took', () => {
    const bench = fleet();
    toKube(bench);
    const passing = ['forecast', 'drain', 'leave', 'wipe'] as const;
    for (const step of passing) {
      bench.until('h1', step);
      bench.pass(20_000);
    }
    bench.until('h1', 'the end');
    expect(told(bench)).toEqual([
      'h1 starts to move from ovirt/prod to kubernetes/east: pods wait',
      'h1: forecast asked of ovirt/prod',
      'h1: drain asked of ovirt/prod',
      'h1: leave asked of ovirt/prod',
      'h1: wipe asked of its agent',
      'h1: verify clean asked of its agent',
      'h1: prepare asked of its agent',
      'h1: join asked of kubernetes/east',
      'h1: verify asked of kubernetes/east',
      'h1 moved from ovirt/prod to kubernetes/east in 1m20s',
    ]);
  });

  it('when a move turns back, why, once', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'drain');
    bench.answer('h1', 'failed', { message: 'vm db2 is pinned' });
    bench.answer('h1', 'done');
    expect(told(bench).slice(-3)).toEqual([
      'h1 turns back: drain failed: vm db2 is pinned',
      'h1: cancel drain asked of ovirt/prod',
      'h1 went back to ovirt/prod after 0s: drain failed: vm db2 is pinned',
    ]);
  });

  it('a join that got no answer names that, though all that undid it ended well', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'join');
    for (let tries = 0; tries < 3; tries += 1) bench.pass(90_000);
    expect(bench.transition('h1')).toMatchObject({ step: 'leave', direction: 'rollback' });
    bench.until('h1', 'the end');
    expect(told(bench).at(-1)).toBe(
      'h1 is free after 4m30s, it did not reach kubernetes/east: join did not end in time: no word from framework/kubernetes/east until its step lease ended',
    );
  });

  it('an operator who takes a guaranteed host sees whom that leaves short, until it is mended', () => {
    const bench = fleet();
    bench.role('/vm', { guarantee: { hosts: 1 } });
    bench.demand(OVIRT, '/vm', 1);
    toKube(bench);
    expect(bench.core.state.conditions.get('BELOW_GUARANTEE|/vm')?.message).toBe(
      '/vm keeps 0 of 1 guaranteed hosts that it wants, because operator:ann moves h1 away from ovirt/prod',
    );
    planRound(bench.core);
    expect(bench.core.state.conditions.has('BELOW_GUARANTEE|/vm')).toBe(true);
    bench.answer('h1', 'refused');
    planRound(bench.core);
    expect(bench.core.state.conditions.has('BELOW_GUARANTEE|/vm')).toBe(false);
  });

  it.each(['hosts', 'hosts/standard'])('is told so for a guarantee of %s of a role above, too', (dimension) => {
    const bench = fleet();
    bench.role('/vm', { guarantee: { [dimension]: 1 } });
    bench.role('/vm/prod');
    const lease = bench.core.state.leases.get('l-h1');
    if (lease !== undefined) bench.core.state.leases.put({ ...lease, role: '/vm/prod' });
    bench.demand(OVIRT, '/vm/prod', 1);
    toKube(bench);
    const what = dimension === 'hosts' ? 'hosts' : 'standard hosts';
    expect(
      [...bench.core.state.conditions.values()].map(({ kind, subject, message }) => [kind, subject, message]),
    ).toEqual([
      [
        'BELOW_GUARANTEE',
        '/vm',
        `/vm keeps 0 of 1 guaranteed ${what} that it wants, because operator:ann moves h1 away from ovirt/prod`,
      ],
    ]);
  });
});
