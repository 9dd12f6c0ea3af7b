import { describe, expect, it } from '@jest/globals';
import { makeReservation } from '../../../../scheduler/allocate/reservations.js';
import { GIB, STANDARD_HOST, World, cpus, hostsEntry, slicesEntry, targets, task } from './world.js';
import type { Resources } from '../../../../scheduler/resources/index.js';
import type { SchedulerOptions } from '../../../../scheduler/config.js';

const A = 'spark/a';
const B = 'spark/b';

/** `hosts` shared hosts of 16 CPUs, 64 GiB and a thousand ports; frameworks A in /a and B in /b. */
function fleet(hosts: number, options: Partial<SchedulerOptions> = {}): World {
  const world = new World({ openOfferShareMaxMilli: 1000, ...options });
  world.role('/a');
  world.role('/b');
  world.framework(A, ['/a'], false);
  world.framework(B, ['/b'], false);
  world.hosts(hosts, 'h', { mode: 'shared' });
  return world;
}

function size(cpuCount: number, gib: number, ports: Resources['ports'] = []): Resources {
  return { quantities: { cpusMilli: cpuCount * 1000, memoryBytes: gib * GIB }, ports };
}

describe('open offers', () => {
  it('are the whole rest of shared hosts, given in turn by share', () => {
    const world = fleet(4);
    world.runTask('h1', 'other/x', '/', task('t', size(4, 16, [{ first: 31_000, last: 31_499 }])));
    world.openOffers(A, '/a');
    world.openOffers(B, '/b');
    const offers = world.pass();
    expect(targets(world, offers)).toEqual([`${A}=h1`, `${B}=h2`, `${A}=h3`, `${B}=h4`]);
    expect(offers[0]?.resources).toEqual(size(12, 48, [{ first: 31_500, last: 31_999 }]));
    expect(offers[1]?.resources).toEqual(STANDARD_HOST);
    expect(offers.map(({ demandId, wholeHost }) => [demandId, wholeHost])).toEqual(offers.map(() => ['', false]));
    expect(world.core.state.offers.size).toBe(4);
  });

  it('give a host that a claim took whole to no demand that comes later in the pass', () => {
    const world = new World({ openOfferShareMaxMilli: 1000 });
    world.framework('one/1', ['/a']);
    world.framework('three/1', ['/b']);
    world.hosts(2, 'h', { mode: 'shared', resources: cpus(8, 16) });
    // /b has more already, so the claim of /a goes first.
    world.runTask('h2', 'three/1', '/b', task('busy', cpus(8, 16)));
    world.openOffers('one/1', '/a');
    world.demand('three/1', '/b', [slicesEntry('d', 1, cpus(5))]);
    expect(targets(world, world.pass())).toEqual(['one/1=h1']);
  });

  it('are not made to who did not ask, stopped asking, is away, or is torn down', () => {
    const world = fleet(1);
    world.framework('spark/c', ['/a'], false);
    world.openOffers(A, '/a');
    world.openOffers(A, '/a', false);
    world.openOffers(B, '/b');
    world.connect(B, false);
    world.openOffers('spark/c', '/a');
    world.core.state.frameworks.put({ ...world.core.state.frameworks.get('spark/c')!, tornDown: true });
    expect(world.pass()).toEqual([]);
    world.connect(B, true);
    world.core.markDirty('h1');
    expect(targets(world, world.pass())).toEqual([`${B}=h1`]);
  });

  it('stay open when the framework stops asking: only new ones do not come', () => {
    const world = fleet(2);
    world.openOffers(A, '/a');
    const offers = world.pass();
    world.openOffers(A, '/a', false);
    expect(world.core.state.offers.size).toBe(2);
    const accepted = world.accept(A, [offers[0]!.offerId], { kind: 'launch', tasks: [task('t', cpus(1, 1))] });
    expect(accepted.ok).toBe(true);
    expect(world.pass()).toEqual([]);
  });

  it('go within a role to the claim with the smallest share of it', () => {
    const world = fleet(3);
    world.framework('spark/c', ['/a'], false);
    world.runTask('h1', A, '/a', task('t', cpus(8, 32)));
    world.openOffers(A, '/a');
    world.openOffers('spark/c', '/a');
    // a 1/6; c 0 → c gets h1's rest: 1/6 each, a first by name → h2; a 1/2; c 1/6 → h3
    expect(targets(world, world.pass())).toEqual(['spark/c=h1', `${A}=h2`, 'spark/c=h3']);
  });

  it('hold nothing smaller than the claim takes, by default 10 milli CPUs and 32 MiB', () => {
    const world = fleet(2);
    world.runTask('h1', 'other/x', '/', task('t', size(10, 10)));
    world.openOffers(A, '/a', true, { cpusMilli: 8_000 });
    expect(targets(world, world.pass())).toEqual([`${A}=h2`]);
    world.openOffers(A, '/a', false);
    world.runTask('h1', 'other/x', '/', task('u', { quantities: { memoryBytes: 54 * GIB - 1 }, ports: [] }));
    world.openOffers(B, '/b');
    world.core.markDirty('h1');
    expect(world.pass()).toEqual([]);
  });

  it('are cut at a limit: the limited dimension to its room, all others in proportion, ports rounded up', () => {
    const world = fleet(1);
    world.role('/a', { limit: { cpusMilli: 4_000 } });
    world.openOffers(A, '/a');
    world.openOffers(B, '/b');
    const offers = world.pass();
    expect(targets(world, offers)).toEqual([`${A}=h1`, `${B}=h1`]);
    expect(offers[0]?.resources).toEqual(size(4, 16, [{ first: 31_000, last: 31_249 }]));
    expect(offers[1]?.resources).toEqual(size(12, 48, [{ first: 31_250, last: 31_999 }]));
  });

  it('leave out what the role may have nothing of, and hold the rest for claims that need none of it', () => {
    const world = fleet(0);
    world.host({
      name: 'd1',
      mode: 'shared',
      resources: { quantities: { ...size(16, 64).quantities, diskBytes: 100 * GIB }, ports: [] },
    });
    world.role('/a', { limit: { diskBytes: 0 } });
    world.openOffers(A, '/a');
    world.openOffers(B, '/b', true, { diskBytes: GIB });
    const offers = world.pass();
    expect(targets(world, offers)).toEqual([`${A}=d1`, `${B}=d1`]);
    expect(offers.map(({ resources }) => resources.quantities)).toEqual([
      size(16, 64).quantities,
      { diskBytes: 100 * GIB },
    ]);
  });

  it('hold as much as a claim takes at least where a limit that it needs nothing below is nearly used up', () => {
    const world = fleet(2);
    world.role('/a', { limit: { memoryBytes: 65 * GIB } });
    world.runTask('h1', A, '/a', task('t', size(16, 64)));
    world.openOffers(A, '/a', true, { cpusMilli: 2_000 });
    // In proportion to 1 of 64 GiB there would be a quarter of a CPU.
    expect(world.pass()[0]?.resources.quantities).toEqual(size(2, 1).quantities);
  });

  it('go on for claims that need nothing of what the role has used up', () => {
    const world = fleet(2);
    world.framework('spark/c', ['/a'], false);
    world.role('/a', { limit: { memoryBytes: 64 * GIB } });
    world.runTask('h1', A, '/a', task('t', size(16, 64)));
    world.openOffers(A, '/a', true, { cpusMilli: 1_000, memoryBytes: GIB });
    world.openOffers('spark/c', '/a', true, { cpusMilli: 1_000 });
    const offers = world.pass();
    expect(targets(world, offers)).toEqual(['spark/c=h2']);
    expect(offers[0]?.resources.quantities).toEqual({ cpusMilli: 16_000 });
  });

  it('are cut in whole MiB', () => {
    const world = fleet(1);
    world.role('/a', { limit: { cpusMilli: 5_000 } });
    world.role('/b', { limit: { memoryBytes: 12_345_678_901 } });
    world.openOffers(A, '/a');
    world.openOffers(B, '/b');
    const offers = world.pass();
    expect(offers).toHaveLength(2);
    for (const { resources } of offers) expect((resources.quantities['memoryBytes'] ?? 0) % 2 ** 20).toBe(0);
  });

  it('come again when the role has room below its limit again', () => {
    const world = fleet(2);
    world.role('/a', { limit: { cpusMilli: 20_000 } });
    world.runTask('h1', A, '/a', task('t', cpus(16, 64)));
    world.openOffers(A, '/a');
    const [first] = world.pass();
    expect(first?.resources.quantities['cpusMilli']).toBe(4_000);
    expect(world.pass()).toEqual([]);
    world.endTask(`${A}/t`);
    const again = world.pass();
    expect(again.reduce((sum, { resources }) => sum + (resources.quantities['cpusMilli'] ?? 0), 0)).toBe(16_000);
  });

  it('are cut to what a role lacks of its guarantee while the rest is of use to others', () => {
    const world = fleet(1);
    world.role('/b', { guarantee: { cpusMilli: 4_000, memoryBytes: 8 * GIB } });
    world.openOffers(A, '/a');
    world.openOffers(B, '/b');
    const offers = world.pass();
    expect([...targets(world, offers)].sort()).toEqual([`${A}=h1`, `${B}=h1`]);
    expect(offers[0]?.resources.quantities).toEqual({ cpusMilli: 4_000, memoryBytes: 8 * GIB });
  });

  it('leave what a lending limit keeps for another role', () => {
    const world = fleet(2);
    world.role('/b', { guarantee: { cpusMilli: 8_000 }, lendingLimit: { cpusMilli: 0 } });
    world.openOffers(A, '/a');
    const offers = world.pass();
    expect(offers.reduce((sum, { resources }) => sum + (resources.quantities['cpusMilli'] ?? 0), 0)).toBe(24_000);
  });

  it('give GPUs only to who names them', () => {
    const world = fleet(1);
    const gpuHost = { quantities: { ...STANDARD_HOST.quantities, gpus: 2 }, ports: [] };
    world.host({ name: 'g1', mode: 'shared', resources: gpuHost });
    world.openOffers(A, '/a');
    expect(targets(world, world.pass())).toEqual([`${A}=h1`]);
    world.openOffers(B, '/b', true, { gpus: 1 });
    expect(targets(world, world.pass())).toEqual([`${B}=g1`]);
  });

  it('go on for others of the role when one asks for what the role has no room for', () => {
    const world = fleet(1);
    world.framework('spark/gpu', ['/b'], false);
    world.role('/b', { limit: { gpus: 0 } });
    const gpuHost = { quantities: { ...STANDARD_HOST.quantities, gpus: 2 }, ports: [] };
    world.host({ name: 'g1', mode: 'shared', resources: gpuHost });
    world.runTask('g1', B, '/b', task('t', size(1, 1)));
    world.openOffers('spark/gpu', '/b', true, { gpus: 1 });
    world.openOffers(B, '/b');
    expect(targets(world, world.pass())).toEqual([`${B}=h1`]);
  });

  it('hold something, also for who names a minimum of nothing', () => {
    const world = fleet(1);
    world.runTask('h1', 'other/x', '/', task('t', STANDARD_HOST));
    world.openOffers(A, '/a', true, { cpusMilli: 0 });
    expect(world.pass()).toEqual([]);
  });

  it('hold the rest of a host whose GPUs a demand took in the same pass', () => {
    const world = fleet(0);
    const gpuHost = { quantities: { ...STANDARD_HOST.quantities, gpus: 1 }, ports: [] };
    world.host({ name: 'g1', mode: 'shared', resources: gpuHost });
    // /a is served first, and passes the host over for its GPU; then the demand in /b takes that.
    world.openOffers(A, '/a');
    world.demand(B, '/b', [slicesEntry('d', 1, { quantities: { cpusMilli: 1_000, gpus: 1 }, ports: [] })]);
    expect([...targets(world, world.pass())].sort()).toEqual([`${A}=g1`, `${B}=g1`]);
  });

  it('go after stated demand of the same role', () => {
    const world = fleet(1);
    world.framework('spark/c', ['/a'], false);
    world.openOffers(A, '/a');
    world.demand('spark/c', '/a', [slicesEntry('d', 3, cpus(4, 16))]);
    const offers = world.pass();
    expect(offers.map(({ demandId }) => demandId)).toEqual(['d', 'd', 'd', '']);
    expect(offers[3]?.resources.quantities).toEqual({ cpusMilli: 4_000, memoryBytes: 16 * GIB });
  });

  it('are not rescinded when the same framework states demand', () => {
    const world = fleet(1);
    world.openOffers(A, '/a');
    world.pass();
    world.demand(A, '/a', [slicesEntry('d', 1, cpus(1, 1))]);
    expect(world.sent('rescind')).toEqual([]);
    expect(world.core.state.offers.size).toBe(1);
  });

  it('launch several tasks, and what these leave is offered again', () => {
    const world = fleet(1);
    world.openOffers(A, '/a');
    const [offer] = world.pass();
    const tasks = [task('t1', cpus(4, 16)), task('t2', cpus(4, 16))];
    expect(world.accept(A, [offer!.offerId], { kind: 'launch', tasks })).toEqual({ ok: true, ids: ['t1', 't2'] });
    expect(world.pass()[0]?.resources.quantities).toEqual({ cpusMilli: 8_000, memoryBytes: 32 * GIB });
  });
});

