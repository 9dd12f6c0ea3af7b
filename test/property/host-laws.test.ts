/**
 * The laws of taking back, for whole hosts, on random trees of roles with guarantees at every level, weights, priorities and
 * policies. Everything is counted here from leases, roles and demand, not by the planner's own means. Of every round's moves:
 *   - nobody is left with less than it is guaranteed and wants, nor a role above it (laws 2 and 5);
 *   - a reclaim is for a role that has less than it is guaranteed and wants (law 4), by no more hosts than it lacks;
 *   - workloads may be killed only under the loser's hard policy, and never those of a higher priority (law 6);
 *   - nothing is taken that free hosts would serve.
 * From the moment on in which demand is constant it becomes quiet, and no host has moved twice.
 */
import { describe, expect, it } from '@jest/globals';
import { planRound } from '../../scheduler/reassign/index.js';
import { DEFAULT_RECLAIM } from '../../scheduler/quota/index.js';
import type { TransitionRecord } from '../../scheduler/state/records.js';
import { sfc32 } from '../support/seeded-random.js';
import { Bench } from '../unit/scheduler/reassign/bench.js';

const SEEDS = 30;
const ROUNDS = 25;
const QUIET_ROUNDS = 5;
/** Children before parents. */
const ROLES = ['/a/x/i', '/a/x', '/a/y', '/a', '/b/z', '/b', '/c'];
/** Where frameworks are: leaves, and `/b`, which has a child as well. */
const HOLDERS = ['/a/x/i', '/a/y', '/b/z', '/b', '/c'];

class Tree {
  readonly bench: Bench;
  readonly guarantee = new Map<string, number>();
  readonly hosts: readonly string[];
  readonly #wants = new Map<string, number>();
  readonly #random: ReturnType<typeof sfc32>;

