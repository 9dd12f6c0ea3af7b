import { describe, expect, it } from '@jest/globals';
import {
  held,
  Holdings,
  isWithin,
  lineage,
  parentOf,
  partsPerBillion,
  pathProblem,
  usage,
} from '../../../../scheduler/quota/index.js';
import { auditAll } from '../../../../scheduler/invariants.js';
import { compareWeighted } from '../../../../scheduler/quota/shares.js';
import type { TransitionRecord } from '../../../../scheduler/state/records.js';
import { cpus, hostsEntry, STANDARD_HOST, task, World } from '../allocate/world.js';

const HOST = { ...STANDARD_HOST.quantities, hosts: 1, 'hosts/standard': 1 };

function transition(change: Partial<TransitionRecord> = {}): TransitionRecord {
  return {
    transitionId: 't-1-1',
    hostId: 'h1',
    from: { frameworkId: 'a/1', role: '/a' },
    to: { frameworkId: 'b/1', role: '/b/x' },
    toMode: 'leased',
    direction: 'forward',
    outcome: 'running',
    ...change,
  } as TransitionRecord;
}

function world(): World {
  const made = new World();
  made.role('/b');
  made.framework('a/1', ['/a']);
  made.framework('b/1', ['/b/x']);
  made.host({ name: 'h1' });
  return made;
}

