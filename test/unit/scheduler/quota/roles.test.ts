import { describe, expect, it } from '@jest/globals';
import type { RoleChange } from '../../../../scheduler/operate/commands.js';
import { deleteRole, entitlements, setRole } from '../../../../scheduler/quota/index.js';
import { hostsEntry, World } from '../allocate/world.js';

const set = (world: World, role: string, change: RoleChange, dryRun = false) =>
  setRole(world.core, 'ada', role, change, dryRun);

function fleet(): World {
  const world = new World();
  world.hosts(10);
  world.role('/research', { guarantee: { hosts: 6 }, limit: { hosts: 8 } });
  world.role('/research/hadoop', { guarantee: { hosts: 4 } });
  return world;
}

describe('setting a role', () => {
  it('changes what is named, says what changes, and leaves the rest', () => {
    const world = fleet();
    expect(set(world, '/research/hadoop', { weight: 2 })).toEqual({
      ok: true,
      changes: ['weight is 2 (was 1)'],
      remarks: [],
      ids: ['/research/hadoop'],
    });
    expect(world.core.state.roles.get('/research/hadoop')).toMatchObject({ weight: 2, guarantee: { hosts: 4 } });
    expect(world.core.timers.dueMs('plan')).toBe(world.core.nowMs);
  });

  it('changes nothing, and says so, when the role is so already', () => {
    const world = fleet();
    world.core.takeEffects();
    world.core.state.takeMutations();
    for (const dryRun of [true, false])
      expect(set(world, '/research/hadoop', { weight: 1, guarantee: { hosts: 4 } }, dryRun)).toEqual({
        ok: true,
        changes: [],
        remarks: ['role /research/hadoop has this quota already'],
        ids: ['/research/hadoop'],
      });
    expect(world.core.takeEffects()).toEqual([]);
    expect(world.core.state.takeMutations()).toEqual([]);
  });

  it('only says what it would do in a dry run', () => {
    const world = fleet();
    const before = world.core.state.roles.get('/research/hadoop');
    expect(set(world, '/research/hadoop', { limit: { hosts: 5 } }, true)).toMatchObject({
      ok: true,
      changes: ['limit is hosts=5 (was none)'],
    });
    expect(world.core.state.roles.get('/research/hadoop')).toBe(before);
  });

  it.each<[string, string, RoleChange, string, string]>([
    ['a malformed path', 'research', {}, 'INVALID_ARGUMENT', 'must start with a slash'],
    [
      'a parent that does not exist',
      '/x/y',
      {},
      'NOT_FOUND',
      'role /x does not exist; make it first: mosaic quota set /x',
    ],
    [
      'a weight of 0',
      '/research',
      { weight: 0 },
      'INVALID_ARGUMENT',
      'weight is 0; it must be a whole number from 1 to 1000000',
    ],
    ['a broken priority', '/research', { priority: 0.5 }, 'INVALID_ARGUMENT', 'priority is 0.5'],
    ['a negative limit', '/research', { limit: { hosts: -1 } }, 'INVALID_ARGUMENT', 'limit.hosts is -1'],
    ['an unknown shape', '/research', { limit: { 'hosts/gpu': 1 } }, 'INVALID_ARGUMENT', 'there are: standard'],
    [
      'a guarantee above the limit',
      '/research',
      { guarantee: { hosts: 9 } },
      'FAILED_PRECONDITION',
      'more than its limit hosts=8',
    ],
    [
      'children guaranteed more than their parent',
      '/research/hadoop',
      { guarantee: { hosts: 7 } },
      'FAILED_PRECONDITION',
      'more than its own guarantee hosts=6',
    ],
    [
      'a lending limit above the guarantee',
      '/research',
      { lendingLimit: { hosts: 7 } },
      'FAILED_PRECONDITION',
      'more than the 6 it is guaranteed',
    ],
    [
      'a guarantee of the root',
      '/',
      { guarantee: { hosts: 1 } },
      'INVALID_ARGUMENT',
      'the root role / cannot have a guarantee',
    ],
    [
      'a broken reclaim policy',
      '/research',
      { reclaim: { kind: 'soft', graceMs: -1, deadlineMs: 0, movesPerRound: 1, minHoldMs: -1 } },
      'INVALID_ARGUMENT',
      'reclaim.graceMs is -1',
    ],
    [
      'more guarantees than the fleet has',
      '/other',
      { guarantee: { hosts: 5 } },
      'FAILED_PRECONDITION',
      'guarantees would add up to hosts=11, but the fleet has 10',
    ],
  ])('refuses %s and changes nothing', (_what, role, change, code, sentence) => {
    const world = fleet();
    const before = world.core.state.roles.get(role);
    const reply = set(world, role, change);
    expect(reply).toMatchObject({ ok: false, code });
    expect(reply.ok ? '' : reply.message).toContain(sentence);
    expect(world.core.state.roles.get(role)).toBe(before);
  });

  it('accepts more guarantees than the fleet has by force; they then shrink', () => {
    const world = fleet();
    expect(set(world, '/other', { guarantee: { hosts: 8 }, priority: 1, force: true })).toMatchObject({ ok: true });
    const owed = entitlements(world.core);
    expect([
      owed.effectiveGuarantee('/other'),
      owed.effectiveGuarantee('/research'),
      owed.effectiveGuarantee('/research/hadoop'),
    ]).toEqual([{ hosts: 8 }, { hosts: 2 }, { hosts: 2 }]);
  });

  it('wants shapes named in a guarantee once there are several', () => {
    const world = fleet();
    world.shape('gpu', 10);
    const reply = set(world, '/other', { guarantee: { hosts: 1 } });
    expect(reply.ok ? '' : reply.message).toContain('name them: hosts/gpu, hosts/standard');
  });

  it('rescinds open offers for which a lower limit leaves no room, newest first', () => {
    const world = fleet();
    world.framework('a/1', ['/a']);
    world.demand('a/1', '/a', [hostsEntry('d', 4)]);
    const offers = world.pass();
    expect(set(world, '/a', { limit: { hosts: 3 } })).toMatchObject({
      ok: true,
      changes: ['limit is hosts=3 (was none)', '1 open offer is rescinded (1 of a/1)'],
    });
    expect(world.sent('rescind').map(({ event }) => event.offerIds)).toEqual([[offers[3]!.offerId]]);
    expect(world.total('/a', 'hosts')).toBe(3);
  });

  it('refuses a limit below what is held, unless forced: then nothing is taken and a condition says so', () => {
    const world = fleet();
    world.framework('a/1', ['/a']);
    for (const host of ['h1', 'h2', 'h3']) world.lease(host, 'a/1', '/a');
    const refused = set(world, '/a', { limit: { hosts: 2 } });
    expect(refused).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    expect(refused.ok ? '' : refused.message).toContain('role /a holds hosts=3, more than 2');
    expect(set(world, '/a', { limit: { hosts: 2 }, force: true })).toMatchObject({ ok: true });
    expect(world.core.state.conditions.get('OVER_LIMIT|/a')?.message).toContain('hosts=3 over its limit 2');
    world.release('h1');
    world.pass();
    expect(world.core.state.conditions.has('OVER_LIMIT|/a')).toBe(false);
  });

  it('takes a borrowing limit as a ceiling above the guarantee', () => {
    const world = fleet();
    set(world, '/a', { guarantee: { hosts: 2 }, borrowingLimit: { hosts: 1 } });
    world.framework('a/1', ['/a']);
    world.demand('a/1', '/a', [hostsEntry('d', 10)]);
    expect(world.pass()).toHaveLength(3);
    expect(entitlements(world.core).of('/a', 'standard')).toBe(3);
  });
});

