/** Plans that people look at: shown, approved, rejected, superseded, and what is still true when they start. */
import { describe, expect, it } from '@jest/globals';
import { approvePlan, lastPlan, rejectPlan, setPlanMode } from '../../../../scheduler/reassign/index.js';
import { type Bench, KUBE, OVIRT } from './bench.js';
import { fleet, HADOOP, moving, notMoved, round } from './planner-fleet.js';

describe('an approved plan', () => {
  it.each<[string, (bench: Bench) => void, string]>([
    [
      'has changed hands',
      (bench) => {
        bench.framework(HADOOP, ['/vm']);
        const lease = bench.core.state.leases.get('l-v1');
        if (lease !== undefined) bench.core.state.leases.put({ ...lease, frameworkId: HADOOP });
      },
      'FAIR_SHARE: v1 was not moved: it is not held by ovirt/prod in /vm any more',
    ],
    [
      'is cordoned',
      (bench) => bench.core.state.hosts.put({ ...bench.hostRecord('v1'), cordoned: true }),
      'FROZEN: v1 was not moved: it may not be taken from ovirt/prod now',
    ],
    [
      'is wanted no longer',
      (bench) => bench.demand(KUBE, '/pod', 0),
      'NO_MATCH: v1 was not moved: kubernetes/east in /pod has no demand for it any more',
    ],
  ])('leaves a host alone that %s since it was made, and says only what it starts', (_what, change, refusal) => {
    const bench = fleet(2, 0, { planMode: 'approve' });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    change(bench);
    const planId = lastPlan(bench.core)?.planId ?? '';
    for (const dryRun of [true, false])
      expect(approvePlan(bench.core, 'ann', planId, 1, dryRun)).toMatchObject({
        ok: true,
        changes: [],
        remarks: [refusal],
      });
    expect(moving(bench)).toEqual([]);
  });
});

describe('plans', () => {
  function proposed(mode: 'approve' | 'observe'): { readonly bench: Bench; readonly planId: string } {
    const bench = fleet(3, 0, { planMode: mode });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    return { bench, planId: lastPlan(bench.core)?.planId ?? '' };
  }

  it('wait for approval of exactly the version that was looked at', () => {
    const { bench, planId } = proposed('approve');
    expect(moving(bench)).toEqual([]);
    expect(lastPlan(bench.core)).toMatchObject({ version: 1, status: 'proposed', moves: [{ hostName: 'v1' }] });
    round(bench);
    expect(lastPlan(bench.core)).toMatchObject({ planId, version: 1 });
    bench.demand(KUBE, '/pod', 2);
    round(bench);
    expect(lastPlan(bench.core)).toMatchObject({ planId, version: 2 });
    expect(approvePlan(bench.core, 'ann', planId, 1, false)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    expect(approvePlan(bench.core, 'ann', planId, 2, true)).toMatchObject({ ok: true });
    expect(moving(bench)).toEqual([]);
    expect(approvePlan(bench.core, 'ann', planId, 2, false)).toMatchObject({ ok: true, ids: [planId] });
    expect(moving(bench)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
    expect(bench.transition('v1')).toMatchObject({ planId, demandId: `${KUBE}-hosts`, requestedBy: 'planner' });
    expect(lastPlan(bench.core)).toMatchObject({ status: 'done', decidedBy: 'ann' });
    expect(approvePlan(bench.core, 'ann', planId, 2, false)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
  });

  it('keep their version and their hosts while others would do as well, but not hosts that may not be taken', () => {
    const { bench, planId } = proposed('approve');
    const cheapest = (name: string): void => {
      const hosts = ['v1', 'v2', 'v3'].map((hostId) => ({
        identity: bench.hostRecord(hostId).identity,
        name: hostId,
        managerState: 'up',
        serving: true,
        units: 1,
        leaveEstimateMs: hostId === name ? 1 : 1_000,
        drift: '',
      }));
      bench.presence(OVIRT, true, new Map(hosts.map((one) => [one.name, one])));
      round(bench);
    };
    const present = () => lastPlan(bench.core);
    expect(present()).toMatchObject({ planId, version: 1, moves: [{ hostName: 'v1' }] });
    for (const name of ['v2', 'v3', 'v2']) {
      cheapest(name);
      expect(present()).toMatchObject({ planId, version: 1, moves: [{ hostName: 'v1' }] });
    }
    bench.core.state.hosts.put({ ...bench.hostRecord('v1'), cordoned: true });
    cheapest('v3');
    expect(present()).toMatchObject({ planId, version: 2, moves: [{ hostName: 'v3' }] });
  });

  it('can be rejected, and are dropped when nothing needs to move', () => {
    const { bench, planId } = proposed('approve');
    expect(rejectPlan(bench.core, 'ann', planId, 1, false)).toMatchObject({ ok: true });
    expect(lastPlan(bench.core)).toMatchObject({ status: 'rejected', decidedBy: 'ann' });
    round(bench);
    expect(lastPlan(bench.core)?.planId).not.toBe(planId);
    bench.demand(KUBE, '/pod', 0);
    round(bench);
    expect(lastPlan(bench.core)).toMatchObject({ status: 'superseded' });
    expect(moving(bench)).toEqual([]);
  });

  it('are only shown while observing, and run once the mode is auto', () => {
    const { bench, planId } = proposed('observe');
    expect(approvePlan(bench.core, 'ann', planId, 1, false)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    expect(setPlanMode(bench.core, 'ann', 'auto', true)).toMatchObject({
      ok: true,
      changes: ['the plan mode changes from observe to auto'],
    });
    round(bench);
    expect(moving(bench)).toEqual([]);
    setPlanMode(bench.core, 'ann', 'auto', false);
    for (const dryRun of [true, false])
      expect(setPlanMode(bench.core, 'ann', 'auto', dryRun)).toEqual({
        ok: true,
        changes: [],
        remarks: ['the plan mode is auto already'],
        ids: [],
      });
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`]);
  });

  it('are not made while the core recovers or the planner is off', () => {
    const bench = fleet(3, 0);
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    bench.core.raise('RECOVERING', 'master', 'hosts have not reported', 'wait');
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)).toEqual(['RECOVERING: the planner waits until enough hosts have reported since the start']);
    const off = fleet(3, 0, { planner: 'off' });
    off.demand(OVIRT, '/vm', 0);
    off.demand(KUBE, '/pod', 1);
    round(off);
    expect(moving(off)).toEqual([]);
  });
});
