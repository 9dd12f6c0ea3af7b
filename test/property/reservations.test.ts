// Whatever frameworks and operators do with reservations: nothing is given twice, inside them or beside them, nobody but
// their role gets anything of them, each is charged once, and the books equal a count from scratch.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { auditAll, violationText } from '../../scheduler/invariants.js';
import { handleOperatorCommand } from '../../scheduler/operate/index.js';
import type { OperatorCommand } from '../../scheduler/operate/commands.js';
import type { AcceptAction } from '../../scheduler/protocol.js';
import { cpus, slicesEntry, task, World } from '../unit/scheduler/allocate/world.js';

const FRAMEWORKS = [
  ['one/1', '/a'],
  ['one/2', '/a'],
  ['two/1', '/a/x'],
  ['three/1', '/b'],
] as const;
const ROLES = ['/a', '/a/x', '/b'] as const;
const HOSTS = 3;
const LIMIT = { cpusMilli: 12_000 };

type Action =
  | {
      readonly kind: 'demand';
      readonly who: number;
      readonly count: number;
      readonly cpus: number;
      readonly all: boolean;
    }
  | { readonly kind: 'open'; readonly who: number; readonly enabled: boolean }
  | { readonly kind: 'answer'; readonly pick: number; readonly how: 'launch' | 'reserve' | 'unreserve' | 'decline' }
  | { readonly kind: 'end_task'; readonly pick: number }
  | {
      readonly kind: 'reserve';
      readonly host: number;
      readonly role: number;
      readonly cpus: number;
      readonly ports: number;
    }
  | { readonly kind: 'unreserve'; readonly pick: number; readonly cpus: number }
  | { readonly kind: 'time'; readonly ms: number };

const nat = fc.nat({ max: 1_000 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    ...{ kind: fc.constant('demand' as const), who: nat, count: fc.nat({ max: 5 }) },
    ...{ cpus: fc.integer({ min: 1, max: 6 }), all: fc.boolean() },
  }),
  fc.record({ kind: fc.constant('open' as const), who: nat, enabled: fc.boolean() }),
  ...(['launch', 'launch', 'reserve', 'unreserve', 'decline'] as const).map((how) =>
    fc.record({ kind: fc.constant('answer' as const), pick: nat, how: fc.constant(how) }),
  ),
  fc.record({ kind: fc.constant('end_task' as const), pick: nat }),
  fc.record({
    ...{ kind: fc.constant('reserve' as const), host: nat, role: nat },
    ...{ cpus: fc.nat({ max: 8 }), ports: fc.nat({ max: 3 }) },
  }),
  fc.record({ kind: fc.constant('unreserve' as const), pick: nat, cpus: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(10, 5_000, 40_000) }),
);

function start(): World {
  const world = new World();
  for (const role of ROLES) world.role(role);
  world.role('/a', { limit: LIMIT });
  for (const [id, role] of FRAMEWORKS) world.framework(id, [role]);
  const ports = [{ first: 8_000, last: 8_009 }];
  world.hosts(HOSTS, 'h', { mode: 'shared', resources: { ...cpus(8, 16), ports } });
  return world;
}

