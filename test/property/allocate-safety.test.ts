// Whatever frameworks, hosts and admins do: nothing is given twice, no limit is passed, the ledger equals a recount; and
// when everyone calms down, nothing lies idle that somebody wants and may have.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { demandStatuses, isOfferableWhole } from '../../scheduler/allocate/index.js';
import { excess, recountRoles } from '../../scheduler/invariants/recount.js';
import type { DemandEntry } from '../../scheduler/protocol.js';
import { setRole, usage, wouldExceedLimit } from '../../scheduler/quota/index.js';
import { matchesConstraints } from '../../scheduler/state/constraints.js';
import { cpus, hostsEntry, slicesEntry, task, World } from '../unit/scheduler/allocate/world.js';

const ROLES = ['/a', '/b', '/a/x'] as const;
const FRAMEWORKS = [
  ['one/1', ['/a', '/b']],
  ['two/1', ['/a/x']],
  ['three/1', ['/b']],
] as const;

type Action =
  | { readonly kind: 'demand'; readonly who: number; readonly role: number; readonly entries: readonly DemandEntry[] }
  | { readonly kind: 'answer'; readonly pick: number; readonly accept: boolean; readonly filterMs: number }
  | { readonly kind: 'release'; readonly pick: number }
  | { readonly kind: 'end_task'; readonly pick: number }
  | {
      readonly kind: 'quota';
      readonly role: number;
      readonly limit: number;
      readonly guarantee: number;
      readonly weight: number;
    }
  | { readonly kind: 'connect'; readonly who: number; readonly connected: boolean }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'renew_host'; readonly pick: number; readonly cpus: number };

const entry: fc.Arbitrary<DemandEntry> = fc
  .record({
    slices: fc.boolean(),
    count: fc.integer({ min: 0, max: 6 }),
    minimum: fc.integer({ min: 0, max: 3 }),
    allOrNothing: fc.boolean(),
    cpus: fc.integer({ min: 1, max: 6 }),
    ports: fc.integer({ min: 0, max: 3 }),
    rack: fc.option(fc.constantFrom('r1', 'r2'), { freq: 3 }),
    placement: fc.constantFrom(
      [],
      [{ kind: 'spread', domain: 'rack' }],
      [{ kind: 'pack', domain: 'rack' }],
      [{ kind: 'distinct_hosts', domain: 'rack' }],
    ),
    priority: fc.integer({ min: 0, max: 1 }),
  })
  .map((drawn) => {
    const more: Partial<DemandEntry> = {
      minimum: Math.min(drawn.minimum, drawn.count),
      allOrNothing: drawn.allOrNothing,
      priority: drawn.priority,
      placement: drawn.placement as DemandEntry['placement'],
      constraints: drawn.rack === null ? [] : [{ attribute: 'rack', op: 'equals', values: [drawn.rack] }],
    };
    const ports = drawn.ports === 0 ? [] : [{ first: 1, last: drawn.ports }];
    return drawn.slices
      ? slicesEntry('', drawn.count, { ...cpus(drawn.cpus), ports }, more)
      : hostsEntry('', drawn.count, more);
  });

const pick = fc.nat({ max: 1_000 });
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('demand' as const),
      who: pick,
      role: pick,
      entries: fc.array(entry, { maxLength: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      pick,
      accept: fc.boolean(),
      filterMs: fc.constantFrom(0, 1_000, 60_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end_task' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('quota' as const),
      role: pick,
      limit: fc.integer({ min: 0, max: 6 }),
      guarantee: fc.integer({ min: 0, max: 3 }),
      weight: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('connect' as const), who: pick, connected: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(10, 5_000, 40_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('renew_host' as const), pick, cpus: fc.integer({ min: 1, max: 16 }) }),
  },
);

function start(): World {
  const world = new World();
  for (const role of ROLES) world.role(role);
  for (const [id, roles] of FRAMEWORKS) world.framework(id, roles);
  world.hosts(3, 'a', { rack: 'r1' });
  world.hosts(3, 'b', { rack: 'r2' });
  world.hosts(2, 's', { mode: 'shared', rack: 'r1' });
  world.hosts(1, 't', {
    mode: 'shared',
    rack: 'r2',
    resources: { ...cpus(8), ports: [{ first: 31_000, last: 31_003 }] },
  });
  return world;
}

let taskNumber = 0;

function act(world: World, drawn: Action): void {
  const { core } = world;
  const framework = (number: number) => FRAMEWORKS[number % FRAMEWORKS.length]!;
  switch (drawn.kind) {
    case 'demand': {
      const [id, roles] = framework(drawn.who);
      const entries = drawn.entries.map((each, index) => ({ ...each, demandId: `d${index}` }));
      world.demand(id, roles[drawn.role % roles.length]!, entries);
      return;
    }
    case 'answer': {
      const offers = [...core.state.offers.values()];
      const offer = offers[drawn.pick % Math.max(1, offers.length)];
      if (offer === undefined) return;
      answer(world, offer.offerId, drawn.accept, drawn.filterMs);
      return;
    }
    case 'release': {
      const leases = [...core.state.leases.values()];
      const lease = leases[drawn.pick % Math.max(1, leases.length)];
      if (lease !== undefined) world.release(lease.hostId);
      return;
    }
    case 'end_task': {
      const tasks = [...core.state.tasks.values()].filter(({ state }) => state === 'running');
      const running = tasks[drawn.pick % Math.max(1, tasks.length)];
      if (running !== undefined) world.endTask(running.taskKey);
      return;
    }
    case 'quota': {
      const { limit, guarantee, weight } = drawn;
      setRole(
        core,
        'test',
        ROLES[drawn.role % ROLES.length]!,
        { limit: { hosts: limit }, guarantee: { hosts: guarantee }, weight, force: true },
        false,
      );
      return;
    }
    case 'connect':
      world.connect(framework(drawn.who)[0], drawn.connected);
      core.markAllDirty();
      return;
    case 'time':
      world.advance(drawn.ms);
      return;
    case 'renew_host': {
      const host = [...core.state.hosts.values()].filter(({ mode }) => mode === 'free')[drawn.pick % 6];
      if (host === undefined || core.state.offersByHost.get(host.hostId).size > 0) return;
      core.state.hosts.put({ ...host, resources: cpus(drawn.cpus) });
      core.markDirty(host.hostId);
    }
  }
}

