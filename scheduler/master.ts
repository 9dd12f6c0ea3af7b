import {
  allocate,
  acceptOffers,
  declineOffers,
  expireFilters,
  expireOffers,
  renewOffers,
  rescindOffers,
  setDemand,
  setOpenOffers,
  expireDemand,
} from './allocate/index.js';
import { assertNever } from './assert-never.js';
import type { SchedulerOptions } from './config.js';
import { setWallClock } from './calendar.js';
import { Core } from './core.js';
import type { StepResult } from './effects.js';
import type { Event } from './events.js';
import { answerQuery } from './explain/index.js';
import type { Query, QueryResult } from './explain/query.js';
import { gauges, type Gauges } from './gauges.js';
import { auditAll, auditTouched, type Violation } from './invariants.js';
import { advanceDrain, armCalendar, recoverDrains, reviewCalendar, watchDrains } from './maintain/index.js';
import { handleOperatorCommand } from './operate/index.js';
import { NO_PROBE, type OfferOutcome, type Probe } from './probe.js';
import type { AgentMessage, FrameworkMessage, PeerId } from './protocol.js';
import { ensureDefaults } from './quota/index.js';
import {
  advanceTransition,
  beginJoin,
  onLandingLost,
  onStepUpdate,
  planRound,
  recoverTransitions,
  returnHost,
  SLICE_REVIEW_TIMER,
  SLICE_TIMER,
  sliceReview,
  sliceRound,
} from './reassign/index.js';
import {
  ackTask,
  declareHostLost,
  endRecovery,
  killTask,
  launchTasks,
  onAgentReport,
  onObservation,
  onTaskStatus,
  openSession,
  peerConnected,
  peerDisconnected,
  quarantinePeer,
  reconcileTasks,
  recoverPeers,
  sweepCommands,
  teardownFramework,
} from './reconcile/index.js';
import type { OfferRecord } from './state/records.js';

/** How often the persisted clock moves on when steps change durable records anyway. */
const CLOCK_PERSIST_MS = 1_000;

/**
 * The core: events in, mutations and effects out; no I/O, no clock of its own. Dispatch only: each part lives in its
 * folder. A thrown error is a bug of ours; the shell then drops this object and loads a new one from the store (I10).
 */
export class Master {
  readonly #core: Core;
  /** Sequences applied since the last durable write of each session, so that duplicates are dropped at once. */
  readonly #appliedSeq = new Map<PeerId, number>();
  readonly #probe: Probe;
  /** The offers that the running step's message answers, and how; for the probe. */
  #answered: { readonly outcome: OfferOutcome; readonly offerIds: ReadonlySet<string> } | null = null;

