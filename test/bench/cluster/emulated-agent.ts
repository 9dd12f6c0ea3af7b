import {
  PeerSession,
  type AgentCommand,
  type AgentMessage,
  type Clock,
  type Dialer,
  type Random,
  type StepRequest,
  type TaskSpec,
  type TaskState,
  type TaskStatus,
} from '../../../src/client/index.js';
import { sharedMs } from './clock.js';
import { HOST_RESOURCES, hostIdentity, hostName, rackOf, SLOTS_PER_HOST } from './fleet.js';
import { formatTimes, parseTimes, RUN_LABEL, TIMES_LABEL } from './launch-times.js';

interface EmulatedTask {
  state: TaskState;
  statusSeq: number;
  message: string;
}

/** Slots of a host that are released and not taken again: more cannot be. */
const RELEASES_MAX = SLOTS_PER_HOST;

/**
 * An agent as the master sees one: a session of its own with a secret, a report after each connect that was not resumed,
 * host steps that are done at once, and tasks that are nothing but a timer. It keeps no checkpoint: it does not crash.
 */
export class EmulatedAgent {
  readonly #session: PeerSession<AgentMessage, AgentCommand>;
  readonly #index: number;
  readonly #clock: Clock;
  /** By the master's task id, until the end is acknowledged. */
  readonly #tasks = new Map<string, EmulatedTask>();
  /** When slots were released, oldest first. */
  readonly #releases: number[] = [];
  #hostId = '';
  #lastCommandSeq = 0;
  #reportSent = false;

  constructor(index: number, parts: { readonly dialer: Dialer; readonly clock: Clock; readonly random: Random }) {
    this.#index = index;
    this.#clock = parts.clock;
    this.#session = new PeerSession<AgentMessage, AgentCommand>({
      ...parts,
      who: { kind: 'agent', name: hostName(index), identity: hostIdentity(index) },
      secret: `secret of emulated agent ${index}`,
      handlers: {
        onMessage: (command) => {
          this.#onCommand(command);
        },
        onConnected: ({ assignedId, resumed }) => {
          this.#hostId = assignedId;
          if (!resumed) this.#report();
        },
        onDisconnected: () => undefined,
        onRefused: (code, message, retryAfterMs) => {
          if (retryAfterMs === 0) throw new Error(`the master refused ${hostName(index)}: ${code} ${message}`);
        },
        onEnded: () => undefined,
      },
    });
  }

  get connected(): boolean {
    return this.#session.connected;
  }

  /** Whether the master has all that it was told, the report of this connection included. */
  get reported(): boolean {
    return this.#reportSent && this.#session.connected && this.#session.unacknowledged === 0;
  }

  /** From now on `reported` speaks of a report that is still to be made. */
  awaitReport(): void {
    this.#reportSent = false;
  }

  get runningTasks(): number {
    let running = 0;
    for (const { state } of this.#tasks.values()) if (state === 'running') running += 1;
    return running;
  }

  start(): void {
    this.#session.start();
  }

  close(): void {
    this.#session.close();
  }

  #report(): void {
    this.#reportSent = true;
    this.#session.send({
      kind: 'report',
      report: {
        resources: HOST_RESOURCES,
        attributes: { arch: 'x86_64' },
        faultDomain: { region: 'region1', zone: 'zone1', rack: rackOf(this.#index) },
        image: 'bench',
        agentVersion: 'bench',
        lastCommandSeq: this.#lastCommandSeq,
        tasks: [...this.#tasks].map(([taskKey, task]) => this.#statusOf(taskKey, task)),
        profile: '',
        cleanliness: '',
      },
    });
  }

  #onCommand(command: AgentCommand): void {
    switch (command.kind) {
      case 'launch':
        this.#launch(command.commandSeq, command.task);
        return;
      case 'kill':
        this.#lastCommandSeq = Math.max(this.#lastCommandSeq, command.commandSeq);
        this.#end(command.taskId, 'killed');
        return;
      case 'task_ack':
        if (this.#tasks.get(command.taskId)?.state !== 'running') this.#tasks.delete(command.taskId);
        return;
      case 'step_request':
        this.#finishStep(command.request);
        return;
      case 'report_request':
        this.#report();
        return;
      case 'step_renew':
      case 'step_cancel':
        return; // Steps are over before either can come.
    }
  }

  #launch(commandSeq: number, spec: TaskSpec): void {
    if (commandSeq <= this.#lastCommandSeq) return; // Sent again; it was applied.
    const launchedMs = sharedMs();
    this.#lastCommandSeq = commandSeq;
    const releasedMs = this.#releases.shift() ?? 0;
    const told = parseTimes(spec.labels[TIMES_LABEL] ?? '');
    const task: EmulatedTask = {
      state: 'running',
      statusSeq: 1,
      message: formatTimes([releasedMs, ...told, launchedMs]),
    };
    this.#tasks.set(spec.taskId, task);
    this.#clock.setTimer(Number(spec.labels[RUN_LABEL]), () => {
      this.#end(spec.taskId, 'finished');
    });
    this.#tell(spec.taskId, task);
  }

  #end(taskKey: string, state: TaskState): void {
    const task = this.#tasks.get(taskKey);
    if (task?.state !== 'running') return;
    task.state = state;
    task.statusSeq += 1;
    task.message = '';
    if (this.#releases.length < RELEASES_MAX) this.#releases.push(sharedMs());
    this.#tell(taskKey, task);
  }

  #tell(taskKey: string, task: EmulatedTask): void {
    this.#session.send({ kind: 'task_status', status: this.#statusOf(taskKey, task) });
  }

  #statusOf(taskKey: string, { state, statusSeq, message }: EmulatedTask): TaskStatus {
    return {
      taskId: taskKey,
      hostId: this.#hostId,
      state,
      statusSeq,
      message,
      exitCode: state === 'finished' ? 0 : null,
    };
  }

  #finishStep({ transitionId, step, attempt }: StepRequest): void {
    this.#session.send({
      kind: 'step_update',
      update: {
        transitionId,
        step,
        attempt,
        updateNo: 1,
        state: 'done',
        progressMilli: 1_000,
        message: step === 'verify_clean' ? 'clean' : '',
        blockedBy: [],
        forecast: null,
      },
    });
  }
}
