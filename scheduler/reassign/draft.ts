import type { Core } from '../core.js';
import type { WaitReason } from '../protocol.js';
import type { Entitlements } from '../quota/index.js';
import type { Holder, HostRecord, LeaseRecord, PlannedMove } from '../state/records.js';
import { Budgets } from './budgets.js';
import { candidateOf, compareCandidates, heldBack, type Candidate } from './candidates.js';
import { demandFor } from './demand-for.js';
import { isFrozen } from './frozen.js';
import { JoinTimes } from './join-times.js';
import { LimitRoom } from './limit-room.js';
import { NOT_MOVED_KEPT, type PlanMemory } from './memory.js';
import { OwedGuard, servingHosts } from './owed-guard.js';
import { canReceive, stockKey, takeStock, type Stock, type Stocks } from './stock.js';
import { workloadOf } from './steps.js';

interface RackPool {
  readonly candidates: readonly Candidate[];
  /** Those before this place are drafted. */
  from: number;
}

/** Hosts of one donor. */
export interface Pool {
  /** Hosts that may be taken by rack, each cheapest first: by leave estimate, then units, then id. */
  readonly racks: ReadonlyMap<string, RackPool>;
  /** Hosts that may not, by what holds them back. */
  readonly held: ReadonlyMap<WaitReason, Held>;
}

/** Hosts that one reason holds back. */
export interface Held {
  readonly count: number;
  /** One of them, for people to look at; null when it is the donor as a whole that gives nothing. */
  readonly example: HostRecord | null;
}

/** Who holds what now, whatever the quotas: found once for all drafts of a moment. */
export interface Holds {
  /** Leases by `stockKey`. */
  readonly leases: ReadonlyMap<string, readonly LeaseRecord[]>;
  /** `servingHosts`. */
  readonly serving: ReadonlyMap<string, number>;
}

export function holdsNow(core: Core): Holds {
  const leases = new Map<string, LeaseRecord[]>();
  for (const lease of core.state.leases.values()) {
    const shape = core.state.hosts.get(lease.hostId)?.shape;
    if (shape === undefined) continue;
    const key = stockKey(lease.frameworkId, lease.role, shape);
    const group = leases.get(key);
    if (group === undefined) leases.set(key, [lease]);
    else group.push(lease);
  }
  return { leases, serving: servingHosts(core) };
}

/** What a draft looks at besides the state. */
export interface DraftView {
  /** What it remembers from round to round; looking ahead works on a copy. */
  readonly memory: PlanMemory;
  /** Open offers that are about to be taken back. */
  readonly closing: ReadonlySet<string>;
  readonly holds: Holds;
  /** `takeStock` of what is owed, without the offers that are closing. */
  readonly stocks: Stocks;
}

/** What one round works with: the stock, the budgets, and the moves drafted so far. */
export class Draft {
  readonly core: Core;
  readonly owed: Entitlements;
  /** Whether the round counts for hysteresis; one that follows another too soon does not. */
  readonly counts: boolean;
  readonly memory: PlanMemory;
  readonly closing: ReadonlySet<string>;
  readonly stocks: Stocks;
  readonly budgets: Budgets;
  readonly guard: OwedGuard;
  readonly room: LimitRoom;
  readonly moves: PlannedMove[] = [];
  readonly notMoved: string[] = [];
  readonly #leases: Holds['leases'];
  readonly #pools = new Map<string, Pool>();
  readonly #drafted = new Set<string>();
  /** Hosts drafted away, by stock and by role. */
  readonly #taken = new Map<string, number>();
  readonly #joinTimes: JoinTimes;

  /** @param view what it works with; by default the planner's own memory and what is so now */
  constructor(core: Core, owed: Entitlements, counts: boolean, view: DraftView = viewNow(core, owed)) {
    this.core = core;
    this.owed = owed;
    this.counts = counts;
    this.memory = view.memory;
    this.closing = view.closing;
    this.stocks = view.stocks;
    this.#leases = view.holds.leases;
    this.budgets = new Budgets(core);
    this.guard = new OwedGuard(core, owed, view.holds.serving);
    this.room = new LimitRoom(core);
    this.#joinTimes = new JoinTimes(core);
  }

  /** Hosts drafted away from the stock so far. */
  taken(stock: Stock): number {
    return this.#taken.get(keyOf(stock)) ?? 0;
  }