describe('a cap on what is under open offer', () => {
  it('holds a claim to its part of the fleet until it answers; one offer is always possible', () => {
    const world = fleet(4, { openOfferShareMaxMilli: 500 });
    world.openOffers(A, '/a');
    const offers = world.pass();
    expect(targets(world, offers)).toEqual([`${A}=h1`, `${A}=h2`]);
    world.accept(A, [offers[0]!.offerId], { kind: 'launch', tasks: [task('t', cpus(16, 64))] });
    expect(targets(world, world.pass())).toEqual([`${A}=h3`]);
    const small = fleet(1, { openOfferShareMaxMilli: 1 });
    small.openOffers(A, '/a');
    expect(small.pass()).toHaveLength(1);
  });
});

describe('a rest that is too large for a cap', () => {
  it('is passed over: a smaller one that comes later is offered', () => {
    const world = fleet(0, { openOfferShareMaxMilli: 500 });
    // Of 40 CPUs at most 20 at a time.
    world.host({ name: 'h1', mode: 'shared', resources: cpus(8, 8) });
    world.host({ name: 'h2', mode: 'shared', resources: cpus(16, 16) });
    world.host({ name: 'h3', mode: 'shared', resources: cpus(12, 12) });
    world.host({ name: 'h4', mode: 'shared', resources: cpus(4, 4) });
    world.openOffers(A, '/a');
    expect(targets(world, world.pass())).toEqual([`${A}=h1`, `${A}=h3`]);
  });

  it('is looked at once for each claim', () => {
    const world = fleet(0, { openOfferShareMaxMilli: 15 });
    world.hosts(100, 'h', { mode: 'shared', resources: cpus(16, 64) });
    world.openOffers(A, '/a', true, { cpusMilli: 10 });
    world.openOffers(B, '/b', true, { cpusMilli: 10 });
    // Of 1,600 CPUs at most 24 at a time: one host, and what is left of h3.
    world.runTask('h3', 'other/x', '/', task('t', cpus(15, 60)));
    let looks = 0;
    for (let number = 1; number <= 100; number += 1) {
      const shared = world.core.passHosts.get(`h${number}`)!;
      let { free } = shared;
      Object.defineProperty(shared, 'free', {
        get: () => {
          looks += 1;
          return free;
        },
        set: (value: Resources) => {
          free = value;
        },
      });
    }
    expect(targets(world, world.pass())).toEqual([`${A}=h1`, `${B}=h2`, `${A}=h3`]);
    // A few times at the start of the pass, and twice in the search of each of the two claims.
    expect(looks).toBeLessThan(8 * 100);
  });
});

