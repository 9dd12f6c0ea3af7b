// I9: small random fleets with quotas and demands, and peers that do what they are asked. Within a bounded number of
// planning rounds every framework has what it is owed; whoever wants more is told a reason, and the reason is true.
import { describe, expect, it } from '@jest/globals';
import type { OwnerView, RoleView } from '../../scheduler/explain/views.js';
import type { Random } from '../../src/ports/index.js';
import { CoreHarness, hostsWanted, type FrameworkPeer } from '../support/core-harness.js';
import { sfc32 } from '../support/seeded-random.js';

/** Hosts move at most a few at a time and are held for two rounds; this many rounds are plenty for eight of them. */
const ROUNDS_MAX = 30;
const SEEDS = 40;
const CHANGES_PER_SEED = 3;
const ROLES = ['/a', '/b', '/b/x', '/b/y', '/c'];

interface World {
  readonly harness: CoreHarness;
  readonly frameworks: readonly FrameworkPeer[];
  readonly hosts: number;
}

function below(random: Random, end: number): number {
  return Math.floor(random.next() * end);
}

function makeWorld(random: Random): World {
  const harness = new CoreHarness({ minHoldMs: 120_000, hysteresisRounds: 1 + below(random, 2) });
  for (const role of ROLES) {
    const change = {
      weight: 1 + below(random, 3),
      priority: below(random, 2),
      guarantee: below(random, 2) === 0 ? {} : { hosts: below(random, 3) },
      limit: below(random, 3) > 0 ? {} : { hosts: 2 + below(random, 4) },
      force: true,
    };
    harness.command({ kind: 'role_set', dryRun: false, role, change });
    // Quotas that contradict each other are refused; the role is there all the same.
    harness.command({ kind: 'role_set', dryRun: false, role, change: { weight: change.weight } });
  }
  const hosts = 3 + below(random, 6);
  for (let at = 1; at <= hosts; at += 1) {
    harness.agent(`node${at}`);
    harness.must({ kind: 'host_admit', dryRun: false, host: `node${at}` });
  }
  const roles = ROLES.filter(() => below(random, 4) > 0);
  const frameworks = roles.map((role, at) => harness.framework(`manager${at}/main`, [role]));
  // Two clusters that share a role share what it is owed.
  if (roles[0] !== undefined) frameworks.push(harness.framework('twin/main', [roles[0]]));
  // Nothing is taken from a manager whose hosts are not known.
  for (const framework of frameworks) framework.observes([]);
  harness.settle();
  return { harness, frameworks, hosts };
}

function demandAtRandom(random: Random, { frameworks, hosts }: World): void {
  for (const framework of frameworks) {
    const count = below(random, hosts + 2);
    const first = below(random, count + 1);
    framework.wants([
      hostsWanted('first', first, { priority: below(random, 2) }),
      hostsWanted('second', count - first, {}),
    ]);
  }
}

/** What is wrong with how the world stands, in sentences; empty when all is as it should be. */
function wrongs({ harness }: World): readonly string[] {
  const { owners } = harness.query({ kind: 'overview' }).overview;
  const holders = owners.filter((owner) => owner.role !== '');
  const { roles } = harness.query({ kind: 'roles' });
  const free = harness.query({
    kind: 'hosts',
    owner: 'free',
    state: '',
    rack: '',
    name: '',
    page: { limit: 99, pageToken: '' },
  }).total;
  const text = JSON.stringify(
    holders.map(({ owner, hosts, entitled, wanted, reason }) => ({ owner, hosts, entitled, wanted, reason })),
  );
  const problems: string[] = [];
  for (const owner of holders) {
    const says = (wrong: string): void => void problems.push(`${owner.owner} in ${owner.role} ${wrong}: ${text}`);
    if (owner.movingIn + owner.movingOut > 0) says('still moves');
    if (owner.hosts < owner.entitled) says('lacks what it is owed');
    if (owner.hosts < owner.wanted) {
      const lie = untrue(owner, holders, roles, free);
      if (lie !== null) says(`is told ${owner.reason}, but ${lie}`);
    } else if (owner.reason !== 'NONE') says(`has all it wants and is told ${owner.reason}`);
  }
  return problems;
}

/** Why the reason an owner is given is not true, or null when it is. */
function untrue(
  owner: OwnerView,
  holders: readonly OwnerView[],
  roles: readonly RoleView[],
  free: number,
): string | null {
  const atLimit = roles.some(
    ({ path, limit, used }) =>
      (path === '/' || owner.role === path || owner.role.startsWith(`${path}/`)) &&
      limit['hosts'] !== undefined &&
      (used['hosts'] ?? 0) >= limit['hosts'],
  );
  switch (owner.reason) {
    case 'ROLE_LIMIT':
      return atLimit ? null : 'no role above it is at its limit';
    case 'FAIR_SHARE':
    case 'NO_CAPACITY': {
      if (free > 0 && !atLimit) return `${free} hosts are free`;
      const rich = holders.find((other) => other.hosts > other.entitled && other.owner !== owner.owner);
      return rich === undefined || owner.hosts >= owner.entitled ? null : `${rich.owner} holds more than it is owed`;
    }
    default:
      return 'that is none of the reasons a demand may wait for here';
  }
}

describe('demand', () => {
  it.each(Array.from({ length: SEEDS }, (_, seed) => seed))(
    'of fleet %i is met, or waits for a reason that is true',
    (seed) => {
      const random = sfc32(seed);
      const world = makeWorld(random);
      for (let change = 0; change < CHANGES_PER_SEED; change += 1) {
        demandAtRandom(random, world);
        world.harness.advance(ROUNDS_MAX * world.harness.options.planPeriodMs);
        expect(wrongs(world)).toEqual([]);
        world.harness.assertSound();
      }
    },
  );
});
