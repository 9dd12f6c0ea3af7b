// The entitlement against a slow, obvious reference: one host at a time, exact fractions, everything computed anew.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entitlements, isWithin, lineage, parentOf } from '../../scheduler/quota/index.js';
import type { RoleRecord } from '../../scheduler/state/records.js';
import { hostsEntry, World } from '../unit/scheduler/allocate/world.js';

const PATHS = ['/a', '/b', '/a/x', '/a/y', '/b/z', '/c', '/a/x/p'] as const;

interface RoleSpec {
  readonly path: string;
  readonly weight: number;
  readonly priority: number;
  readonly guarantee: number | null;
  readonly limit: number | null;
  readonly lending: number | null;
  readonly demand: number;
  readonly held: number;
}

const roleSpec = (path: string) =>
  fc.record({
    path: fc.constant(path),
    weight: fc.integer({ min: 1, max: 4 }),
    priority: fc.integer({ min: 0, max: 2 }),
    guarantee: fc.option(fc.integer({ min: 0, max: 8 })),
    limit: fc.option(fc.integer({ min: 0, max: 12 })),
    lending: fc.option(fc.integer({ min: 0, max: 4 }), { freq: 4 }),
    demand: fc.integer({ min: 0, max: 15 }),
    held: fc.integer({ min: 0, max: 3 }),
  });

/** A forest of roles: a child only where its parent is. */
const forest = fc
  .tuple(fc.subarray([...PATHS], { minLength: 1 }), fc.tuple(...PATHS.map(roleSpec)))
  .map(([chosen, specs]): readonly RoleSpec[] =>
    specs.filter(({ path }) => lineage(path).every((each) => each === '/' || (chosen as string[]).includes(each))),
  );

function build(specs: readonly RoleSpec[], hosts: number): World {
  const world = new World();
  world.hosts(hosts);
  let next = 1;
  for (const { path, weight, priority, guarantee, limit, lending, demand, held } of specs) {
    const quota: Partial<RoleRecord> = {
      weight,
      priority,
      guarantee: guarantee === null ? {} : { hosts: guarantee },
      limit: limit === null ? {} : { hosts: limit },
      lendingLimit: lending === null ? {} : { hosts: lending },
    };
    world.role(path, quota);
    const frameworkId = `w/${path.slice(1).replaceAll('/', '-')}`;
    world.framework(frameworkId, [path]);
    for (let number = 0; number < held && next <= hosts; number += 1, next += 1)
      world.lease(`h${next}`, frameworkId, path);
    world.demand(frameworkId, path, [hostsEntry('d', demand)]);
  }
  return world;
}