describe('the ledger', () => {
  it('charges a lease with the whole host, to the role and its ancestors, until it is deleted', () => {
    const made = world();
    const leaseId = made.lease('h1', 'b/1', '/b/x');
    for (const role of ['/b/x', '/b', '/'])
      expect(usage(made.core, role)).toEqual({ used: HOST, offered: {}, movingIn: {}, reserved: {} });
    expect(usage(made.core, '/a').used).toEqual({});
    made.core.state.leases.delete(leaseId);
    expect(usage(made.core, '/').used).toEqual({});
  });

  it('charges a task until it ends', () => {
    const made = world();
    made.runTask('h1', 'a/1', '/a', task('t', cpus(2)));
    expect(usage(made.core, '/a').used).toEqual({ cpusMilli: 2_000 });
    made.endTask('a/1/t');
    expect(usage(made.core, '/a').used).toEqual({});
  });

  it('keeps nothing of a deleted role that is charged nothing, and begins anew when it is made again', () => {
    const made = world();
    made.role('/a/x');
    const before = made.core.ledger.liveAccount('/a/x');
    made.runTask('h1', 'a/1', '/a/x', task('t', cpus(2)));
    made.core.state.roles.delete('/a/x');
    // Something is charged to it still: it must not be forgotten.
    expect(made.core.ledger.liveAccount('/a/x')).toBe(before);
    made.endTask('a/1/t');
    made.role('/a/x');
    made.core.state.roles.delete('/a/x');
    expect([...made.core.ledger.roles()]).not.toContain('/a/x');
    made.role('/a/x');
    made.runTask('h1', 'a/1', '/a/x', task('u', cpus(3)));
    expect(made.core.ledger.account('/a/x').total).toEqual({ cpusMilli: 3_000 });
    expect(made.core.ledger.account('/a').total).toEqual({ cpusMilli: 3_000 });
    expect(made.core.ledger.liveAccount('/a/x')).not.toBe(before);
  });

  it('does not grow with roles that come and go, nor does what was noted about them', () => {
    const made = world();
    const { ledger, allocationMemory } = made.core;
    for (let number = 0; number < 100; number += 1) {
      const role = `/r${number}`;
      made.role(role);
      made.runTask('h1', 'a/1', role, task(`t${number}`, cpus(1)));
      made.endTask(`a/1/t${number}`);
      allocationMemory.noteCeiling(role, 'cpusMilli', 0);
      allocationMemory.keptSlices.set(`${role}|cpusMilli`, { role, dimension: 'cpusMilli', room: 0 });
      allocationMemory.keptHosts.set('standard', new Map([[role, 0]]));
      made.core.state.roles.delete(role);
    }
    expect([...ledger.roles()]).toEqual(['/']);
    expect(allocationMemory.refusedAt.size).toBe(0);
    expect(allocationMemory.keptSlices.size).toBe(0);
    expect(allocationMemory.keptHosts.size).toBe(0);
  });

  it('charges an open offer, once, also while it is renewed', () => {
    const made = world();
    made.demand('a/1', '/a', [hostsEntry('d', 1)]);
    const [offer] = made.pass();
    expect(usage(made.core, '/a')).toEqual({ used: {}, offered: HOST, movingIn: {}, reserved: {} });
    made.core.state.offers.put({ ...made.core.state.offers.get(offer!.offerId)!, expiresMs: 9e9 });
    expect(usage(made.core, '/a').offered).toEqual(HOST);
    made.core.state.offers.delete(offer!.offerId);
    expect(usage(made.core, '/a').offered).toEqual({});
  });

  it('charges a move to its target while the source stays charged through its lease', () => {
    const made = world();
    const leaseId = made.lease('h1', 'a/1', '/a');
    made.core.state.transitions.put(transition());
    expect(usage(made.core, '/a').used).toEqual(HOST);
    expect(usage(made.core, '/b/x').movingIn).toEqual(HOST);
    // leave is done
    made.core.state.leases.delete(leaseId);
    made.core.state.hosts.put({ ...made.core.state.hosts.get('h1')!, mode: 'free', leaseId: null });
    expect(usage(made.core, '/a').used).toEqual({});
    expect(usage(made.core, '/b/x').movingIn).toEqual(HOST);
    // the directed offer was accepted: the lease takes over
    made.lease('h1', 'b/1', '/b/x');
    expect(usage(made.core, '/b/x')).toEqual({ used: HOST, offered: {}, movingIn: {}, reserved: {} });
    expect(held(made.core, 'b/1', '/b/x', 'standard')).toBe(1);
  });

  it.each([
    ['a sibling', '/b/y', ['/b/x']],
    ['a cousin', '/b/y/z', ['/b/x']],
    ['the role above', '/b', ['/b/x']],
    ['a role below', '/b/x/z', []],
    ['another framework of the role', '/b/x', []],
    ['another tree', '/a', ['/b/x', '/b']],
  ])(
    'charges a host moving in from %s only below what the two have in common, until it has left',
    (_who, from, twice) => {
      const made = world();
      for (const role of lineage(from)) made.role(role);
      const leaseId = made.lease('h1', 'a/1', from);
      made.core.state.transitions.put(transition({ from: { frameworkId: 'a/1', role: from } }));
      expect(['/b/x', '/b', '/'].filter((role) => 'hosts' in usage(made.core, role).movingIn)).toEqual(twice);
      expect(usage(made.core, '/').used).toEqual(HOST);
      expect(auditAll(made.core).filter((one) => one.message.includes('ledger'))).toEqual([]);
      // leave is done: from here on nobody else stands for it
      made.core.state.leases.delete(leaseId);
      made.core.state.hosts.put({ ...made.core.state.hosts.get('h1')!, mode: 'free', leaseId: null });
      for (const role of ['/b/x', '/b', '/']) {
        expect(usage(made.core, role)).toEqual({ used: {}, offered: {}, movingIn: HOST, reserved: {} });
        expect(made.core.ledger.account(role).own['hosts'] ?? 0).toBe(role === '/b/x' ? 1 : 0);
      }
      expect(auditAll(made.core).filter((one) => one.message.includes('ledger'))).toEqual([]);
    },
  );

  it.each([
    ['has ended', { outcome: 'cancelled' }],
    ['turned back', { direction: 'rollback' }],
    ['leads to the free pool', { to: null, toMode: 'free' }],
  ] as const)('does not charge a move that %s', (_what, change) => {
    const made = world();
    made.core.state.transitions.put(transition());
    made.core.state.transitions.put(transition(change));
    expect(usage(made.core, '/b/x').movingIn).toEqual({});
  });

  it('charges anew when a host changes size or shape', () => {
    const made = world();
    made.lease('h1', 'a/1', '/a');
    made.core.state.hosts.put({ ...made.core.state.hosts.get('h1')!, resources: cpus(1), shape: 'small' });
    expect(usage(made.core, '/a').used).toEqual({ cpusMilli: 1_000, hosts: 1, 'hosts/small': 1 });
    expect([held(made.core, 'a/1', '/a', 'standard'), held(made.core, 'a/1', '/a', 'small')]).toEqual([0, 1]);
  });

  it('does not hold against a framework the hosts it is giving up', () => {
    const made = world();
    const leaseId = made.lease('h1', 'a/1', '/a');
    made.core.state.leases.put({ ...made.core.state.leases.get(leaseId)!, phase: 'leaving' });
    expect(held(made.core, 'a/1', '/a', 'standard')).toBe(0);
    expect(usage(made.core, '/a').used).toEqual(HOST);
  });
});

describe('capacity', () => {
  it.each([
    ['unclaimed', 0, 0],
    ['quarantined', 0, 0],
    ['shared', 0, 16_000],
    ['leased', 1, 16_000],
    ['free', 1, 16_000],
  ] as const)('of a host that is %s', (mode, whole, cpusMilli) => {
    const made = new World();
    made.host({ name: 'h1', mode });
    expect(made.core.capacity.shape('standard').hosts).toBe(whole);
    expect(made.core.capacity.total['cpusMilli'] ?? 0).toBe(cpusMilli);
  });

  it('goes with a lost host and comes back with it', () => {
    const made = world();
    const presence = made.core.state.hostPresence.get('h1')!;
    made.core.state.hostPresence.put({ ...presence, lost: true });
    expect(made.core.capacity.hosts).toBe(0);
    made.core.state.hostPresence.put(presence);
    expect(made.core.capacity.hosts).toBe(1);
  });
});

