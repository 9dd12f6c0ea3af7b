import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Effect, Event, Gauges, Mutation, Probe, Query } from '../../scheduler/index.js';
import type { LoopObserver } from '../daemon/loop.js';
import type { QueryAnswer } from '../ports/index.js';
import { endedMove } from './ended-move.js';
import { RoleMetrics } from './role-metrics.js';

/** What is asked when somebody reads the metrics; everything else is counted as it happens. */
export interface MetricsSource {
  /** False: gauges keep what they last had. */
  leading(): boolean;
  query(query: Query): Promise<QueryAnswer>;
  /** Numbers of the core, as of now. */
  gauges(): Gauges;
  /** A rising count of ms, with decimals. */
  stopwatchMs(): number;
  /** The core's time, for the duration of steps. */
  nowMs(): number;
  /** Open connections, and those of them whose session is open. */
  sessions(): { readonly connections: number; readonly open: number };
  /** Events that wait to be stepped. */
  queueLength(): number;
  /** Watchers of the event history. */
  watchers(): number;
  /** How long the commit in flight has taken so far; 0 without one. */
  commitAgeMs(): number;
  /** Log lines that were lost so far. */
  logDroppedCount(): number;
}

/** A step is microseconds to milliseconds; the clock counts whole ms. */
const STEP_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1];
/** A pass is microseconds when nothing is dirty, tens of milliseconds over the largest fleets. */
const PASS_SECONDS = [0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.04, 0.1, 0.25, 1];
/** From a change to the offers that follow from it: batching is 5 ms unless configured. */
const LATENCY_SECONDS = [0.005, 0.006, 0.008, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 5];
/** Offers stay open 30 s unless configured; who holds them long starves others. */
const HELD_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 20, 30, 60];
const COMMIT_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** A host step is seconds to hours. */
const HOST_STEP_SECONDS = [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200];
const MOVE_SECONDS = [1, 5, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400];

/** Everything the master measures, in a registry of its own, and the observers that feed it. */
export class Metrics {
  readonly registry = new Registry();
  readonly #source: MetricsSource;

