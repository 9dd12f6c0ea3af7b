import type { Core } from '../core.js';
import type { WaitReason } from '../protocol.js';
import { held, hostDemand, type Entitlements } from '../quota/index.js';
import type { Holder, HostRecord, LeaseRecord, PlannedMove } from '../state/records.js';
import { Budgets } from './budgets.js';
import { candidateOf, heldBack, type Candidate } from './candidates.js';
import { demandFor } from './demand-for.js';
import { isFrozen } from './frozen.js';
import { NOT_MOVED_KEPT } from './memory.js';
import { canReceive, stockKey, takeStock, type Stock, type Stocks } from './stock.js';
import { workloadOf } from './steps.js';

/** What one round works with: the stock, who still wants hosts, the budgets, and the moves drafted so far. */
export class Draft {
  readonly core: Core;
  readonly owed: Entitlements;
  readonly stocks: Stocks;
  readonly budgets: Budgets;
  readonly moves: PlannedMove[] = [];
  readonly notMoved: string[] = [];
  /** Hosts wanted beyond what is held, by framework, for `<role>|<shape>`; shrinks as moves are drafted. */
  readonly #unmet = new Map<string, Map<string, number>>();
  /** Leases by `<role>|<shape>`. */
  readonly #leases = new Map<string, LeaseRecord[]>();
  readonly #taken = new Map<string, number>();
  readonly #drafted = new Set<string>();
  readonly #joinMs = new Map<string, number>();

  constructor(core: Core, owed: Entitlements) {
    this.core = core;
    this.owed = owed;
    const wantedBy = new Map<string, number>();
    for (const demand of hostDemand(core)) {
      const key = stockKey(demand.role, demand.shape);
      wantedBy.set(key, (wantedBy.get(key) ?? 0) + demand.wanted);
      const framework = core.state.frameworks.get(demand.frameworkId);
      const unmet = demand.wanted - held(core, demand.frameworkId, demand.role, demand.shape);
      if (framework === undefined || unmet <= 0 || !canReceive(core, framework)) continue;
      let byFramework = this.#unmet.get(key);
      if (byFramework === undefined) this.#unmet.set(key, (byFramework = new Map<string, number>()));
      byFramework.set(demand.frameworkId, unmet);
    }
    this.stocks = takeStock(core, owed, wantedBy);
    for (const lease of core.state.leases.values()) {
      const shape = core.state.hosts.get(lease.hostId)?.shape;
      if (shape === undefined) continue;
      const key = stockKey(lease.role, shape);
      const group = this.#leases.get(key);
      if (group === undefined) this.#leases.set(key, [lease]);
      else group.push(lease);
    }
    this.budgets = new Budgets(core);
  }

  /** Hosts drafted away from the role so far. */
  taken(stock: Stock): number {
    return this.#taken.get(stockKey(stock.role, stock.shape)) ?? 0;
  }

  leasesOf(stock: Stock): readonly LeaseRecord[] {
    return this.#leases.get(stockKey(stock.role, stock.shape)) ?? [];
  }

  /** Who in the role gets the next host: the framework that misses most; null when none can take any. */
  receiver(stock: Stock): Holder | null {
    let best: string | null = null;
    let most = 0;
    for (const [frameworkId, unmet] of this.#unmet.get(stockKey(stock.role, stock.shape)) ?? []) {
      const frozen = isFrozen(this.core, workloadOf(this.core, frameworkId)) !== null;
      if (frozen || unmet < most || unmet <= 0) continue;
      if (unmet === most && best !== null && best <= frameworkId) continue;
      best = frameworkId;
      most = unmet;
    }
    return best === null ? null : { frameworkId: best, role: stock.role };
  }

  /** Whether a framework of the role that misses hosts could use this one. */
  couldUse(stock: Stock, host: HostRecord): boolean {
    if (host.shape !== stock.shape) return false;
    for (const [frameworkId, unmet] of this.#unmet.get(stockKey(stock.role, stock.shape)) ?? [])
      if (unmet > 0 && demandFor(this.core, { frameworkId, role: stock.role }, host) !== null) return true;
    return false;
  }

  /** Hosts of the role that may be taken now; the others are counted by what holds them back. */
  candidates(
    stock: Stock,
    to: Holder,
    reclaim: boolean,
  ): { readonly open: readonly Candidate[]; readonly held: ReadonlyMap<WaitReason, number> } {
    const open: Candidate[] = [];
    const held = new Map<WaitReason, number>();
    const drafted = this.#drafted;
    for (const lease of this.leasesOf(stock)) {
      const host = this.core.state.hosts.get(lease.hostId);
      if (host === undefined || drafted.has(host.hostId)) continue;
      const reason = demandFor(this.core, to, host) === null ? 'NO_MATCH' : heldBack(this.core, host, lease, reclaim);
      if (reason === null) open.push(candidateOf(this.core, host, lease));
      else held.set(reason, (held.get(reason) ?? 0) + 1);
    }
    return { open, held };
  }

  /** Drafts one move and charges it to budgets, donor and receiver. */
  add(donor: Stock, candidate: Candidate, to: Holder, reclaim: boolean, reason: string): void {
    const from: Holder = { frameworkId: candidate.lease.frameworkId, role: candidate.lease.role };
    const workloads = this.workloads(from, to);
    this.budgets.spend(candidate.host, workloads);
    const donorKey = stockKey(donor.role, donor.shape);
    this.#taken.set(donorKey, (this.#taken.get(donorKey) ?? 0) + 1);
    const unmet = this.#unmet.get(stockKey(to.role, candidate.host.shape));
    unmet?.set(to.frameworkId, (unmet.get(to.frameworkId) ?? 1) - 1);
    this.#drafted.add(candidate.host.hostId);
    const costMs = candidate.leaveMs + this.#joinEstimateMs(to);
    this.moves.push({ hostId: candidate.host.hostId, from, to, reason, costMs, reclaim });
  }

  workloads(from: Holder, to: Holder): readonly string[] {
    return [workloadOf(this.core, from.frameworkId), workloadOf(this.core, to.frameworkId)];
  }

  /** Notes why something was not moved; the first notes are the binding ones. */
  explain(sentence: string): void {
    if (this.notMoved.length < NOT_MOVED_KEPT && !this.notMoved.includes(sentence)) this.notMoved.push(sentence);
  }

  /** How long hosts took lately from `prepare` to verified with that workload; 0 while none has. */
  #joinEstimateMs(to: Holder): number {
    const workload = workloadOf(this.core, to.frameworkId);
    const known = this.#joinMs.get(workload);
    if (known !== undefined) return known;
    let sumMs = 0;
    let count = 0;
    for (const id of this.core.state.runningTransitions.get('ended')) {
      const ended = this.core.state.transitions.get(id);
      if (
        ended?.outcome !== 'completed' ||
        ended.to === null ||
        workloadOf(this.core, ended.to.frameworkId) !== workload
      )
        continue;
      const prepare = ended.history.find((outcome) => outcome.step === 'prepare');
      if (prepare === undefined) continue;
      sumMs += ended.endedMs - prepare.startedMs;
      count += 1;
    }
    const meanMs = count === 0 ? 0 : Math.round(sumMs / count);
    this.#joinMs.set(workload, meanMs);
    return meanMs;
  }
}
