import type { FrameworkEvent, FrameworkMessage, Offer, Resources, TaskSpec } from '../../scheduler/index.js';
import { Prng } from '../../src/scenario/index.js';
import type { PeerSession } from '../../src/session/index.js';
import type { World } from '../../src/simulation/world.js';
import { peerSession, type Surroundings, type Who } from './peer-session.js';
import type { TaskLedger } from './task-ledger.js';

export interface SimPeerOptions extends Surroundings {
  /** A sentence about what must never be. */
  readonly report: (problem: string) => void;
}

interface OneRole extends Pick<Who, 'workload' | 'name' | 'executesSteps'> {
  readonly role: string;
}

/** A framework of the simulator's own in one role: its session, its commands, its tasks, and counts of what it met. */
export abstract class SimPeer {
  readonly counts = new Map<string, number>();
  protected readonly prng: Prng;
  protected readonly world: World;
  protected readonly role: string;
  protected readonly report: (problem: string) => void;
  /** Tasks that were launched and have not ended. */
  protected readonly tasks = new Set<string>();
  protected healed = false;
  readonly #id: string;
  readonly #ledger: TaskLedger;
  readonly #session: PeerSession<FrameworkMessage, FrameworkEvent>;
  #commands = 0;
  #launched = 0;

  constructor({ options, world, ledger, report }: SimPeerOptions, who: OneRole) {
    const { workload, name, role, executesSteps } = who;
    this.#id = `${workload}-${name}`;
    this.role = role;
    this.world = world;
    this.report = report;
    this.#ledger = ledger;
    this.prng = new Prng(options.seed, this.#id);
    this.#session = peerSession(
      { options, world, ledger },
      { id: this.#id, workload, name, roles: [role], executesSteps },
      (event) => {
        this.#onEvent(event);
      },
      (resumed) => {
        this.onConnected(resumed);
      },
    );
  }

  get connected(): boolean {
    return this.#session.connected;
  }

  start(): void {
    this.#session.start();
  }

  /** From now on it behaves, and ends what it runs. */
  heal(): void {
    this.healed = true;
    for (const taskId of this.tasks) this.kill(taskId);
  }

  protected abstract onConnected(resumed: boolean): void;
  protected abstract onEvent(event: FrameworkEvent): void;

  protected send(message: FrameworkMessage): void {
    this.#ledger.onSent(message);
    this.#session.send(message);
  }

  protected count(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  /** A moment between both, unless the world is healed before. */
  protected later(fromMs: number, withinMs: number, act: () => void): void {
    this.world.clock.setTimer(this.prng.int(fromMs, withinMs), () => {
      if (!this.healed) act();
    });
  }

  protected command(): string {
    this.#commands += 1;
    return `${this.#id}-c${String(this.#commands)}`;
  }

  protected kill(taskId: string): void {
    this.send({ kind: 'kill_task', commandId: this.command(), taskId, graceMs: 1_000 });
  }

  /** One task on all that is offered, or on `part` of it. @param runMs null: until it is killed */
  protected launch({ offerId, hostId, resources }: Offer, runMs: number | null, part: Resources = resources): string {
    this.#launched += 1;
    const taskId = `${this.#id}-t${String(this.#launched)}`;
    this.tasks.add(taskId);
    this.#ledger.expectOn(taskId, hostId);
    const labels = { 'simulated-exit-code': '0', ...(runMs === null ? {} : { 'simulated-run-ms': String(runMs) }) };
    const image = 'registry.example/batch:1';
    const task: TaskSpec = {
      ...{ taskId, name: taskId, image, command: [], env: {}, killGraceMs: 1_000, labels },
      resources: { quantities: part.quantities, ports: [] },
    };
    const commandId = this.command();
    this.send({ kind: 'accept', commandId, offerIds: [offerId], action: { kind: 'launch', tasks: [task] } });
    return commandId;
  }

  #onEvent(event: FrameworkEvent): void {
    if (event.kind === 'resync') for (const { taskId } of event.tasks) this.tasks.add(taskId);
    if (event.kind === 'task_status') {
      const { taskId, statusSeq, state } = event.status;
      if (['finished', 'failed', 'killed', 'lost'].includes(state)) this.tasks.delete(taskId);
      // What a launch that was healed over has started still has to end.
      else if (this.healed && state === 'running') this.kill(taskId);
      this.send({ kind: 'task_ack', taskId, statusSeq });
    }
    this.onEvent(event);
  }
}