  readonly #hosts = this.#gauge('mosaic_hosts', 'Hosts by mode', ['mode']);
  readonly #hostsConnected = this.#gauge('mosaic_hosts_connected', 'Hosts whose agent is connected');
  readonly #hostsLost = this.#gauge('mosaic_hosts_lost', 'Hosts that count as lost');
  readonly #owned = this.#gauge('mosaic_owner_hosts', 'Hosts leased, by framework and role', ['framework', 'role']);
  readonly #serving = this.#gauge('mosaic_owner_hosts_serving', 'Hosts verified and serving, by framework and role', [
    'framework',
    'role',
  ]);
  readonly #wanted = this.#gauge('mosaic_owner_hosts_wanted', 'Hosts demanded in all, by framework and role', [
    'framework',
    'role',
  ]);
  readonly #frameworkUp = this.#gauge(
    'mosaic_framework_connected',
    'Whether the framework is connected (1) or away (0)',
    ['framework'],
  );
  readonly #offersOpen = this.#gauge('mosaic_offers_open', 'Open offers');
  readonly #tasks = this.#gauge('mosaic_tasks', 'Tasks on shared hosts by state', ['state']);
  readonly #movesRunning = this.#gauge('mosaic_moves_running', 'Moves in progress by what they are doing', ['word']);
  readonly #unmet = this.#gauge(
    'mosaic_demand_unmet',
    'What is demanded and not there, by framework and binding reason',
    ['framework', 'reason'],
  );
  readonly #needsYou = this.#gauge('mosaic_needs_you', 'Things that wait for a person');
  readonly #frozen = this.#gauge('mosaic_freezes', 'Freezes in force');
  readonly #leading = this.#gauge('mosaic_leading', 'Whether this master leads (1)');
  readonly #term = this.#gauge('mosaic_term', 'Term of this master');
  readonly #connections = this.#gauge(
    'mosaic_connections',
    'Open connections of frameworks and agents, by whether their session is open',
    ['state'],
  );
  readonly #queue = this.#gauge('mosaic_event_queue', 'Events that wait to be stepped');
  readonly #watchers = this.#gauge('mosaic_watchers', 'Watchers of the event history');

  readonly #filters = this.#gauge('mosaic_filters', 'Declined pairs of framework and host that are not offered now');
  readonly #dirtyHosts = this.#gauge('mosaic_dirty_hosts', 'Hosts that the next allocation passes look at');
  readonly #movesByCause = this.#gauge(
    'mosaic_moves_by_cause',
    'Moves in progress by cause: reclaim gives back what is guaranteed, planner is any other planned move',
    ['cause'],
  );
  readonly #heldBack = this.#gauge(
    'mosaic_hosts_held_back',
    'Silent hosts that do not count as lost because too many vanished at once; 0 while the breaker is closed',
  );
  readonly #outOfUse = this.#gauge('mosaic_hosts_out_of_use', 'Hosts taken out of use, by phase of their drain', [
    'phase',
  ]);
  readonly #windows = this.#gauge('mosaic_maintenance_windows', 'Maintenance windows that are not over');

  readonly #commitAge = this.#gauge(
    'mosaic_commit_in_flight_seconds',
    'How long the commit in flight has taken so far, 0 without one',
  );

  readonly #offers = this.#tally('mosaic_offers_total', 'Offers by what became of them', 'event');
  readonly #moves = this.#counter('mosaic_moves_ended_total', 'Ended moves by outcome', ['outcome']);
  readonly #decisions = this.#tally('mosaic_decisions_total', 'Decisions by kind of thing', 'about');
  readonly #events = this.#tally('mosaic_events_total', 'Events stepped, by kind', 'kind');
  readonly #effects = this.#tally('mosaic_messages_sent_total', 'Messages to frameworks and agents, by kind', 'kind');
  readonly #mutations = this.#counter('mosaic_mutations_total', 'Records written to the store', []);
  readonly #reloads = this.#counter('mosaic_reloads_total', 'Times that memory was dropped and loaded again', []);

  readonly #logDropped = this.#counter(
    'mosaic_log_lines_dropped_total',
    'Log lines that were lost because nobody reads the log',
    [],
  );

  readonly #step = this.#histogram('mosaic_step_seconds', 'Time of one step of the core', [], STEP_SECONDS);
  readonly #pass = this.#histogram('mosaic_allocation_pass_seconds', 'Time of one allocation pass', [], PASS_SECONDS);
  readonly #latency = this.#histogram(
    'mosaic_allocation_latency_seconds',
    'From the first change that made an allocation pass necessary to its end',
    [],
    LATENCY_SECONDS,
  );
  readonly #offerLatency = this.#histogram(
    'mosaic_offer_latency_seconds',
    'From the first change that made an allocation pass necessary until its offers were given to their streams, the wait for their commit included',
    [],
    LATENCY_SECONDS,
  );
  readonly #held = this.#histogram(
    'mosaic_offer_held_seconds',
    'How long offers were open, by how they ended',
    ['outcome'],
    HELD_SECONDS,
  );
  readonly #commit = this.#histogram('mosaic_commit_seconds', 'Time until a commit is durable', [], COMMIT_SECONDS);
  readonly #hostStep = this.#histogram(
    'mosaic_host_step_seconds',
    'Time of ended attempts of host steps',
    ['step', 'state'],
    HOST_STEP_SECONDS,
  );
  readonly #move = this.#histogram('mosaic_move_seconds', 'Time of whole moves, by outcome', ['outcome'], MOVE_SECONDS);

  readonly #roles = new RoleMetrics(this.registry);

  #logDroppedBefore = 0;

  constructor(source: MetricsSource) {
    this.#source = source;
    collectDefaultMetrics({ register: this.registry, prefix: 'mosaic_process_' });
  }

  /** To be joined to the loop's other observers. */
  readonly observer: LoopObserver = {
    onLeading: (term) => {
      this.#term.set(term);
    },
    onCommitted: (_atMs, decisions, mutations) => {
      for (const { about } of decisions) this.#decisions.add(about);
      if (mutations.length > 0) this.#mutations.inc(mutations.length);
      for (const mutation of mutations) this.#moveEnded(mutation);
    },
    onReload: () => {
      this.#reloads.inc();
    },
    onEnded: () => {
      this.#leading.set(0);
    },
    onStep: (kind, startedMs) => {
      this.#events.add(kind);
      this.#step.observe(Math.max(0, this.#source.nowMs() - startedMs) / 1_000);
    },
    onCommit: (durationMs) => {
      this.#commit.observe(durationMs / 1_000);
    },
  };

  /** To be given to the loop's core. */
  readonly probe: Probe = {
    stopwatchMs: () => this.#source.stopwatchMs(),
    onPass: ({ tookMs, waitedMs }) => {
      this.#pass.observe(tookMs / 1_000);
      this.#latency.observe((waitedMs + tookMs) / 1_000);
    },
    onOffersMade: (count) => {
      this.#offers.add('made', count);
    },
    onOfferEnded: (outcome, heldMs) => {
      this.#offers.add(outcome, 1);
      this.#held.observe({ outcome }, heldMs / 1_000);
    },
  };

  /** To be told of every event before the loop takes it: renewals end no offer and make none. */
  onEvent(event: Event): void {
    if (event.kind !== 'framework_message') return;
    const { message } = event;
    if (message.kind === 'renew') this.#offers.add('renewed', message.offerIds.length);
  }

  /** To be told of every message that the sessions are given to send. */
  onSend({ message, causedMs }: Extract<Effect, { readonly kind: 'send' }>): void {
    this.#effects.add(message.kind);
    if (causedMs !== undefined) this.#offerLatency.observe(Math.max(0, this.#source.nowMs() - causedMs) / 1_000);
  }

  /** All metrics in the text format of Prometheus, the gauges as of now. */
  async text(): Promise<{ readonly contentType: string; readonly body: string }> {
    await this.#look();
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }

  async #look(): Promise<void> {
    const { connections, open } = this.#source.sessions();
    this.#connections.set({ state: 'open' }, open);
    this.#connections.set({ state: 'opening' }, Math.max(0, connections - open));
    this.#queue.set(this.#source.queueLength());
    this.#watchers.set(this.#source.watchers());
    const droppedCount = this.#source.logDroppedCount();
    this.#logDropped.inc(droppedCount - this.#logDroppedBefore);
    this.#logDroppedBefore = droppedCount;
    this.#commitAge.set(this.#source.commitAgeMs() / 1_000);
    const leading = this.#source.leading();
    this.#leading.set(leading ? 1 : 0);
    if (!leading) return;
    this.#lookAtCore();
    await Promise.all([this.#lookAtFleet(), this.#lookAtDemand()]);
  }

  #lookAtCore(): void {
    const { filters, dirtyHosts, movesByCause, heldBackHosts, outOfUse, windows, tasksByState } = this.#source.gauges();
    this.#filters.set(filters);
    this.#dirtyHosts.set(dirtyHosts);
    for (const [cause, count] of Object.entries(movesByCause)) this.#movesByCause.set({ cause }, count);
    this.#heldBack.set(heldBackHosts);
    for (const [phase, count] of Object.entries(outOfUse)) this.#outOfUse.set({ phase }, count);
    this.#windows.set(windows);
    for (const [state, count] of Object.entries(tasksByState)) this.#tasks.set({ state }, count);
  }

  async #lookAtDemand(): Promise<void> {
    const [roles, demands] = await Promise.all([
      this.#source.query({ kind: 'roles' }),
      this.#source.query({ kind: 'demands' }),
    ]);
    if (roles.kind !== 'roles' || demands.kind !== 'demands') return;
    this.#roles.show(roles.roles, demands.demands, this.#source.nowMs());
    this.#unmet.reset();
    for (const { frameworkId, status } of demands.demands)
      if (status.pending > 0) this.#unmet.inc({ framework: frameworkId, reason: status.unmetReason }, status.pending);
  }

  async #lookAtFleet(): Promise<void> {
    const result = await this.#source.query({ kind: 'overview' });
    if (result.kind !== 'overview') return;
    const view = result.overview;
    for (const [mode, count] of Object.entries(view.hostsByMode)) this.#hosts.set({ mode }, count);
    this.#hostsConnected.set(view.hostsConnected);
    this.#hostsLost.set(view.hostsLost);
    for (const gauge of [this.#owned, this.#serving, this.#wanted, this.#frameworkUp, this.#movesRunning])
      gauge.reset();
    for (const row of view.owners) {
      if (row.role === '') continue;
      const labels = { framework: row.owner, role: row.role };
      this.#owned.set(labels, row.hosts);
      this.#serving.set(labels, row.serving);
      this.#wanted.set(labels, row.wanted);
      this.#frameworkUp.set({ framework: row.owner }, row.connected ? 1 : 0);
    }
    this.#offersOpen.set(view.offersOpen);
    for (const move of view.moving) this.#movesRunning.inc({ word: move.word });
    this.#needsYou.set(view.needsYou.length);
    this.#frozen.set(view.freezes.length);
  }

  #moveEnded(mutation: Mutation): void {
    const ended = endedMove(mutation);
    if (ended === null) return;
    this.#moves.inc({ outcome: ended.outcome });
    this.#move.observe({ outcome: ended.outcome }, ended.durationMs / 1_000);
    for (const { step, state, durationMs } of ended.steps) this.#hostStep.observe({ step, state }, durationMs / 1_000);
  }

  #gauge(name: string, help: string, labelNames: readonly string[] = []): Gauge {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  #counter(name: string, help: string, labelNames: readonly string[]): Counter {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  #tally(name: string, help: string, label: string): Tally {
    const tally = new Tally();
    const counter = new Counter({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect: () => {
        counter.reset();
        for (const [value, count] of tally.counts) counter.inc({ [label]: value }, count);
      },
    });
    return tally;
  }

  #histogram(name: string, help: string, labelNames: readonly string[], buckets: readonly number[]): Histogram {
    return new Histogram({
      name,
      help,
      labelNames: [...labelNames],
      buckets: [...buckets],
      registers: [this.registry],
    });
  }
}

/** Counts by the value of one label, for what happens thousands of times a second: the library sorts and joins labels each time. */
class Tally {
  readonly counts = new Map<string, number>();

  add(value: string, more = 1): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + more);
  }
}