  /** @param probe what measures the core; it decides nothing. @default nobody measures */
  constructor(options: SchedulerOptions, probe: Probe = NO_PROBE) {
    this.#core = new Core(options);
    this.#probe = probe;
    // A peer that is no more leaves nothing behind.
    this.#core.state.sessions.observe((before, after) => {
      if (before !== undefined && after === undefined) this.#appliedSeq.delete(before.peerId);
    });
    watchDrains(this.#core);
    this.#core.state.offers.observe((before, after) => {
      if (before === undefined) this.#probe.onOffersMade(1);
      else if (after === undefined) this.#probe.onOfferEnded(this.#outcomeOf(before), this.#core.nowMs - before.madeMs);
    });
    this.#core.upcalls = { beginJoin, onLandingLost, launchTasks, rescindOffers };
  }

  /** A master with the durable content of a store; send it `started` next. */
  static restore(
    options: SchedulerOptions,
    entries: Iterable<readonly [string, unknown]>,
    probe: Probe = NO_PROBE,
  ): Master {
    const master = new Master(options, probe);
    master.#core.state.load(entries);
    master.#core.nowMs = master.#core.state.meta.get('meta')?.nowMs ?? 0;
    return master;
  }

  /** The last time the core has seen; a new start must not begin before it. */
  get nowMs(): number {
    return this.#core.nowMs;
  }

  /** When the core wants its next `tick` at the latest; Infinity when nothing is pending. */
  nextWakeMs(): number {
    return this.#core.timers.nextMs();
  }

  /** Durable content, sorted by key. A store that received every mutation holds exactly this. */
  dump(): readonly (readonly [string, unknown])[] {
    return this.#core.state.dump();
  }

  /** How often each edge of a transition was taken since this start, for the simulator's coverage. */
  get edges(): ReadonlyMap<string, number> {
    return this.#core.edges;
  }

  /** Everything DESIGN §4 promises, checked over the whole state (slow; the simulator and `mosaic doctor` use it). */
  audit(): readonly Violation[] {
    return auditAll(this.#core);
  }

  /** Numbers for metrics, as of now. */
  gauges(): Gauges {
    return gauges(this.#core);
  }

  /** Reads for people and scripts; changes nothing. */
  query(query: Query): QueryResult {
    return answerQuery(this.#core, query);
  }

  /** @param nowMs time of the one clock; never less than in the step before */
  step(nowMs: number, event: Event): StepResult {
    const core = this.#core;
    if (nowMs < core.nowMs) throw new Error(`time ran backwards: ${String(nowMs)} after ${String(core.nowMs)}`);
    core.nowMs = nowMs;
    this.#dispatch(core, event);
    if (core.state.hasMutations) {
      auditTouched(core);
      this.#persistClock(core);
    }
    return { mutations: core.state.takeMutations(), effects: core.takeEffects() };
  }

  #dispatch(core: Core, event: Event): void {
    switch (event.kind) {
      case 'started':
        setWallClock(core, event.wallMs);
        this.#start(core, event.term);
        return;
      case 'tick':
        setWallClock(core, event.wallMs);
        this.#tick(core);
        return;
      case 'session_open':
        openSession(core, event, this.#appliedSeq);
        return;
      case 'peer_connected':
        peerConnected(core, event.peerId, event.resumed);
        return;
      case 'peer_disconnected':
        peerDisconnected(core, event.peerId, event.reason);
        return;
      case 'framework_message':
        this.#sequenced(core, event.peerId, event.seq, () => {
          this.#framework(core, event.peerId, event.message);
        });
        return;
      case 'agent_message':
        this.#sequenced(core, event.peerId, event.seq, () => {
          dispatchAgent(core, event.peerId, event.message);
        });
        return;
      case 'operator_command':
        core.emit({
          kind: 'operator_reply',
          requestId: event.requestId,
          reply: handleOperatorCommand(core, event.principal, event.command),
        });
        return;
      case 'quarantine':
        quarantinePeer(core, event.peerId, event.reason);
        return;
      default:
        assertNever(event);
    }
  }

  /** Applies a peer's message once, remembers its sequence with its mutations, and acknowledges it after them. */
  #sequenced(core: Core, peerId: PeerId, seq: number, apply: () => void): void {
    const session = core.state.sessions.get(peerId);
    if (session === undefined) return; // Torn down while the message was on its way.
    if (core.openingPeers.has(peerId)) return; // From the connection of an older incarnation.
    const applied = Math.max(session.lastAppliedSeq, this.#appliedSeq.get(peerId) ?? 0);
    if (seq > applied) {
      apply();
      this.#appliedSeq.set(peerId, seq);
      const after = core.state.sessions.get(peerId);
      if (after !== undefined && core.state.hasMutations) core.state.sessions.put({ ...after, lastAppliedSeq: seq });
    }
    core.emit({ kind: 'ack', peerId, seq: Math.max(seq, applied) });
  }

  #start(core: Core, term: number): void {
    core.term = term;
    core.startedMs = core.nowMs;
    const meta = core.state.meta.get('meta');
    core.state.meta.put({ key: 'meta', term, nowMs: core.nowMs, planMode: meta?.planMode ?? core.options.planMode });
    ensureDefaults(core);
    recoverPeers(core);
    recoverTransitions(core);
    recoverDrains(core);
    armCalendar(core);
    core.timers.set('plan', core.nowMs + core.options.planPeriodMs);
    core.timers.set('recovery', core.nowMs + core.options.recoveryBoundMs);
    core.timers.set('command-sweep', core.nowMs + core.options.outcomeKeptMs);
  }

  /** A planning round decides on what is so after everything that is due with it: a host that was lost by then, say. */
  #tick(core: Core): void {
    if (!this.#runDue(core)) return;
    planRound(core);
    core.timers.set('plan', core.nowMs + core.options.planPeriodMs);
    this.#runDue(core);
  }

  /** Runs what is due but planning; whether that is due, too. */
  #runDue(core: Core): boolean {
    let isPlanDue = false;
    for (let key = core.timers.takeDue(core.nowMs); key !== null; key = core.timers.takeDue(core.nowMs)) {
      const slash = key.indexOf('/');
      const kind = slash < 0 ? key : key.slice(0, slash);
      const id = key.slice(slash + 1);
      switch (kind) {
        case 'allocate':
          this.#allocate(core);
          break;
        case 'offers':
          expireOffers(core, Number(id));
          break;
        case 'filters':
          expireFilters(core, Number(id));
          break;
        case 'demand':
          expireDemand(core, id);
          break;
        case 'transition':
          advanceTransition(core, id);
          break;
        case 'host-lost':
          declareHostLost(core, id);
          break;
        case 'drain':
          advanceDrain(core, id);
          break;
        case 'calendar':
          reviewCalendar(core);
          break;
        case 'plan':
          isPlanDue = true;
          break;
        case SLICE_TIMER:
          sliceRound(core);
          break;
        case SLICE_REVIEW_TIMER:
          sliceReview(core);
          break;
        case 'recovery':
          endRecovery(core);
          break;
        case 'command-sweep':
          sweepCommands(core);
          core.timers.set('command-sweep', core.nowMs + core.options.outcomeKeptMs);
          break;
        default:
          throw new Error(`timer "${key}" belongs to nobody`);
      }
    }
    return isPlanDue;
  }

  #allocate(core: Core): void {
    const waitedMs = core.nowMs - (core.dirtySinceMs ?? core.nowMs);
    const startedMs = this.#probe.stopwatchMs();
    allocate(core);
    this.#probe.onPass({ tookMs: this.#probe.stopwatchMs() - startedMs, waitedMs });
    // What one pass leaves to the next has waited since the same moment.
    if (core.dirtyHosts.size === 0 && core.allocationMemory.lookAtAll.size === 0) core.dirtySinceMs = null;
  }

  #outcomeOf({ offerId, expiresMs }: OfferRecord): OfferOutcome {
    if (this.#answered?.offerIds.has(offerId) === true) return this.#answered.outcome;
    return this.#core.nowMs >= expiresMs ? 'expired' : 'rescinded';
  }

  /** Applies the message of a framework; offers that end meanwhile because it answers them count as answered. */
  #framework(core: Core, peerId: PeerId, message: FrameworkMessage): void {
    if (message.kind === 'accept' || message.kind === 'decline')
      this.#answered = {
        outcome: message.kind === 'accept' ? 'accepted' : 'declined',
        offerIds: new Set(message.offerIds),
      };
    dispatchFramework(core, peerId, message);
    this.#answered = null;
  }

  #persistClock(core: Core): void {
    const meta = core.state.meta.get('meta');
    if (meta !== undefined && core.nowMs - meta.nowMs >= CLOCK_PERSIST_MS)
      core.state.meta.put({ ...meta, nowMs: core.nowMs });
  }
}

