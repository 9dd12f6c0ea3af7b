import type { Log } from '../../frameworks/contract/index.js';
import type { StepTable } from '../../frameworks/runner/index.js';
import type {
  AcceptAction,
  CommandOutcome,
  DemandEntry,
  FrameworkEvent,
  FrameworkMessage,
  HostLease,
  ObservedHost,
  Quantities,
  StepUpdate,
  TaskSpec,
  TaskStatus,
} from '../../scheduler/index.js';
import type { Clock } from '../ports/index.js';
import { SystemClock, SystemRandom } from '../ports/system.js';
import { PeerSession } from '../session/peer-session.js';
import { GrpcDialer } from './grpc-dialer.js';
import type { FrameworkClientOptions, FrameworkEvents } from './framework-options.js';
import { stepTable } from './host-steps.js';
import { frameworkFrames } from './wire/frames.js';

const SILENT_LOG: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const ENDED: ReadonlySet<TaskStatus['state']> = new Set(['finished', 'failed', 'killed', 'lost']);

/**
 * Half of what the session keeps. Past it a full state with very many ended tasks is acknowledged in part; otherwise the
 * acknowledgements alone would fill the outbox, and the session would start over for ever. What is left comes again.
 */
const ACKS_WAITING_MAX = 5_000;

/** Commands whose outcome is awaited; one more is refused at once. */
const COMMANDS_MAX = 10_000;

type Listeners = { readonly [K in keyof FrameworkEvents]?: Set<(event: FrameworkEvents[K]) => void> };

interface PendingCommand {
  readonly message: FrameworkMessage;
  readonly resolve: (outcome: CommandOutcome) => void;
}

/**
 * A framework in a few calls: state demand, claim or launch on offers, acknowledge nothing by hand. The session survives
 * breaks and restarts of the master; after a `resync` the client says demand and unanswered commands again by itself, and
 * tells the status of each task as if it had just come.
 * Listeners run one after the other inside of the session: what they throw reaches the process, so they must not.
 */
export class FrameworkClient {
  readonly #session: PeerSession<FrameworkMessage, FrameworkEvent>;
  readonly #dialer: GrpcDialer | null;
  readonly #steps: StepTable | null;
  readonly #listeners: Listeners = {};
  readonly #demand = new Map<string, readonly DemandEntry[]>();
  readonly #openOffers = new Map<string, Quantities>();
  readonly #leases = new Map<string, HostLease>();
  readonly #commands = new Map<string, PendingCommand>();
  readonly #commandPrefix: string;
  #commandNo = 0;
  #frameworkId: string;
  /** 1 while a message is being handled: it counts as seen, though the session has not taken it off yet. */
  #inHand = 0;