  constructor(seed: number) {
    this.#random = sfc32(seed);
    this.bench = new Bench({
      ...{ hysteresisRounds: 1, hysteresisHosts: 0, minHoldMs: 0, movesPerHourMax: 1_000 },
      ...{ movesInFlightMax: 1 + this.#upTo(5), movesInFlightPerWorkloadMax: 5, reclaimInFlightMax: this.#upTo(2) },
    });
    for (const role of ROLES) this.guarantee.set(role, Math.max(this.#upTo(3), this.#below(role)));
    const promised = ['/a', '/b', '/c'].reduce((sum, role) => sum + (this.guarantee.get(role) ?? 0), 0);
    this.hosts = Array.from({ length: promised + this.#upTo(6) }, (_, at) => `n${at}`);
    for (const role of [...ROLES].reverse())
      this.bench.role(role, {
        guarantee: { hosts: this.guarantee.get(role) ?? 0 },
        weight: 1 + this.#upTo(3),
        priority: this.#upTo(2),
        reclaim: { ...DEFAULT_RECLAIM, kind: this.#upTo(1) === 0 ? 'hard' : 'soft', movesPerRound: 1 + this.#upTo(4) },
      });
    for (const [at, role] of HOLDERS.entries()) this.bench.framework(`w${at}/f`, [role]);
    for (const host of this.hosts) {
      const owner = this.#upTo(HOLDERS.length);
      const role = HOLDERS[owner];
      this.bench.host(host, role === undefined ? {} : { heldBy: `w${owner}/f`, role });
    }
    this.wantAnew();
  }

  #upTo(last: number): number {
    return Math.floor(this.#random.next() * (last + 1));
  }

  /** What the roles below are guaranteed together. */
  #below(role: string): number {
    const isChild = (other: string): boolean => other.slice(0, other.lastIndexOf('/')) === role;
    return ROLES.filter(isChild).reduce((sum, child) => sum + (this.guarantee.get(child) ?? 0), 0);
  }

  wantAnew(): void {
    for (const [at, role] of HOLDERS.entries()) {
      this.#wants.set(role, this.#upTo(Math.ceil(this.hosts.length / 2)));
      this.bench.demand(`w${at}/f`, role, this.#wants.get(role) ?? 0);
    }
  }

  /** Hosts that serve the role or one below it. */
  holds(role: string): number {
    return [...this.bench.core.state.leases.values()].filter((lease) => isWithin(lease.role, role)).length;
  }

  /** What it is guaranteed, as far as it and those below it ask for it. */
  floor(role: string): number {
    const wanted = HOLDERS.filter((holder) => isWithin(holder, role));
    return Math.min(
      this.guarantee.get(role) ?? 0,
      wanted.reduce((sum, holder) => sum + (this.#wants.get(holder) ?? 0), 0),
    );
  }

  /** Free hosts go first; then a round of the planner, whose moves are not begun yet. */
  round(): readonly TransitionRecord[] {
    this.bench.allocate();
    this.finish();
    this.bench.pass(60_000);
    planRound(this.bench.core);
    return this.running();
  }

  running(): readonly TransitionRecord[] {
    return [...this.bench.core.state.transitions.values()].filter(({ outcome }) => outcome === 'running');
  }

  finish(): void {
    for (const { hostId } of this.running()) this.bench.until(hostId, 'the end');
  }

  priority(role: string): number {
    return this.bench.core.state.roles.get(role)?.priority ?? 0;
  }
}

function isWithin(role: string, above: string): boolean {
  return role === above || role.startsWith(`${above}/`);
}

/** The role and those above it that do not contain the other one, top last. */
function upTo(role: string, other: string): readonly string[] {
  return ROLES.filter((one) => isWithin(role, one) && !isWithin(other, one)).sort((a, b) => b.length - a.length);
}

/** What is wrong with the moves of one round, in sentences. */
function wrongs(tree: Tree, moves: readonly TransitionRecord[]): readonly string[] {
  const found: string[] = [];
  const taken = moves.flatMap(({ from, to, ...rest }) => (from === null || to === null ? [] : [{ from, to, ...rest }]));
  for (const role of ROLES) {
    const goes = taken.filter(({ from, to }) => isWithin(from.role, role) && !isWithin(to.role, role)).length;
    if (goes > 0 && tree.holds(role) - goes < tree.floor(role))
      found.push(`${role} holds ${tree.holds(role)}, is owed ${tree.floor(role)} and loses ${goes}`);
    const back = taken.filter(
      ({ from, to, reclaim }) => reclaim && isWithin(to.role, role) && !isWithin(from.role, role),
    ).length;
    // What comes may be for a role above, too, or for one below.
    const lacks = [role, ...ROLES.filter((one) => isWithin(one, role) || isWithin(role, one))].map(
      (one) => tree.floor(one) - tree.holds(one),
    );
    const sum = lacks.reduce((all, one) => all + Math.max(0, one), 0);
    if (back > sum) found.push(`${role} takes back ${back} hosts where ${sum} are lacking`);
  }
  for (const { from, to, reclaim, hard, hostId } of taken) {
    const short = upTo(to.role, from.role).filter((role) => tree.holds(role) < tree.floor(role));
    if (reclaim && short.length === 0) found.push(`${hostId} is taken back for ${to.role}, which lacks nothing`);
    const policy = tree.bench.core.state.roles.get(from.role)?.reclaim.kind;
    if (hard && (!reclaim || policy !== 'hard')) found.push(`${hostId} of ${from.role} (${policy}) is drained hard`);
    const [loser, winner] = [upTo(from.role, to.role).at(-1), upTo(to.role, from.role).at(-1)];
    const ranks = [loser, winner].map((role) => (role === undefined ? 0 : tree.priority(role)));
    if (hard && (ranks[0] ?? 0) > (ranks[1] ?? 0))
      found.push(`${hostId} of ${from.role} is drained hard for ${to.role}, which has the lower priority`);
  }
  const free = [...tree.bench.core.state.hosts.values()].filter(
    ({ mode, transitionId }) => mode === 'free' && transitionId === null,
  );
  if (taken.length > 0 && free.length > 0) found.push(`${taken.length} hosts are taken while ${free.length} are free`);
  return found;
}

describe('moves of the planner keep the laws of taking back', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))('tree %i', (seed) => {
    const tree = new Tree(seed);
    // Demand swings first: whatever it was, the laws hold in every round.
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round % 4 === 3) tree.wantAnew();
      const moves = tree.round();
      expect({ seed, round, wrongs: wrongs(tree, moves) }).toEqual({ seed, round, wrongs: [] });
      tree.finish();
    }
    const before = new Set([...tree.bench.core.state.transitions.values()].map(({ transitionId }) => transitionId));
    for (let round = 0; round < ROUNDS; round += 1) {
      expect({ seed, wrongs: wrongs(tree, tree.round()) }).toEqual({ seed, wrongs: [] });
      tree.finish();
    }
    const moved = [...tree.bench.core.state.transitions.values()].filter(
      ({ transitionId }) => !before.has(transitionId),
    );
    expect(new Set(moved.map(({ hostId }) => hostId)).size).toBe(moved.length);
    const { size } = tree.bench.core.state.transitions;
    for (let round = 0; round < QUIET_ROUNDS; round += 1) tree.round();
    expect(tree.bench.core.state.transitions.size).toBe(size);
    for (const role of ROLES) expect(tree.holds(role)).toBeGreaterThanOrEqual(tree.floor(role));
  });

  it('are really moves of all kinds', () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 20; seed += 1) {
      const tree = new Tree(seed);
      for (let round = 0; round < 12; round += 1) {
        if (round % 4 === 3) tree.wantAnew();
        for (const { from, reclaim, hard } of tree.round())
          if (from !== null) kinds.add(`${reclaim ? 'reclaim' : 'share'} ${hard ? 'hard' : 'soft'}`);
        tree.finish();
      }
    }
    expect([...kinds].sort()).toEqual(['reclaim hard', 'reclaim soft', 'share soft']);
  });
});