describe('a leased host that is set aside', () => {
  it('stays charged to its holder and serves nobody, as it is no capacity', () => {
    const made = world();
    const { ledger, capacity, state } = made.core;
    const leaseId = made.lease('h1', 'ovirt/prod', '/prod');
    const host = state.hosts.get('h1')!;
    expect(ledger.served('/prod')).toMatchObject({ hosts: 1 });
    state.hosts.put({ ...host, mode: 'quarantined' });
    expect(state.leases.has(leaseId)).toBe(true);
    expect(ledger.account('/prod').total).toMatchObject({ hosts: 1 });
    expect(ledger.served('/prod')['hosts'] ?? 0).toBe(0);
    expect(ledger.holdings.counts(Holdings.key('ovirt/prod', '/prod', 'standard'))).toMatchObject({ granted: 0 });
    expect(capacity.hosts).toBe(0);
    state.hosts.put(host);
    expect(ledger.served('/prod')).toMatchObject({ hosts: 1 });
  });
});

describe('role paths', () => {
  it('know their ancestors', () => {
    expect(lineage('/a/b')).toEqual(['/a/b', '/a', '/']);
    expect([parentOf('/a/b'), parentOf('/a'), parentOf('/')]).toEqual(['/a', '/', null]);
    expect([isWithin('/a/b', '/a'), isWithin('/ab', '/a'), isWithin('/a', '/')]).toEqual([true, false, true]);
  });

  it.each(['a', '', '/A', '/a/', '//a', '/-a', '/a b', `/${'x'.repeat(64)}`, '/1/2/3/4/5/6/7/8/9'])(
    'refuse %j',
    (path) => {
      expect(pathProblem(path)).toContain(`role "${path}"`);
    },
  );

  it.each(['/', '/a', '/research/hadoop-2'])('accept %j', (path) => {
    expect(pathProblem(path)).toBeNull();
  });
});

describe('dimensions that come and go', () => {
  it('leave nothing behind when the host that had them has others, or is no capacity any more', () => {
    const world = new World();
    world.framework('a/1', ['/a']);
    const host = world.host({ name: 'h1' });
    world.lease('h1', 'a/1', '/a');
    for (let at = 1; at <= 50; at += 1) {
      const now = world.core.state.hosts.get('h1') ?? host;
      const resources = { quantities: { cpusMilli: 1_000, [`thing${at}`]: 1 }, ports: [] };
      world.core.state.hosts.put({ ...now, resources });
    }
    expect(world.core.capacity.total).toEqual({ cpusMilli: 1_000, thing50: 1 });
    for (const role of ['/a', '/'])
      expect(world.core.ledger.account(role).total).toEqual({
        cpusMilli: 1_000,
        thing50: 1,
        hosts: 1,
        'hosts/standard': 1,
      });
    expect(auditAll(world.core).filter(({ invariant }) => invariant === 'I3')).toEqual([]);
  });
});

describe('shares', () => {
  it('are exact floors of parts per billion, also for bytes of a whole fleet', () => {
    expect(partsPerBillion(1, 3)).toBe(333_333_333);
    expect(partsPerBillion(2 ** 42 - 1, 2 ** 42)).toBe(999_999_999);
    expect(partsPerBillion(50_000 * 2 ** 40, 100_000 * 2 ** 40)).toBe(500_000_000);
    expect([partsPerBillion(0, 0), partsPerBillion(1, 0), partsPerBillion(9, 1)]).toEqual([
      0, 4_000_000_000, 4_000_000_000,
    ]);
  });

  it('that are equal tie, although their rounded numbers differ', () => {
    const share = (borrowed: number, whole: number) => ({ share: borrowed / whole, borrowed, whole });
    const a = share(1, 10);
    const b = share(3, 10);
    expect(a.share * 3).not.toBe(b.share);
    expect(compareWeighted(a, 1, b, 3)).toBe(0);
    expect(compareWeighted(a, 1, b, 2)).toBeLessThan(0);
    expect(compareWeighted(b, 3, share(6, 20), 3)).toBe(0);
  });

  it('that differ by less than a number can show are told apart by their fractions', () => {
    const whole = 2 ** 52;
    const share = (borrowed: number, of: number) => ({ share: borrowed / of, borrowed, whole: of });
    expect(compareWeighted(share(whole - 1, whole), 7, share(whole - 1, whole), 7)).toBe(0);
    expect(compareWeighted(share(whole - 2, whole - 1), 1, share(whole - 1, whole), 1)).toBeLessThan(0);
  });
});