function act(world: World, drawn: Action, number: number): void {
  const { core } = world;
  const framework = (who: number) => FRAMEWORKS[who % FRAMEWORKS.length]!;
  const ports = (count: number) => (count === 0 ? [] : [{ first: 8_000, last: 7_999 + count }]);
  switch (drawn.kind) {
    case 'demand': {
      const [id, role] = framework(drawn.who);
      world.demand(id, role, [slicesEntry('d', drawn.count, cpus(drawn.cpus), { allOrNothing: drawn.all })]);
      return;
    }
    case 'open': {
      const [id, role] = framework(drawn.who);
      world.openOffers(id, role, drawn.enabled);
      return;
    }
    case 'answer': {
      const offers = [...core.state.offers.values()];
      const offer = offers[drawn.pick % Math.max(1, offers.length)];
      if (offer === undefined) return;
      const { offerId, frameworkId, resources } = offer;
      if (drawn.how === 'decline') {
        world.decline(frameworkId, [offerId], 1_000);
        return;
      }
      const launch: AcceptAction = { kind: 'launch', tasks: [task(`t${number}`, resources)] };
      world.accept(frameworkId, [offerId], drawn.how === 'launch' ? launch : { kind: drawn.how });
      return;
    }
    case 'end_task': {
      const running = [...core.state.tasks.values()].filter(({ state }) => state === 'running');
      const ended = running[drawn.pick % Math.max(1, running.length)];
      if (ended !== undefined) world.endTask(ended.taskKey);
      return;
    }
    case 'reserve': {
      const resources = { ...cpus(drawn.cpus), ports: ports(drawn.ports) };
      const host = `h${(drawn.host % HOSTS) + 1}`;
      const role = ROLES[drawn.role % ROLES.length]!;
      command(world, { kind: 'reserve', host, role, resources, reason: '', dryRun: false });
      return;
    }
    case 'unreserve': {
      const ids = [...core.state.reservations.values()].map(({ reservationId }) => reservationId);
      const reservation = ids[drawn.pick % Math.max(1, ids.length)] ?? 'r-0-0';
      const resources = drawn.cpus === 0 ? { quantities: {}, ports: [] } : cpus(drawn.cpus);
      command(world, { kind: 'unreserve', reservation, resources, dryRun: false });
      return;
    }
    case 'time':
      world.advance(drawn.ms);
  }
}

/** A dry run says what the command then says and does; a refusal changes nothing, and running tasks stay. */
function command(world: World, drawn: OperatorCommand): void {
  const { state } = world.core;
  const before = JSON.stringify(state.dump());
  const running = [...state.tasks.values()].map(({ taskKey, state: now }) => [taskKey, now]);
  const dry = handleOperatorCommand(world.core, 'ana', { ...drawn, dryRun: true });
  expect(JSON.stringify(state.dump())).toBe(before);
  const done = handleOperatorCommand(world.core, 'ana', drawn);
  expect(dry.ok ? dry.changes : dry).toEqual(done.ok ? done.changes : done);
  if (!done.ok) expect(JSON.stringify(state.dump())).toBe(before);
  expect([...state.tasks.values()].map(({ taskKey, state: now }) => [taskKey, now])).toEqual(running);
}

function check(world: World): void {
  const { state, ledger } = world.core;
  // I1 beside and inside reservations, I3 with the recount of the ledger, references.
  const found = auditAll(world.core).filter(({ subject }) => subject !== 'the planner' && subject !== 'the allocator');
  expect(found.map(violationText)).toEqual([]);
  expect(ledger.account('/a').total['cpusMilli'] ?? 0).toBeLessThanOrEqual(LIMIT.cpusMilli);
  for (const offer of state.offers.values()) {
    if (offer.reservationId === undefined) continue;
    const [, role] = FRAMEWORKS.find(([id]) => id === offer.frameworkId)!;
    expect(state.reservations.get(offer.reservationId)?.role).toBe(role);
  }
}

describe('reservations, whatever happens', () => {
  it('give nothing twice, are for their role only, and are charged once', () => {
    let [made, used] = [0, 0];
    fc.assert(
      fc.property(fc.array(action, { minLength: 10, maxLength: 60 }), (actions) => {
        const world = start();
        for (const [number, each] of actions.entries()) {
          act(world, each, number);
          check(world);
          world.pass();
          check(world);
          made += world.core.state.reservations.size;
          for (const one of world.core.state.tasks.values()) if (one.reservationId !== undefined) used += 1;
        }
      }),
      { numRuns: 60 },
    );
    // The runs met what they are about.
    expect(made).toBeGreaterThan(100);
    expect(used).toBeGreaterThan(20);
  });

  it('serve demand of their role in the next pass, whatever else is charged to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (kept, wanted) => {
        const world = start();
        world.role('/a', { limit: { cpusMilli: kept * 1_000 } });
        command(world, { kind: 'reserve', host: 'h1', role: '/a', resources: cpus(kept), reason: '', dryRun: false });
        world.demand('one/1', '/a', [slicesEntry('d', 1, cpus(wanted))]);
        world.demand('three/1', '/b', [slicesEntry('d', 24, cpus(1))]);
        const offers = world.pass().filter(({ role }) => role === '/a');
        expect(offers.map(({ reservationId }) => reservationId !== null)).toEqual(wanted <= kept ? [true] : []);
      }),
      { numRuns: 40 },
    );
  });
});
