// Random things happen to a small data center. Whatever waits then has a reason, the promises of DESIGN §4 hold after
// every act, a restart loses nothing, and the same acts give the same effects (I7).
import { describe, expect, it } from '@jest/globals';
import { Master, type OverviewView, type WhyView } from '../../../../scheduler/index.js';
import { RandomWorld } from './random-world.js';

const SEEDS = 8;
const ACTS = 120;
const PAGE = { limit: 0, pageToken: '' };

function expectExplained(why: WhyView): void {
  expect(why.reasons.length).toBeGreaterThan(0);
  expect(why.headline).not.toBe('');
  for (const reason of why.reasons) expect(reason.text).not.toMatch(/undefined|NaN|null|^$/);
  for (const change of why.wouldChangeIt)
    expect(change).toMatch(/^(mosaic( |$)|wait |make room for |return hosts|install the agent|fix the framework)/);
}

/** A quota that is suggested would be accepted, and would change something. */
function expectAccepted(world: RandomWorld, why: WhyView): void {
  for (const change of why.wouldChangeIt) {
    const [, role, flags] = /^mosaic quota set (\S+) (--.*)$/.exec(change) ?? [];
    if (role === undefined) continue;
    const named: Readonly<Record<string, string | undefined>> = Object.fromEntries(
      [...(flags ?? '').matchAll(/--([a-z-]+) (\S+)/g)].map((one) => [one[1], one[2]]),
    );
    const quantities = (text: string | undefined) =>
      text === undefined ? {} : { [text.split('=')[0] ?? '']: Number(text.split('=')[1]) };
    const { guarantee, limit, weight } = named;
    const reply = world.harness.command({
      kind: 'role_set',
      dryRun: true,
      role,
      change: {
        ...(guarantee === undefined ? {} : { guarantee: quantities(guarantee) }),
        ...(limit === undefined ? {} : { limit: quantities(limit) }),
        ...(weight === undefined ? {} : { weight: Number(weight) }),
      },
    });
    expect({ change, reply }).toMatchObject({ reply: { ok: true } });
    expect(reply.ok && reply.changes).toHaveLength(1);
  }
}

/** Everything that waits in this world, asked for as a person would. */
function expectEverythingExplained(world: RandomWorld): void {
  const { harness } = world;
  const { overview } = harness.query({ kind: 'overview' }) as { overview: OverviewView };
  for (const demand of overview.unmet) {
    expect(demand.status.unmetReason).not.toBe('NONE');
    const why = harness.master.query({ kind: 'why', thing: `${demand.frameworkId}/${demand.demandId}` });
    if (why.kind !== 'why') continue; // One demand id in two roles: the answer asks which one is meant.
    expectExplained(why.why);
    expectAccepted(world, why.why);
    expect(why.why.wouldChangeIt.length).toBeGreaterThan(0);
  }
  for (const transition of overview.moving) {
    const why = harness.why(transition.transitionId);
    expectExplained(why);
    expect(why.wouldChangeIt.length).toBeGreaterThan(0);
    expect(why.word).toBe(transition.word);
  }
  const { hosts } = harness.query({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page: PAGE });
  for (const host of hosts) {
    const why = harness.why(`host:${host.name}`);
    expectExplained(why);
    if (host.mode === 'unclaimed' || host.mode === 'quarantined' || host.lost)
      expect(why.wouldChangeIt.length).toBeGreaterThan(0);
  }
  for (const owner of overview.owners) {
    expect(owner.why).not.toBe('');
    if (owner.workload !== '' && owner.owner !== 'shared') expectExplained(harness.why(`framework:${owner.owner}`));
  }
  for (const role of harness.query({ kind: 'roles' }).roles) expectExplained(harness.why(`role:${role.path}`));
}

/** No free host lies idle while somebody wants one that capacity and quota would allow. */
function expectNothingIdle(world: RandomWorld): void {
  const { hosts } = world.harness.query({ kind: 'hosts', owner: 'free', state: '', rack: '', name: '', page: PAGE });
  const idle = hosts.filter((host) => host.clean && host.connected && !host.cordoned && host.transition === null);
  const unmet = world.harness
    .query({ kind: 'overview' })
    .overview.unmet.filter((demand) => demand.want.startsWith('hosts') && demand.constraints.length === 0)
    .filter((demand) => demand.status.unmetReason === 'NO_CAPACITY' || demand.status.unmetReason === 'FAIR_SHARE');
  if (idle.length > 0) expect(unmet).toEqual([]);
}

describe('whatever happens', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'everything that waits says why (seed %p)',
    (seed) => {
      const world = new RandomWorld(seed);
      for (let act = 0; act < ACTS; act += 1) {
        world.act();
        world.harness.assertSound();
        if (act % 4 === 0) expectEverythingExplained(world);
      }
    },
  );

  it.each([101, 102, 103])('the same acts give the same effects (seed %p)', (seed) => {
    const one = new RandomWorld(seed);
    const two = new RandomWorld(seed);
    for (let act = 0; act < ACTS; act += 1) {
      one.act();
      two.act();
      expect(one.takeTranscript()).toBe(two.takeTranscript());
    }
  });

  it.each([201, 202])('a master restored from the store equals the live one (seed %p)', (seed) => {
    const world = new RandomWorld(seed);
    for (let act = 0; act < ACTS; act += 1) world.act();
    const { harness } = world;
    const restored = Master.restore(harness.options, harness.master.dump());
    expect(restored.dump()).toEqual(harness.master.dump());
  });

  it.each([301, 302, 303, 304])('every move ends once everybody answers again (seed %p)', (seed) => {
    const world = new RandomWorld(seed);
    for (let act = 0; act < ACTS; act += 1) world.act();
    world.heal();
    world.harness.advance(3 * 3_600_000);
    world.harness.assertSound();
    const { overview } = world.harness.query({ kind: 'overview' });
    const old = overview.moving.filter((move) => overview.nowMs - move.startedMs > 2 * 3_600_000);
    expect(old).toEqual([]);
    expectNothingIdle(world);
  });
});