  /** Hosts drafted away from the role so far, to other roles. */
  takenFromRole(role: string): number {
    return this.#taken.get(role) ?? 0;
  }

  /** The cheapest host of the rack that is not drafted and would serve the receiver; undefined when there is none. */
  firstUsable(rack: RackPool, receiver: Stock): Candidate | undefined {
    const { candidates } = rack;
    for (let at = rack.from; at < candidates.length; at += 1) {
      const candidate = candidates[at];
      if (candidate === undefined) break;
      const isDrafted = this.#drafted.has(candidate.host.hostId);
      if (isDrafted && at === rack.from) rack.from += 1;
      if (!isDrafted && this.couldUse(receiver, candidate.host)) return candidate;
    }
    return undefined;
  }

  /** Why the framework can be given nothing now, or null. */
  cannotReceive(stock: Stock): WaitReason | null {
    const framework = this.core.state.frameworks.get(stock.frameworkId);
    if (framework === undefined || !canReceive(this.core, framework)) return 'DISCONNECTED';
    return isFrozen(this.core, framework.workload) === null ? null : 'FROZEN';
  }

  /** Whether the framework has a demand that this host would serve. */
  couldUse(stock: Stock, host: HostRecord): boolean {
    return host.shape === stock.shape && demandFor(this.core, stock, host) !== null;
  }

  /** Hosts of `donor` that may be taken now, whoever gets them. */
  pool(donor: Stock, reclaim: boolean): Pool {
    const key = `${keyOf(donor)}>${String(reclaim)}`;
    let pool = this.#pools.get(key);
    if (pool === undefined) this.#pools.set(key, (pool = this.#fill(donor, reclaim)));
    return pool;
  }

  #fill(donor: Stock, reclaim: boolean): Pool {
    const open: Candidate[] = [];
    const held = new Map<WaitReason, Held>();
    for (const lease of this.#leases.get(keyOf(donor)) ?? []) {
      const host = this.core.state.hosts.get(lease.hostId);
      // What moves already is counted as moving, not as held back.
      if (host === undefined || host.transitionId !== null || lease.phase !== 'serving') continue;
      const reason = heldBack(this.core, host, lease, reclaim);
      if (reason === null) open.push(candidateOf(this.core, host, lease));
      else held.set(reason, { count: (held.get(reason)?.count ?? 0) + 1, example: held.get(reason)?.example ?? host });
    }
    open.sort(compareCandidates);
    const racks = new Map<string, { candidates: Candidate[]; from: number }>();
    for (const candidate of open) {
      const rack = racks.get(candidate.rack);
      if (rack === undefined) racks.set(candidate.rack, { candidates: [candidate], from: 0 });
      else rack.candidates.push(candidate);
    }
    return { racks, held };
  }

  /** Drafts one move and charges it to budgets and donor. */
  add(donor: Stock, candidate: Candidate, receiver: Stock, reclaim: boolean, reason: string): void {
    const from: Holder = { frameworkId: donor.frameworkId, role: donor.role };
    const to: Holder = { frameworkId: receiver.frameworkId, role: receiver.role };
    this.budgets.spend(candidate.host, this.workloads(donor, receiver));
    this.#count(keyOf(donor));
    if (donor.role !== receiver.role) this.#count(donor.role);
    this.guard.take(donor.role, receiver.role, donor.shape);
    this.room.take(receiver.role, candidate.host, donor.role);
    this.#drafted.add(candidate.host.hostId);
    const costMs = candidate.leaveMs + this.#joinTimes.estimateMs(workloadOf(this.core, to.frameworkId));
    this.moves.push({ hostId: candidate.host.hostId, from, to, reason, costMs, reclaim });
  }

  workloads(donor: Stock, receiver: Stock): readonly string[] {
    return [workloadOf(this.core, donor.frameworkId), workloadOf(this.core, receiver.frameworkId)];
  }

  /** Notes why something was not moved; the first notes are the binding ones. */
  explain(sentence: string): void {
    if (this.notMoved.length < NOT_MOVED_KEPT && !this.notMoved.includes(sentence)) this.notMoved.push(sentence);
  }

  #count(key: string): void {
    this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
  }
}

function viewNow(core: Core, owed: Entitlements): DraftView {
  return { memory: core.planMemory, closing: new Set(), holds: holdsNow(core), stocks: takeStock(core, owed) };
}

function keyOf(stock: Stock): string {
  return stockKey(stock.frameworkId, stock.role, stock.shape);
}
