/** A core with a small fleet, driven part by part: real transitions, quota and offers; peers that the test speaks for. */
import { acceptOffers, allocate, expireOffers } from '../../../../scheduler/allocate/index.js';
import { DEFAULT_OPTIONS, type SchedulerOptions } from '../../../../scheduler/config.js';
import { Core } from '../../../../scheduler/core.js';
import type { Effect } from '../../../../scheduler/effects.js';
import type {
  DemandEntry,
  MasterMessage,
  ObservedHost,
  PeerId,
  StepName,
  StepRequest,
  StepState,
  StepUpdate,
} from '../../../../scheduler/protocol.js';
import { ensureDefaults } from '../../../../scheduler/quota/index.js';
import {
  advanceTransition,
  beginJoin,
  onLandingLost,
  onStepUpdate,
  recoverTransitions,
  startMove,
  type MoveReply,
  type MoveRequest,
} from '../../../../scheduler/reassign/index.js';
import type { HostRecord, RoleRecord, TransitionRecord } from '../../../../scheduler/state/records.js';
import { hostsWanted } from '../../../support/core-samples.js';

export const OVIRT = 'ovirt/prod';
export const KUBE = 'kubernetes/east';

export interface HostGiven {
  readonly rack?: string;
  readonly shape?: string;
  readonly mode?: HostRecord['mode'];
  readonly clean?: boolean;
  readonly heldBy?: string;
  readonly role?: string;
  readonly servingSinceMs?: number;
}

export class Bench {
  core: Core;
  /** Every effect so far, oldest first. */
  readonly effects: Effect[] = [];
  readonly #edgesBefore: string[] = [];

  constructor(options: Partial<SchedulerOptions> = {}) {
    this.core = wired({ ...DEFAULT_OPTIONS, ...options });
    this.core.term = 1;
    this.core.nowMs = 10_000_000;
    this.core.state.meta.put({ key: 'meta', term: 1, nowMs: 0, planMode: this.core.options.planMode });
    ensureDefaults(this.core);
  }

  role(path: string, given: Partial<RoleRecord> = {}): void {
    const root = this.core.state.roles.get('/');
    if (root === undefined) throw new Error('no root role');
    this.core.state.roles.put({ ...root, ...given, path });
  }

  framework(frameworkId: string, roles: readonly string[], executesSteps = true): void {
    const slash = frameworkId.indexOf('/');
    const workload = frameworkId.slice(0, slash);
    const name = frameworkId.slice(slash + 1);
    const record = { frameworkId, workload, name, roles, executesSteps, registeredMs: 0, tornDown: false };
    this.core.state.frameworks.put(record);
    this.presence(frameworkId, true);
  }

  presence(frameworkId: string, connected: boolean, hosts: ReadonlyMap<string, ObservedHost> = new Map()): void {
    this.core.state.frameworkPresence.put({
      frameworkId,
      connected,
      sinceMs: 0,
      observed: true,
      hosts,
    });
  }

  agent(hostId: string, connected: boolean, lost = false, profile = ''): void {
    const lastSeenMs = this.core.nowMs;
    this.core.state.hostPresence.put({
      hostId,
      connected,
      reported: true,
      lastSeenMs,
      lost,
      profile,
      cleanliness: '',
      synced: true,
    });
  }

  host(hostId: string, given: HostGiven = {}): void {
    const leaseId = given.heldBy === undefined ? null : `l-${hostId}`;
    const mode = given.mode ?? (leaseId === null ? 'free' : 'leased');
    this.core.state.hosts.put({
      hostId,
      name: hostId,
      identity: { uuid: `uuid-${hostId}`, serial: '', macs: [] },
      resources: { quantities: { cpusMilli: 32_000, memoryBytes: 2 ** 37 }, ports: [] },
      attributes: {},
      faultDomain: { region: 'r', zone: 'z', rack: given.rack ?? `rack-${hostId}` },
      image: '',
      shape: given.shape ?? 'standard',
      mode,
      modeSinceMs: 0,
      quarantineReason: mode === 'quarantined' ? 'set aside' : '',
      leaseId,
      transitionId: null,
      clean: given.clean ?? mode === 'free',
      cordoned: false,
      cordonReason: '',
      commandSeq: 0,
      coolDownUntilMs: 0,
    });
    this.agent(hostId, true);
    if (given.heldBy !== undefined && leaseId !== null)
      this.core.state.leases.put({
        leaseId,
        hostId,
        frameworkId: given.heldBy,
        role: given.role ?? '/',
        origin: 'adopted',
        phase: 'serving',
        sinceMs: 0,
        servingSinceMs: given.servingSinceMs ?? 1,
      });
  }

  demand(frameworkId: string, role: string, count: number, given: Partial<DemandEntry> = {}): void {
    const entry = hostsWanted(`${frameworkId}-hosts`, count, given);
    this.core.state.demands.put({
      key: `${frameworkId}|${role}`,
      frameworkId,
      role,
      receivedMs: this.core.nowMs,
      entries: [entry],
      launchedSince: new Map(),
    });
  }

  move(hostId: string, to: string | null, given: Partial<MoveRequest> = {}): MoveReply {
    return startMove(this.core, {
      hostId,
      to: to === null ? null : { frameworkId: to, role: '/' },
      toMode: to === null ? 'free' : 'leased',
      demandId: '',
      planId: null,
      reason: 'a test asked for it',
      requestedBy: 'operator:test',
      hard: false,
      reclaim: false,
      ...given,
    });
  }

  /** The newest transition of the host, running or ended. */
  transition(hostId: string): TransitionRecord {
    let newest: TransitionRecord | undefined;
    for (const one of this.core.state.transitions.values())
      if (one.hostId === hostId && (newest === undefined || one.startedMs >= newest.startedMs)) newest = one;
    if (newest === undefined) throw new Error(`${hostId} never moved`);
    return newest;
  }

