// What is due at once after the master's process stood still for a while.
import { describe, expect, it } from '@jest/globals';
import { CoreHarness, hostsWanted } from '../../support/core-harness.js';

describe('a tick with a planning round and other things due', () => {
  it('plans last: a host that was lost by then is none that its role keeps', () => {
    const harness = new CoreHarness({ hysteresisRounds: 1, minHoldMs: 0 });
    harness.must({ kind: 'role_set', dryRun: false, role: '/vm', change: { guarantee: { hosts: 3 }, force: true } });
    harness.must({ kind: 'role_set', dryRun: false, role: '/etl', change: {} });
    const agents = ['n1', 'n2', 'n3', 'n4'].map((name) => harness.agent(name));
    const ovirt = harness.framework('ovirt/prod', ['/vm']);
    const hadoop = harness.framework('hadoop/night', ['/etl']);
    ovirt.observes(agents);
    hadoop.observes([]);
    harness.settle();
    harness.must({ kind: 'adopt', dryRun: false, frameworkId: 'ovirt/prod' });
    ovirt.wants([hostsWanted('vms', 3)]);
    // Freezes nothing but time: both the loss of n1 and a planning round come due while the process stands still.
    agents[0]!.disconnect();
    hadoop.wants([hostsWanted('jobs', 1)]);
    harness.nowMs += harness.options.hostLostAfterMs + harness.options.planPeriodMs;
    expect(() => harness.step({ kind: 'tick' })).not.toThrow();
    expect(harness.query({ kind: 'conditions' }).conditions.map(({ kind }) => kind)).toContain('HOST_LOST');
    // n1 would have been the spare one.
    const moving = harness.query({ kind: 'overview' }).overview.owners.map(({ movingOut }) => movingOut);
    expect(moving.every((count) => count === 0)).toBe(true);
  });
});
