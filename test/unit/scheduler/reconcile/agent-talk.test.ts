// A core and one agent talk over a session that breaks, is resumed or starts over, while either side restarts. Whatever
// happened, once they can talk in peace they agree: no task runs twice, none is forgotten, none runs that nobody wants.
import { strict as assert } from 'node:assert';
import { describe, expect, it } from '@jest/globals';
import { auditAll } from '../../../../scheduler/invariants.js';
import type { AgentCommand, AgentMessage, TaskStatus } from '../../../../scheduler/protocol.js';
import {
  ackTask,
  isEnded,
  killTask,
  launchTasks,
  liveTasksOf,
  onAgentReport,
  onTaskStatus,
  peerConnected,
  peerDisconnected,
} from '../../../../scheduler/reconcile/index.js';
import { sfc32 } from '../../../support/seeded-random.js';
import { connectAgent, connectFramework, identity, makeCore, report, restart, setMode, spec } from './support.js';

const FW = 'batch/b';
const MESSAGES_MAX = 10_000;

/** What a real agent checkpoints, and how it answers commands. */
class ModelAgent {
  lastCommandSeq = 0;
  readonly tasks = new Map<string, TaskStatus>();
  readonly starts = new Map<string, number>();
  outbox: AgentMessage[] = [];

  report(): void {
    const { lastCommandSeq } = this;
    this.outbox.push({ kind: 'report', report: report({ lastCommandSeq, tasks: [...this.tasks.values()] }) });
  }

  end(key: string, state: TaskStatus['state']): void {
    const task = this.tasks.get(key);
    if (task === undefined || isEnded(task.state)) return;
    const ended: TaskStatus = { ...task, state, statusSeq: task.statusSeq + 1 };
    this.tasks.set(key, ended);
    this.outbox.push({ kind: 'task_status', status: ended });
  }

  apply(command: AgentCommand): void {
    switch (command.kind) {
      case 'launch': {
        if (command.commandSeq <= this.lastCommandSeq) return;
        this.lastCommandSeq = command.commandSeq;
        const key = command.task.taskId;
        this.starts.set(key, (this.starts.get(key) ?? 0) + 1);
        const status: TaskStatus = {
          taskId: key,
          hostId: '',
          state: 'running',
          statusSeq: 1,
          message: '',
          exitCode: null,
        };
        this.tasks.set(key, status);
        this.outbox.push({ kind: 'task_status', status });
        return;
      }
      case 'kill':
        if (command.commandSeq <= this.lastCommandSeq) return;
        this.lastCommandSeq = command.commandSeq;
        this.end(command.taskId, 'killed');
        return;
      case 'task_ack': {
        const task = this.tasks.get(command.taskId);
        if (task !== undefined && isEnded(task.state) && command.statusSeq >= task.statusSeq)
          this.tasks.delete(command.taskId);
        return;
      }
      case 'report_request':
        this.report();
        return;
      default:
        assert.fail(`no ${command.kind} is expected here`);
    }
  }
}

class World {
  core = makeCore();
  readonly agent = new ModelAgent();
  readonly random;
  readonly hostId: string;
  /** What the session layer holds for the agent. */
  commands: AgentCommand[] = [];
  connected = true;
  launched = 0;
  /** Tasks that the machine lost, and those that the framework was told are. */
  readonly lostByMachine = new Set<string>();
  readonly lostByCore = new Set<string>();

  constructor(seed: number) {
    this.random = sfc32(seed);
    connectFramework(this.core, FW);
    this.hostId = connectAgent(this.core, 'node1', identity(1));
    setMode(this.core, this.hostId, 'shared');
    this.agent.report();
    this.settle();
  }

  get peerId(): string {
    return `agent/${this.hostId}`;
  }