describe('a bound on the number of open offers', () => {
  it('holds a framework to it, also within a pass, until it has answered half of them', () => {
    const world = fleet(6, { offersOpenMax: 4 });
    world.openOffers(A, '/a');
    const first = world.pass();
    expect(targets(world, first)).toEqual([`${A}=h1`, `${A}=h2`, `${A}=h3`, `${A}=h4`]);
    const launch = (offer: string, taskId: string): unknown =>
      world.accept(A, [offer], { kind: 'launch', tasks: [task(taskId, cpus(16, 64))] });
    launch(first[0]!.offerId, 't0');
    expect(world.pass()).toEqual([]);
    launch(first[1]!.offerId, 't1');
    expect(targets(world, world.pass())).toEqual([`${A}=h5`, `${A}=h6`]);
  });

  it('leaves what is beyond it to others', () => {
    const world = fleet(6, { offersOpenMax: 2 });
    world.openOffers(A, '/a');
    world.openOffers(B, '/b');
    expect(world.pass()).toHaveLength(4);
  });

  it('holds for stated demand', () => {
    const world = fleet(2, { offersOpenMax: 4 });
    world.demand(A, '/a', [slicesEntry('d', 30, cpus(1, 1))]);
    const first = world.pass();
    expect(first).toHaveLength(4);
    expect(world.pass()).toEqual([]);
    for (const [at, { offerId }] of first.entries())
      world.accept(A, [offerId], { kind: 'launch', tasks: [task(`t${at}`, cpus(1, 1))] });
    expect(world.pass()).toHaveLength(4);
  });

  it('holds for whole hosts', () => {
    const world = new World({ offersOpenMax: 3 });
    world.framework('ovirt/prod', ['/vms']);
    world.hosts(5);
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 5)]);
    expect(world.pass()).toHaveLength(3);
  });

  it('holds for reserved capacity', () => {
    const world = fleet(4, { offersOpenMax: 2 });
    for (let number = 1; number <= 4; number += 1)
      makeReservation(world.core, {
        hostId: `h${number}`,
        role: '/a',
        resources: cpus(16, 64),
        by: 'test',
        reason: '',
      });
    world.openOffers(A, '/a');
    expect(world.pass()).toHaveLength(2);
  });

  it('lets a framework with nothing under offer have a group that is larger', () => {
    const world = fleet(5, { offersOpenMax: 2 });
    world.demand(A, '/a', [
      slicesEntry('one', 1, cpus(1), { priority: 1 }),
      slicesEntry('gang', 4, cpus(8), { allOrNothing: true }),
    ]);
    const [one, ...more] = world.pass();
    expect(more).toEqual([]);
    world.accept(A, [one!.offerId], { kind: 'launch', tasks: [task('t', cpus(1))] });
    expect(world.pass()).toHaveLength(4);
  });
});