  /** `drain asked`, `leave pending`, or the outcome once it ended. */
  place(hostId: string): string {
    const { step, stepPhase, outcome } = this.transition(hostId);
    return outcome === 'running' ? `${step} ${stepPhase}` : outcome;
  }

  hostRecord(hostId: string): HostRecord {
    const host = this.core.state.hosts.get(hostId);
    if (host === undefined) throw new Error(`no host ${hostId}`);
    return host;
  }

  /** Answers the attempt that is out as its executor would. */
  answer(hostId: string, state: StepState, given: Partial<StepUpdate> = {}): void {
    const request = this.lastRequest(hostId);
    this.update(request.peerId, { ...updateFor(request.request, state), ...given });
  }

  update(peerId: PeerId, update: StepUpdate): void {
    onStepUpdate(this.core, peerId, update);
    this.collect();
  }

  /** Answers DONE, step after step, until `step` is asked; offers are accepted. */
  until(hostId: string, step: StepName | 'the end'): void {
    for (let guard = 0; guard < 20; guard += 1) {
      this.runTimers();
      const transition = this.transition(hostId);
      if (transition.outcome !== 'running' || transition.step === step) return;
      if (transition.step === 'offer') this.accept(hostId);
      else this.answer(hostId, 'done');
    }
    throw new Error(`never came to ${step}: ${this.place(hostId)}`);
  }

  /** The framework claims the directed offer of the host. */
  accept(hostId: string): void {
    const [offerId] = this.core.state.offersByHost.get(hostId);
    const offer = offerId === undefined ? undefined : this.core.state.offers.get(offerId);
    if (offer === undefined) throw new Error(`${hostId} is not offered`);
    acceptOffers(this.core, offer.frameworkId, {
      kind: 'accept',
      commandId: `accept-${offer.offerId}`,
      offerIds: [offer.offerId],
      action: { kind: 'claim' },
    });
    this.runTimers();
  }

  /** One pass of the allocator over every host; whatever is offered is claimed. */
  allocate(): void {
    this.core.markAllDirty();
    allocate(this.core);
    for (const offer of [...this.core.state.offers.values()]) this.accept(offer.hostId);
  }

  /** Moves time on and runs what is due of transitions and offers. */
  pass(ms: number): void {
    const untilMs = this.core.nowMs + ms;
    for (;;) {
      const nextMs = this.core.timers.nextMs();
      if (nextMs > untilMs) break;
      this.core.nowMs = Math.max(this.core.nowMs, nextMs);
      this.runTimers();
    }
    this.core.nowMs = untilMs;
    this.collect();
  }

  runTimers(): void {
    const { core } = this;
    for (let key = core.timers.takeDue(core.nowMs); key !== null; key = core.timers.takeDue(core.nowMs)) {
      const id = key.slice(key.indexOf('/') + 1);
      if (key.startsWith('transition/')) advanceTransition(core, id);
      else if (key.startsWith('offers/')) expireOffers(core, Number(id));
    }
    this.collect();
  }

  /** A new master with what the old one had stored; everyone is connected again at once. */
  restart(): void {
    const old = this.core;
    this.#edgesBefore.push(...old.edges.keys());
    this.collect();
    const core = wired(old.options);
    core.state.load(structuredClone(old.state.dump()));
    core.nowMs = old.nowMs;
    core.term = old.term + 1;
    this.core = core;
    for (const framework of core.state.frameworks.values()) this.presence(framework.frameworkId, true);
    for (const host of core.state.hosts.values()) this.agent(host.hostId, true);
    recoverTransitions(core);
    this.collect();
  }

  collect(): void {
    this.effects.push(...this.core.takeEffects());
  }

  /** Messages to a peer, oldest first. */
  sent(peerId: PeerId): readonly MasterMessage[] {
    this.collect();
    return this.effects.flatMap((effect) =>
      effect.kind === 'send' && effect.peerId === peerId ? [effect.message] : [],
    );
  }

  kinds(peerId: PeerId): readonly string[] {
    return this.sent(peerId).map((message) => message.kind);
  }

  /** The newest step request for the host, and whom it was sent to. */
  lastRequest(hostId: string): { readonly peerId: PeerId; readonly request: StepRequest } {
    this.collect();
    const found = this.effects.findLast(
      (effect) =>
        effect.kind === 'send' && effect.message.kind === 'step_request' && effect.message.request.hostId === hostId,
    );
    if (found?.kind !== 'send' || found.message.kind !== 'step_request')
      throw new Error(`nothing was asked for ${hostId}`);
    return { peerId: found.peerId, request: found.message.request };
  }

  wasAsked(hostId: string): boolean {
    this.collect();
    return this.effects.some(
      (effect) =>
        effect.kind === 'send' && effect.message.kind === 'step_request' && effect.message.request.hostId === hostId,
    );
  }

  /** Edges taken so far, over restarts. */
  edges(): readonly string[] {
    return [...new Set([...this.#edgesBefore, ...this.core.edges.keys()])];
  }
}

export function updateFor(request: StepRequest, state: StepState): StepUpdate {
  return {
    transitionId: request.transitionId,
    step: request.step,
    attempt: request.attempt,
    updateNo: 1,
    state,
    progressMilli: state === 'done' ? 1000 : 0,
    message: state,
    blockedBy: [],
    forecast: null,
  };
}

function wired(options: SchedulerOptions): Core {
  const core = new Core(options);
  core.upcalls = { ...core.upcalls, beginJoin, onLandingLost };
  return core;
}
