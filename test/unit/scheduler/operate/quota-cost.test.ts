/** What a change of quotas costs: it looks ahead with several drafts of the planner, which have most in common. */
import { describe, expect, it, jest } from '@jest/globals';
import { changeQuota } from '../../../../scheduler/operate/quota.js';
import { hostsEntry, slicesEntry, cpus, World } from '../allocate/world.js';

/** `/a` borrows all hosts; `/b` wants two. */
function borrowed(): World {
  const world = new World({ minHoldMs: 0, hysteresisRounds: 1 });
  world.role('/a');
  world.role('/b');
  world.framework('ovirt/a', ['/a']);
  world.framework('ovirt/b', ['/b']);
  world.hosts(20);
  for (let number = 1; number <= 20; number += 1) world.lease(`h${number}`, 'ovirt/a', '/a');
  world.demand('ovirt/a', '/a', [hostsEntry('a', 20)]);
  world.demand('ovirt/b', '/b', [hostsEntry('b', 2)]);
  return world;
}

describe('a change of quotas', () => {
  it('walks the leases a few times, however many drafts look ahead', () => {
    const world = borrowed();
    const walks = jest.spyOn(world.core.state.leases, 'values');
    const edits = [{ role: '/b', change: { guarantee: { hosts: 2 } } }];
    const reply = changeQuota(world.core, 'ana', edits, false, true);
    expect(reply).toMatchObject({ ok: true, remarks: [expect.stringContaining('the planner moves 2 standard hosts')] });
    // Who holds what twice, and the stock of the planner before the change and after it.
    expect(walks.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('finds the members of an offer group without a walk over all offers for each', () => {
    const world = new World({ openOfferShareMaxMilli: 1000 });
    world.framework('batch/a', ['/a']);
    world.hosts(40, 'h', { mode: 'shared', resources: cpus(4) });
    const gang = { allOrNothing: true };
    const entries = Array.from({ length: 20 }, (_, index) => slicesEntry(`d${index}`, 2, cpus(4), gang));
    world.demand('batch/a', '/a', entries);
    expect(world.pass()).toHaveLength(40);
    let looks = 0;
    for (const { groupId, ...offer } of [...world.core.state.offers.values()])
      world.core.state.offers.put({
        ...offer,
        get groupId() {
          looks += 1;
          return groupId;
        },
      });
    looks = 0;
    const edits = [{ role: '/a', change: { limit: { cpusMilli: 0 } } }];
    expect(changeQuota(world.core, 'ana', edits, true, true)).toMatchObject({
      changes: expect.arrayContaining([expect.stringContaining('40 open offers')]),
    });
    expect(looks).toBeLessThan(3 * 40);
  });
});