  constructor(options: FrameworkClientOptions) {
    const clock = options.clock ?? new SystemClock();
    const random = options.random ?? new SystemRandom();
    this.#dialer = options.dialer === undefined ? grpcDialer(options, clock) : null;
    this.#commandPrefix = random.hex128().slice(0, 12);
    this.#frameworkId = `${options.workload}/${options.name}`;
    this.#steps =
      options.steps === undefined
        ? null
        : stepTable(options.steps, {
            frameworkId: this.#frameworkId,
            clock,
            random,
            log: options.log ?? SILENT_LOG,
            options: options.stepOptions ?? {},
            send: (update) => {
              this.#session.send({ kind: 'step_update', update });
            },
            connected: () => this.#session.connected,
          });
    this.#session = new PeerSession<FrameworkMessage, FrameworkEvent>({
      dialer: options.dialer ?? (this.#dialer as GrpcDialer),
      clock,
      random,
      who: {
        kind: 'framework',
        workload: options.workload,
        name: options.name,
        roles: options.roles,
        executesSteps: options.executesSteps ?? options.steps !== undefined,
      },
      secret: options.secret,
      highestTerm: options.highestTerm ?? 0,
      onTerm: options.onTerm ?? (() => undefined),
      handlers: {
        onMessage: (event) => {
          this.#onEvent(event);
        },
        onConnected: ({ resumed, assignedId, term }) => {
          this.#frameworkId = assignedId;
          this.#steps?.resendAll();
          this.#emit('connected', { resumed, frameworkId: assignedId, term });
        },
        onDisconnected: (reason) => {
          this.#emit('disconnected', { reason });
        },
        onRefused: (code, message, retryAfterMs) => {
          this.#emit('refused', { code, message, retryAfterMs });
        },
        onStartOver: (reason, refused) => {
          (options.log ?? SILENT_LOG).error(
            refused === null ? {} : { refused: refused.kind },
            `the session starts over, and demand and commands are said again: ${reason}`,
          );
          if (refused !== null) this.#giveUp(refused as FrameworkMessage, reason);
        },
        onEnded: (reason) => {
          this.#onEnded(reason);
        },
      },
    });
  }

  /** `<workload>/<name>`. */
  get frameworkId(): string {
    return this.#frameworkId;
  }

  get connected(): boolean {
    return this.#session.connected;
  }

  /** Host leases as the master last told, by lease id. */
  get leases(): ReadonlyMap<string, HostLease> {
    return this.#leases;
  }

  /** Begins to connect. Add listeners before. */
  start(): void {
    this.#session.start();
  }

  /** Listens; the result ends it. */
  on<K extends keyof FrameworkEvents>(kind: K, listener: (event: FrameworkEvents[K]) => void): () => void {
    const listeners = this.#listeners as { [E in K]?: Set<(event: FrameworkEvents[E]) => void> };
    const set = (listeners[kind] ??= new Set());
    set.add(listener);
    return () => {
      set.delete(listener);
    };
  }

  /** Says what is wanted in one role; replaces what was said before. Kept, and said again after a `resync`. */
  demand(role: string, entries: readonly DemandEntry[]): void {
    this.send(this.#demandMessage(role, entries));
    this.#demand.set(role, entries);
  }

  /** Asks for offers without stated demand, or stops that; a master that has no such offers answers with an `error`. */
  openOffers(role: string, enabled: boolean, minimum: Quantities = {}): void {
    this.send({ kind: 'open_offers', role, enabled, minimum });
    if (enabled) this.#openOffers.set(role, minimum);
    else this.#openOffers.delete(role);
  }

  /** Takes whole hosts. The ids of the outcome are leases. */
  claim(offerIds: readonly string[]): Promise<CommandOutcome> {
    return this.#accept(offerIds, { kind: 'claim' });
  }

  /** Starts tasks on the shared host of these offers. The ids of the outcome are tasks. */
  launch(offerIds: readonly string[], tasks: readonly TaskSpec[]): Promise<CommandOutcome> {
    return this.#accept(offerIds, { kind: 'launch', tasks });
  }

  /** Gives offers back; their hosts are not offered again for `filterMs` (0 = the master's default). */
  decline(offerIds: readonly string[], filterMs = 0, reason = ''): void {
    this.send({ kind: 'decline', offerIds, filterMs, reason });
  }

  /** Keeps offers open for another term. */
  renew(offerIds: readonly string[]): void {
    this.send({ kind: 'renew', offerIds });
  }

  /** Ends a task. The outcome says that it was asked to end; its `task_status` says that it did. */
  killTask(taskId: string, graceMs = 0): Promise<CommandOutcome> {
    return this.#command((commandId) => ({ kind: 'kill_task', commandId, taskId, graceMs }));
  }

  /** Asks for the status of these tasks, or of all. */
  reconcile(taskIds: readonly string[] = []): void {
    this.send({ kind: 'reconcile', taskIds });
  }

  /** Gives a whole host up; the steps that take it away follow. */
  returnHost(leaseId: string, reason = ''): Promise<CommandOutcome> {
    return this.#command((commandId) => ({ kind: 'return_host', commandId, leaseId, reason }));
  }

  /** Tells which hosts the manager has. `complete` false: absence proves nothing. */
  observe(hosts: readonly ObservedHost[], complete = true): void {
    this.send({ kind: 'observation', complete, hosts });
  }

  /** Answers a `step_request` that a listener carries out; with `steps` the client does. */
  stepUpdate(update: StepUpdate): void {
    this.send({ kind: 'step_update', update });
  }

  /** Gives everything up and lets the master forget this framework. Closing or crashing never does that. */
  teardown(): Promise<CommandOutcome> {
    return this.#command((commandId) => ({ kind: 'teardown', commandId }));
  }

  /** Sends any message. Throws `WireError` when it breaks the contract: it would be refused, again and again. */
  send(message: FrameworkMessage): void {
    frameworkFrames.checkMessage(message);
    this.#session.send(message);
  }

  /** Shuts every fence, waits for running steps to stop, and ends the connection. Everything that is held stays held. */
  async close(): Promise<void> {
    await this.#steps?.close('shutdown');
    this.#session.close();
  }

  #accept(offerIds: readonly string[], action: AcceptAction): Promise<CommandOutcome> {
    return this.#command((commandId) => ({ kind: 'accept', commandId, offerIds, action }));
  }

  #command(make: (commandId: string) => FrameworkMessage): Promise<CommandOutcome> {
    if (this.#commands.size >= COMMANDS_MAX)
      return Promise.resolve({
        ok: false,
        code: 'RESOURCE_EXHAUSTED',
        message: `${COMMANDS_MAX} commands wait for their outcome already`,
      });
    this.#commandNo += 1;
    const commandId = `${this.#commandPrefix}-${this.#commandNo}`;
    const message = make(commandId);
    frameworkFrames.checkMessage(message);
    return new Promise((resolve) => {
      this.#commands.set(commandId, { message, resolve });
      this.#session.send(message);
    });
  }

  #onEvent(event: FrameworkEvent): void {
    this.#inHand = 1;
    try {
      this.#handle(event);
    } finally {
      this.#inHand = 0;
    }
  }

  #handle(event: FrameworkEvent): void {
    if (event.kind === 'result') {
      const command = this.#commands.get(event.commandId);
      this.#commands.delete(event.commandId);
      command?.resolve(event.outcome);
      return;
    }
    if (event.kind === 'resync') this.#onResync(event.leases);
    if (event.kind === 'lease') this.#keepLease(event.lease, event.change);
    if (event.kind === 'step_request') this.#steps?.request(event.request);
    if (event.kind === 'step_renew') this.#steps?.renew(event.renew);
    if (event.kind === 'step_cancel') this.#steps?.cancel(event);
    this.#emit(event.kind, event);
    if (event.kind === 'task_status') this.#acknowledge(event.status);
    if (event.kind !== 'resync') return;
    // Who follows its tasks need not know of two ways to hear of them.
    for (const status of event.tasks) {
      this.#emit('task_status', { kind: 'task_status', status });
      if (this.#session.unacknowledged < ACKS_WAITING_MAX) this.#acknowledge(status);
    }
  }

  /** Listeners have handled the status when they return; that is what the acknowledgement says. Only ends are waited for. */
  #acknowledge({ taskId, statusSeq, state }: TaskStatus): void {
    if (ENDED.has(state)) this.#session.send({ kind: 'task_ack', taskId, statusSeq });
  }

  /** The master has forgotten what is not durable, and answers to commands may be lost: commands are safe to repeat. */
  #onResync(leases: readonly HostLease[]): void {
    this.#leases.clear();
    for (const lease of leases) this.#leases.set(lease.leaseId, lease);
    for (const { message } of [...this.#commands.values()]) this.#session.send(message);
    for (const [role, entries] of this.#demand) this.#session.send(this.#demandMessage(role, entries));
    for (const [role, minimum] of this.#openOffers)
      this.#session.send({ kind: 'open_offers', role, enabled: true, minimum });
  }

  /** What the master does not take is not said again: it would be refused in each session. */
  #giveUp(refused: FrameworkMessage, message: string): void {
    if (refused.kind === 'demand') this.#demand.delete(refused.role);
    if (refused.kind === 'open_offers') this.#openOffers.delete(refused.role);
    if (!('commandId' in refused)) return;
    const command = this.#commands.get(refused.commandId);
    this.#commands.delete(refused.commandId);
    command?.resolve({ ok: false, code: 'INVALID_ARGUMENT', message });
  }

  #keepLease(lease: HostLease, change: 'granted' | 'changed' | 'ended'): void {
    if (change === 'ended') this.#leases.delete(lease.leaseId);
    else this.#leases.set(lease.leaseId, lease);
  }

  #demandMessage(role: string, entries: readonly DemandEntry[]): FrameworkMessage {
    return { kind: 'demand', role, asOfSeq: this.#session.appliedSeq + this.#inHand, entries };
  }

  #onEnded(reason: FrameworkEvents['ended']['reason']): void {
    // Another process may be acting for the session from now on.
    void this.#steps?.close('superseded');
    this.#dialer?.close();
    const commands = [...this.#commands.values()];
    this.#commands.clear();
    for (const { resolve } of commands)
      resolve({
        ok: false,
        code: 'UNAVAILABLE',
        message: `the session has ended (${reason}); the outcome is not known`,
      });
    this.#emit('ended', { reason });
  }

  #emit<K extends keyof FrameworkEvents>(kind: K, event: FrameworkEvents[K]): void {
    const listeners = this.#listeners[kind] as Set<(event: FrameworkEvents[K]) => void> | undefined;
    for (const listener of [...(listeners ?? [])]) listener(event);
  }
}

/** Makes a `FrameworkClient` with its listeners in place, and starts it. */
export function connectFramework(
  options: FrameworkClientOptions,
  listeners: {
    readonly [K in keyof FrameworkEvents]?: (event: FrameworkEvents[K], client: FrameworkClient) => void;
  } = {},
): FrameworkClient {
  const client = new FrameworkClient(options);
  for (const kind of Object.keys(listeners) as (keyof FrameworkEvents)[]) {
    // The table has paired each kind with a listener of its own event; the loop cannot show it.
    const listener = listeners[kind] as ((event: unknown, client: FrameworkClient) => void) | undefined;
    if (listener === undefined) continue;
    client.on(kind, (event) => {
      listener(event, client);
    });
  }
  client.start();
  return client;
}

function grpcDialer(options: FrameworkClientOptions, clock: Clock): GrpcDialer {
  const { address, credentials } = options;
  if (address === undefined) throw new Error('give the address of a master, or a dialer');
  return new GrpcDialer({ address, peer: 'framework', clock, ...(credentials === undefined ? {} : { credentials }) });
}