describe('deleting a role', () => {
  it('needs it to be unused: no roles below, no framework, nothing held', () => {
    const world = fleet();
    const remove = (role: string) => deleteRole(world.core, 'ada', role, false);
    expect(remove('/')).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
    expect(remove('/nope')).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(remove('/research')).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    world.framework('h/1', ['/research/hadoop']);
    expect(remove('/research/hadoop')).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    world.core.state.frameworks.delete('h/1');
    expect(remove('/research/hadoop')).toMatchObject({ ok: true });
    expect(remove('/research')).toMatchObject({ ok: true });
    expect(world.core.state.roles.has('/research')).toBe(false);
  });
});

describe('the entitlement', () => {
  it('gives idle guarantees to who wants them, and back on demand', () => {
    const world = fleet();
    world.framework('a/1', ['/a']);
    world.framework('h/1', ['/research/hadoop']);
    world.demand('a/1', '/a', [hostsEntry('d', 10)]);
    world.demand('h/1', '/research/hadoop', [hostsEntry('d', 0)]);
    expect(entitlements(world.core).of('/a', 'standard')).toBe(10);
    world.demand('h/1', '/research/hadoop', [hostsEntry('d', 6)]);
    // guaranteed: /research 6 (through hadoop 4 and its parent's other 2); /a borrows the rest
    const owed = entitlements(world.core);
    expect([
      owed.of('/a', 'standard'),
      owed.of('/research/hadoop', 'standard'),
      owed.of('/research', 'standard'),
    ]).toEqual([4, 6, 6]);
    expect(owed.demanded('/research', 'standard')).toBe(6);
  });

  it('leaves a tie with who holds the host already', () => {
    const world = new World();
    world.hosts(3);
    world.framework('a/1', ['/a']);
    world.framework('b/1', ['/b']);
    world.lease('h1', 'b/1', '/b');
    world.lease('h2', 'b/1', '/b');
    world.lease('h3', 'a/1', '/a');
    for (const [id, role] of [
      ['a/1', '/a'],
      ['b/1', '/b'],
    ] as const)
      world.demand(id, role, [hostsEntry('d', 3)]);
    const owed = entitlements(world.core);
    expect([owed.of('/a', 'standard'), owed.of('/b', 'standard')]).toEqual([1, 2]);
  });

  it('takes a framework that has said nothing to want what it holds', () => {
    const world = new World();
    world.hosts(3);
    world.framework('a/1', ['/a']);
    world.lease('h1', 'a/1', '/a');
    expect(entitlements(world.core).of('/a', 'standard')).toBe(1);
    world.demand('a/1', '/a', []);
    expect(entitlements(world.core).of('/a', 'standard')).toBe(0);
  });

  it('fills special shapes first, so that who can use only common hosts gets more of them', () => {
    const world = new World();
    world.shape('gpu', 10);
    world.hosts(2, 'g', { shape: 'gpu' });
    world.hosts(4, 's');
    for (const name of ['a', 'b']) world.framework(`${name}/1`, [`/${name}`]);
    world.demand('a/1', '/a', [hostsEntry('gpu', 2, { want: { kind: 'hosts', shape: 'gpu' } }), hostsEntry('std', 4)]);
    world.demand('b/1', '/b', [hostsEntry('std', 4)]);
    const owed = entitlements(world.core);
    // /a 2/6 from the GPU hosts; /b catches up to 2/6, then 3 and 3.
    expect([owed.of('/a', 'gpu'), owed.of('/a', 'standard'), owed.of('/b', 'standard')]).toEqual([2, 1, 3]);
  });

  it('counts only what is borrowed: a guaranteed host weighs nothing', () => {
    const world = new World();
    world.hosts(8);
    world.role('/a', { guarantee: { hosts: 4 } });
    for (const name of ['a', 'b']) {
      world.framework(`${name}/1`, [`/${name}`]);
      world.demand(`${name}/1`, `/${name}`, [hostsEntry('d', 8)]);
    }
    const owed = entitlements(world.core);
    expect([owed.of('/a', 'standard'), owed.of('/b', 'standard')]).toEqual([6, 2]);
  });

  it('is remembered until something changes', () => {
    const world = fleet();
    const first = entitlements(world.core);
    expect(entitlements(world.core)).toBe(first);
    world.host({ name: 'another' });
    expect(entitlements(world.core)).not.toBe(first);
  });
});