describe('what a cut leaves', () => {
  it('goes to a claim that takes less than others do', () => {
    const world = fleet(1);
    world.role('/a', { limit: { memoryBytes: 64 * GIB - 16 * 2 ** 20 } });
    world.openOffers(A, '/a', true, { memoryBytes: GIB });
    world.openOffers(B, '/b', true, { memoryBytes: 2 ** 20 });
    expect(targets(world, world.pass())).toEqual([`${A}=h1`, `${B}=h1`]);
  });
});

describe('declining open offers', () => {
  it('keeps the host from the claim for the time asked, and from no other', () => {
    const world = fleet(1);
    world.openOffers(A, '/a');
    const [offer] = world.pass();
    world.openOffers(B, '/b');
    world.decline(A, [offer!.offerId], 60_000);
    const [second] = world.pass();
    expect(targets(world, [second!])).toEqual([`${B}=h1`]);
    world.decline(B, [second!.offerId], 3_600_000);
    expect(world.pass()).toEqual([]);
    world.advance(59_999);
    expect(world.pass()).toEqual([]);
    world.advance(1);
    expect(targets(world, world.pass())).toEqual([`${A}=h1`]);
  });

  it('is forgotten when the framework asks anew (revive)', () => {
    const world = fleet(2);
    world.openOffers(A, '/a');
    world.decline(
      A,
      world.pass().map(({ offerId }) => offerId),
      3_600_000,
    );
    expect(world.pass()).toEqual([]);
    world.openOffers(A, '/a');
    expect(world.pass()).toHaveLength(2);
  });

  it('doubles the time with each round of refusals up to the configured maximum; an accept ends that', () => {
    const world = fleet(1, { declineFilterMs: 1_000, openOfferBackoffMaxMs: 4_000 });
    world.openOffers(A, '/a');
    const waits: number[] = [];
    const waitForOffer = (): string => {
      let waited = 0;
      for (let [offer] = world.pass(); ; [offer] = world.pass()) {
        if (offer !== undefined) {
          waits.push(waited);
          return offer.offerId;
        }
        world.advance(500);
        waited += 500;
      }
    };
    for (let round = 0; round < 5; round += 1) world.decline(A, [waitForOffer()]);
    expect(waits).toEqual([0, 1_000, 2_000, 4_000, 4_000]);
    const offerId = waitForOffer();
    world.accept(A, [offerId], { kind: 'launch', tasks: [task('t', cpus(1, 1))] });
    world.decline(A, [waitForOffer()]);
    waits.length = 0;
    waitForOffer();
    expect(waits).toEqual([1_000]);
  });

  it('counts an offer that ran out as declined', () => {
    const world = fleet(1, { offerLeaseMs: 10_000, declineFilterMs: 1_000 });
    world.openOffers(A, '/a');
    world.openOffers(B, '/b');
    expect(targets(world, world.pass())).toEqual([`${A}=h1`]);
    world.advance(10_000);
    expect(world.sent('rescind').map(({ event }) => event.reason)).toEqual(['expired']);
    expect(targets(world, world.pass())).toEqual([`${B}=h1`]);
  });

  it('breaks the loop of a framework that declines with the shortest filter while another starves (Mesos QuotaAgainstStarvation)', () => {
    const world = fleet(1, { declineFilterMs: 1_000 });
    world.openOffers(A, '/a');
    world.openOffers(B, '/b');
    world.runTask('h1', B, '/b', task('t', cpus(8, 32)));
    let toB = 0;
    for (let round = 0; round < 20; round += 1) {
      for (const offer of world.pass()) {
        const { frameworkId } = world.core.state.offers.get(offer.offerId)!;
        if (frameworkId === B) toB += 1;
        world.decline(frameworkId, [offer.offerId], 1);
      }
      world.advance(1_000);
    }
    expect(toB).toBeGreaterThan(0);
  });
});

describe('a request for open offers that cannot be', () => {
  it.each([
    ['/b', {}, /role is "\/b"; spark\/a registered for \/a/],
    ['/a', { hosts: 1 }, /minimum names hosts; open offers are slices of shared hosts/],
    ['/a', { cpusMilli: -1 }, /minimum\.cpusMilli is -1; it must be a whole number/],
    ['/a', { cpusMilli: Number.NaN }, /minimum\.cpusMilli is NaN/],
  ])('is refused with the field named (role %s, minimum %j)', (role, minimum, text) => {
    const world = fleet(1);
    world.openOffers(A, role, true, minimum);
    expect(world.sent('error').map(({ event }) => event.message)).toEqual([expect.stringMatching(text)]);
    expect(world.pass()).toEqual([]);
  });
});