  below(count: number): number {
    return Math.floor(this.random.next() * count);
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  collect(): void {
    for (const effect of this.core.takeEffects()) {
      if (effect.kind === 'send' && effect.message.kind === 'task_status' && 'status' in effect.message)
        if (effect.message.status.state === 'lost') this.lostByCore.add(`${FW}/${effect.message.status.taskId}`);
      if (effect.kind === 'send' && effect.peerId === this.peerId) this.commands.push(effect.message as AgentCommand);
    }
  }

  deliverToAgent(): void {
    const command = this.commands.shift();
    if (command !== undefined) this.agent.apply(command);
  }

  deliverToCore(): void {
    const message = this.agent.outbox.shift();
    if (message?.kind === 'report') onAgentReport(this.core, this.hostId, message.report);
    else if (message?.kind === 'task_status') onTaskStatus(this.core, this.hostId, message.status);
    this.collect();
  }

  settle(): void {
    for (let count = 0; this.commands.length + this.agent.outbox.length > 0; count += 1) {
      assert(count < MESSAGES_MAX, 'they talk for ever');
      this.deliverToCore();
      this.deliverToAgent();
    }
  }

  disconnect(): void {
    if (this.connected) peerDisconnected(this.core, this.peerId, 'broken');
    this.connected = false;
    this.collect();
  }

  /** Resumed sessions lose nothing; others lose what was held for the agent, and at times what the agent held. */
  connect(resumed: boolean): void {
    if (this.connected) this.disconnect();
    if (!resumed) {
      this.commands = [];
      if (this.below(2) === 0) this.agent.outbox = [];
      connectAgent(this.core, 'node1', identity(1), { incarnation: String(this.below(1_000_000)) });
      // What the helper dropped of the connection's effects: the request for a report.
      this.commands.push({ kind: 'report_request' });
    } else peerConnected(this.core, this.peerId, true);
    this.connected = true;
    this.collect();
  }

  restartMaster(): void {
    this.collect();
    this.core = restart(this.core);
    this.commands = [];
    this.connected = false;
    connectFramework(this.core, FW, ['/prod'], { incarnation: String(this.below(1_000_000)) });
  }

  act(): void {
    const keys = [...this.core.state.tasks.values()].map((task) => task.taskKey);
    switch (this.below(11)) {
      case 0:
      case 1:
        this.launched += 1;
        launchTasks(this.core, FW, '/prod', this.hostId, [spec(`t${this.launched}`, 1)]);
        break;
      case 2: {
        const taskId = this.pick(keys)?.slice(FW.length + 1);
        if (taskId !== undefined)
          killTask(this.core, FW, { kind: 'kill_task', commandId: `k${this.random.next()}`, taskId, graceMs: 0 });
        break;
      }
      case 3: {
        const key = this.pick([...this.agent.tasks.keys()]);
        if (key !== undefined) this.agent.end(key, 'finished');
        break;
      }
      case 4: {
        // The machine loses a task altogether (its disk was not synced).
        const key = [...this.agent.tasks.keys()].at(-1);
        if (key !== undefined && this.below(2) === 0) {
          this.agent.tasks.delete(key);
          this.lostByMachine.add(key);
        }
        break;
      }
      case 5:
        if (this.below(3) === 0) this.disconnect();
        break;
      case 6:
        if (!this.connected || this.below(4) === 0) this.connect(this.connected ? false : this.canResume());
        break;
      case 7:
        if (this.below(8) === 0) this.restartMaster();
        break;
      case 8:
        this.acknowledge();
        break;
      default:
        if (this.connected) {
          this.deliverToAgent();
          this.deliverToCore();
        }
    }
    this.collect();
  }

  canResume(): boolean {
    return this.core.state.hostPresence.get(this.hostId)?.reported === true && this.below(2) === 0;
  }

  acknowledge(): void {
    for (const task of [...this.core.state.tasks.values()])
      ackTask(this.core, FW, { kind: 'task_ack', taskId: task.taskId, statusSeq: task.statusSeq });
  }
}

describe('a core and an agent', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))('agree after everything of seed %i', (seed) => {
    const world = new World(seed);
    for (let step = 0; step < 300; step += 1) world.act();
    // Peace: the next report shows the rest.
    world.connect(false);
    world.settle();
    world.agent.report();
    world.settle();
    const { core, agent, hostId } = world;
    const ours = liveTasksOf(core, hostId).map((task) => task.taskKey);
    const theirs = [...agent.tasks.values()].filter((task) => !isEnded(task.state)).map((task) => task.taskId);
    expect(ours.sort()).toEqual(theirs.sort());
    expect([...agent.starts.values()].filter((count) => count !== 1)).toEqual([]);
    expect([...agent.tasks.values()].filter((task) => isEnded(task.state))).toEqual([]);
    expect(core.state.conditions.has('UNKNOWN_TASKS|node1')).toBe(false);
    expect([...world.lostByCore].filter((key) => !world.lostByMachine.has(key))).toEqual([]);
    world.acknowledge();
    expect(core.state.tasks.size).toBe(ours.length);
    expect(auditAll(core).filter((violation) => violation.invariant !== 'I9')).toEqual([]);
    expect(world.launched).toBeGreaterThan(20);
  });
});