/** Hosts owed by role, by the definition. */
function reference(specs: readonly RoleSpec[], hosts: number, world: World): ReadonlyMap<string, number> {
  const given = new Map<string, number>(specs.map(({ path }) => [path, 0]));
  const spec = new Map(specs.map((each) => [each.path, each]));
  const children = (path: string) => specs.filter((each) => parentOf(each.path) === path).map((each) => each.path);
  const subtree = (path: string): number =>
    specs.filter((each) => isWithin(each.path, path)).reduce((sum, each) => sum + given.get(each.path)!, 0);
  const guarantee = (path: string): number =>
    spec.get(path)?.guarantee ?? children(path).reduce((sum, child) => sum + guarantee(child), 0);
  /** What is left of the guarantee in so few hosts: one by one to the highest priority, then to whom is filled least. */
  const effective = (path: string): number => {
    const above = parentOf(path);
    if (above === null) return Math.min(guarantee(path), hosts);
    const has = new Map(children(above).map((child) => [child, 0]));
    for (let left = effective(above); left > 0; left -= 1) {
      const [next] = [...has.keys()]
        .filter((child) => has.get(child)! < guarantee(child))
        .sort(
          (a, b) =>
            spec.get(b)!.priority - spec.get(a)!.priority ||
            has.get(a)! * guarantee(b) - has.get(b)! * guarantee(a) ||
            (a < b ? -1 : 1),
        );
      if (next !== undefined) has.set(next, has.get(next)! + 1);
    }
    return has.get(path)!;
  };
  const kept = (path: string): number => {
    const lending = spec.get(path)?.lending ?? null;
    const own = lending === null ? 0 : Math.max(0, effective(path) - lending) - subtree(path);
    return Math.max(
      0,
      own,
      children(path).reduce((sum, child) => sum + kept(child), 0),
    );
  };
  const keptFromOthers = (path: string): number => {
    const way = lineage(path);
    return specs
      .filter((each) => way.includes(parentOf(each.path) ?? '') && !way.includes(each.path))
      .reduce((sum, each) => sum + kept(each.path), 0);
  };
  const free = () => hosts - subtree('/');
  const servable = (path: string): boolean =>
    given.get(path)! < spec.get(path)!.demand &&
    free() > keptFromOthers(path) &&
    lineage(path).every((each) => subtree(each) < (spec.get(each)?.limit ?? Infinity));
  const wantsBelow = (path: string): boolean => specs.some((each) => isWithin(each.path, path) && servable(each.path));

  interface Competitor {
    readonly path: string;
    readonly self: boolean;
  }
  const use = ({ path, self }: Competitor): number => (self ? given.get(path)! : subtree(path));
  const owed = ({ path, self }: Competitor): number => (self ? 0 : guarantee(path));
  /** What of its use is not borrowed: without a guarantee of its own, what its children have of theirs. */
  const ownPart = (path: string): number =>
    spec.get(path)!.guarantee ??
    children(path).reduce((sum, child) => sum + Math.min(subtree(child), ownPart(child)), 0);
  /** What is filled of how much guarantee, or null for who lacks none: of guarantees below it, if its first child lacks any. */
  const lacking = (each: Competitor): readonly [has: number, of: number] | null => {
    const own = use(each) < owed(each) ? ([use(each), owed(each)] as const) : null;
    if (each.self || spec.get(each.path)!.guarantee !== null || children(each.path).length === 0) return own;
    const first = firstOf(each.path);
    const below = first === undefined ? null : lacking(first);
    return below === null ? null : (own ?? below);
  };
  const order = (a: Competitor, b: Competitor): number => {
    const [lacksA, lacksB] = [lacking(a), lacking(b)];
    if ((lacksA === null) !== (lacksB === null)) return lacksA === null ? 1 : -1;
    if (lacksA !== null && lacksB !== null) {
      const priority = spec.get(b.path)!.priority - spec.get(a.path)!.priority;
      const filled = lacksA[0] * lacksB[1] - lacksB[0] * lacksA[1];
      if (priority !== 0 || filled !== 0) return priority || filled;
    } else {
      const weight = ({ path, self }: Competitor) => (self ? 1 : spec.get(path)!.weight);
      const borrowed = (each: Competitor) => Math.max(0, use(each) - (each.self ? 0 : ownPart(each.path)));
      const share = borrowed(a) * weight(b) - borrowed(b) * weight(a);
      if (share !== 0) return share;
    }
    const keeps = (each: Competitor) => !each.self && world.total(each.path, 'hosts') > use(each);
    if (keeps(a) !== keeps(b)) return keeps(a) ? -1 : 1;
    return a.path < b.path ? -1 : 1;
  };
  const firstOf = (path: string): Competitor | undefined => {
    const competitors: Competitor[] = children(path)
      .filter(wantsBelow)
      .map((child) => ({ path: child, self: false }));
    if (path !== '/' && servable(path)) competitors.push({ path, self: true });
    return competitors.sort(order)[0];
  };
  const pick = (path: string): string | null => {
    const first = firstOf(path);
    if (first === undefined) return null;
    return first.self || children(first.path).length === 0 ? first.path : pick(first.path);
  };
  for (let next = pick('/'); free() > 0 && next !== null; next = pick('/')) given.set(next, given.get(next)! + 1);
  return new Map(specs.map(({ path }) => [path, subtree(path)]));
}

describe('entitlements', () => {
  it('equal progressive filling, one host at a time, for any tree', () => {
    fc.assert(
      fc.property(forest, fc.integer({ min: 0, max: 30 }), (specs, hosts) => {
        const world = build(specs, hosts);
        const expected = reference(specs, hosts, world);
        const owed = entitlements(world.core);
        const actual = new Map(specs.map(({ path }) => [path, owed.of(path, 'standard')]));
        expect(actual).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('are never more than capacity, demand or a limit, and never less than the effective guarantee that is demanded', () => {
    fc.assert(
      fc.property(forest, fc.integer({ min: 0, max: 30 }), (specs, hosts) => {
        const world = build(specs, hosts);
        const owed = entitlements(world.core);
        expect(owed.of('/', 'standard')).toBeLessThanOrEqual(hosts);
        for (const { path, limit } of specs) {
          const entitled = owed.of(path, 'standard');
          expect(entitled).toBeLessThanOrEqual(owed.demanded(path, 'standard'));
          expect(entitled).toBeLessThanOrEqual(limit ?? Infinity);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('use every host that somebody may have: what is left is kept back, unwanted or above limits', () => {
    fc.assert(
      fc.property(forest, fc.integer({ min: 0, max: 30 }), (specs, hosts) => {
        const open = specs.map((spec) => ({ ...spec, limit: null, lending: null }));
        const world = build(open, hosts);
        const owed = entitlements(world.core);
        expect(owed.of('/', 'standard')).toBe(Math.min(hosts, owed.demanded('/', 'standard')));
      }),
      { numRuns: 200 },
    );
  });
});
