/** Lost hosts serve nobody, stay charged, and are nobody's surplus. Holdings / lost / entitlement / demand beside each case. */
import { describe, expect, it } from '@jest/globals';
import { usage } from '../../../../scheduler/quota/index.js';
import { type Bench, KUBE, OVIRT } from './bench.js';
import { fleet, moving, round } from './planner-fleet.js';

describe('a lost host', () => {
  const lose = (bench: Bench, ...hosts: readonly string[]): void =>
    hosts.forEach((host) => bench.agent(host, false, true));

  it('serves nobody: its holder, guaranteed as many, is given another one, and stays charged for it', () => {
    // held/lost/owed/wanted: /vm 1/1/2/2 (guaranteed 2), /pod 2/0/1/9
    const bench = fleet(2, 2);
    bench.role('/vm', { guarantee: { hosts: 2 } });
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 9);
    round(bench);
    expect(moving(bench)).toEqual([]);
    lose(bench, 'v1');
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
    expect(bench.transition('p1').reclaim).toBe(true);
    expect(usage(bench.core, '/vm')).toMatchObject({ used: { hosts: 2 }, movingIn: { hosts: 1 } });
    // It is back: nobody is taken anything for it any more.
    bench.agent('v1', true);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
  });

  it('counts for the limit of its holder, which beats the guarantee', () => {
    const bench = fleet(2, 2);
    bench.role('/vm', { guarantee: { hosts: 2 }, limit: { hosts: 2 } });
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 9);
    lose(bench, 'v1');
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(bench.core.state.conditions.get('GUARANTEE_UNMET|/vm')?.message).toMatch(/holds 1 of 2 .*ROLE_LIMIT/);
  });

  it('is no surplus of its holder, nor does it keep the guarantee: hosts that serve are not taken for it', () => {
    // held/lost/owed/wanted: /pod 2/2/2/2 (guaranteed 2), /vm 0/0/0/2
    const bench = fleet(0, 4);
    bench.role('/pod', { guarantee: { hosts: 2 } });
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 2);
    lose(bench, 'p1', 'p2');
    round(bench);
    expect(moving(bench)).toEqual([]);
    bench.agent('p1', true);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
  });

  it('that a move brings is not waited for: another one is moved meanwhile', () => {
    const bench = fleet(0, 3, { movesInFlightPerWorkloadMax: 9 });
    bench.demand(OVIRT, '/vm', 1);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
    bench.until('p1', 'wipe');
    lose(bench, 'p1');
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`, `p2>${OVIRT}`]);
  });
});