function answer(world: World, offerId: string, accept: boolean, filterMs: number): void {
  const offer = world.core.state.offers.get(offerId)!;
  const group = [...world.core.state.offers.values()].filter(
    (each) => each.offerId === offerId || (each.groupId !== null && each.groupId === offer.groupId),
  );
  if (!accept) {
    world.decline(offer.frameworkId, [offerId], filterMs);
  } else if (offer.wholeHost) {
    expect(
      world.accept(
        offer.frameworkId,
        group.map((each) => each.offerId),
      ),
    ).toMatchObject({ ok: true });
  } else if (group.every((each) => each.hostId === offer.hostId)) {
    const tasks = group.map((each) => task(`t${(taskNumber += 1)}`, each.resources));
    expect(
      world.accept(
        offer.frameworkId,
        group.map((each) => each.offerId),
        { kind: 'launch', tasks },
      ),
    ).toMatchObject({ ok: true });
  } else {
    world.decline(offer.frameworkId, [offerId], filterMs);
  }
}

function checkSafety(world: World): void {
  const { core } = world;
  for (const host of core.state.hosts.values()) {
    const offers = [...core.state.offersByHost.get(host.hostId)].map((id) => core.state.offers.get(id)!);
    const tasks = [...core.state.tasksByHost.get(host.hostId)]
      .map((key) => core.state.tasks.get(key)!)
      .filter(({ state }) => state === 'running');
    // No host is given twice (I1, I2).
    expect(
      excess([...offers.map(({ resources }) => resources), ...tasks.map(({ spec }) => spec.resources)], host.resources),
    ).toBeNull();
    if (host.mode !== 'free' && host.mode !== 'shared') expect(offers).toEqual([]);
    if (host.mode === 'free') expect(offers.length).toBeLessThanOrEqual(1);
  }
  const counted = recountRoles(core);
  for (const role of core.state.roles.values()) {
    const charged = usage(core, role.path);
    for (const part of ['used', 'offered', 'movingIn'] as const) {
      const tally = new Map([...(counted.get(role.path)?.[part] ?? [])].filter(([, value]) => value !== 0));
      // The ledger equals a count from scratch.
      expect(new Map(Object.entries(charged[part]))).toEqual(tally);
    }
    // No limit is passed by a grant (I3).
    if (core.state.conditions.has(`OVER_LIMIT|${role.path}`)) continue;
    expect(world.total(role.path, 'hosts')).toBeLessThanOrEqual(role.limit['hosts'] ?? Infinity);
  }
}

/** Everyone answers yes, filters end, passes run: then nothing idle is wanted by somebody who may have it. */
function checkLiveness(world: World): void {
  const { core } = world;
  for (const [id] of FRAMEWORKS) world.connect(id, true);
  core.markAllDirty();
  for (let round = 0; round < 8; round += 1) {
    world.advance(61_000);
    world.pass();
    for (const offerId of [...core.state.offers.values()].map((offer) => offer.offerId))
      if (core.state.offers.has(offerId)) answer(world, offerId, true, 0);
  }
  world.pass();
  for (const record of core.state.demands.values()) {
    const statuses = demandStatuses(core, record.frameworkId, record.role);
    for (const [index, wanted] of record.entries.entries()) {
      const status = statuses[index]!;
      if (status.pending === 0 || wanted.want.kind !== 'hosts' || wanted.allOrNothing || wanted.minimum > 1) continue;
      const idle = [...core.state.hosts.values()].filter(
        (host) => isOfferableWhole(core, host) && matchesConstraints(host, wanted.constraints),
      );
      const allowed = idle.filter(
        (host) => wouldExceedLimit(core, record.role, { ...host.resources.quantities, hosts: 1 }) === null,
      );
      expect({ demand: record.key, allowed: allowed.map(({ name }) => name) }).toEqual({
        demand: record.key,
        allowed: [],
      });
    }
  }
}

describe('the allocator, whatever happens', () => {
  it('gives nothing twice, passes no limit, and serves what it can once all is calm', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 40 }), (actions) => {
        const world = start();
        for (const each of actions) {
          act(world, each);
          checkSafety(world);
          world.pass();
          checkSafety(world);
        }
        checkLiveness(world);
        checkSafety(world);
      }),
      { numRuns: 40 },
    );
  });

  it('does the same for the same events (I7)', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 25 }), (actions) => {
        const trace = (): string => {
          taskNumber = 0;
          const world = start();
          for (const each of actions) {
            act(world, each);
            world.pass();
          }
          return JSON.stringify([
            world.sent('offers'),
            world.sent('rescind'),
            world.sent('demand_status'),
            world.core.state.dump(),
          ]);
        };
        expect(trace()).toBe(trace());
      }),
      { numRuns: 25 },
    );
  });
});