function dispatchFramework(core: Core, peerId: PeerId, message: FrameworkMessage): void {
  const frameworkId = peerId.slice('framework/'.length);
  switch (message.kind) {
    case 'demand':
      setDemand(core, frameworkId, message);
      return;
    case 'accept':
      acceptOffers(core, frameworkId, message);
      return;
    case 'decline':
      declineOffers(core, frameworkId, message);
      return;
    case 'renew':
      renewOffers(core, frameworkId, message);
      return;
    case 'open_offers':
      setOpenOffers(core, frameworkId, message);
      return;
    case 'kill_task':
      killTask(core, frameworkId, message);
      return;
    case 'task_ack':
      ackTask(core, frameworkId, message);
      return;
    case 'reconcile':
      reconcileTasks(core, frameworkId, message);
      return;
    case 'step_update':
      onStepUpdate(core, peerId, message.update);
      return;
    case 'return_host':
      returnHost(core, frameworkId, message);
      return;
    case 'observation':
      onObservation(core, frameworkId, message);
      return;
    case 'teardown':
      teardownFramework(core, frameworkId, message.commandId);
      return;
    default:
      assertNever(message);
  }
}

function dispatchAgent(core: Core, peerId: PeerId, message: AgentMessage): void {
  const hostId = peerId.slice('agent/'.length);
  switch (message.kind) {
    case 'report':
      onAgentReport(core, hostId, message.report);
      return;
    case 'task_status':
      onTaskStatus(core, hostId, message.status);
      return;
    case 'step_update':
      onStepUpdate(core, peerId, message.update);
      return;
    default:
      assertNever(message);
  }
}
