import type { AgentCommand, AgentMessage, AgentReport, RefusalCode } from '../../scheduler/index.js';
import { assertNever } from '../../scheduler/index.js';
import type { Log } from '../../frameworks/contract/ports.js';
import { DEFAULT_RUNNER_OPTIONS, StepTable } from '../../frameworks/runner/index.js';
import type { CancelTimer, Clock, Dialer, Random } from '../ports/index.js';
import { PeerSession } from '../session/index.js';
import { MemoryKeeper, parseMemory, type AgentMemory } from './checkpoint.js';
import type { Checkpoint, Driver, Inventory } from './driver.js';
import { agentSteps } from './steps.js';
import { AgentTasks } from './tasks.js';

/** How often the machine is looked at again; a changed inventory is reported. */
const INVENTORY_PERIOD_MS = 60_000;

export interface AgentOptions {
  readonly dialer: Dialer;
  readonly clock: Clock;
  readonly random: Random;
  readonly driver: Driver;
  readonly checkpoint: Checkpoint;
  readonly log: Log;
  readonly version: string;
  /** The agent cannot go on: `superseded`, or `refused: WHY` for good. The process should end. */
  readonly onEnded: (reason: string) => void;
}

/**
 * One machine's agent: a durable session with the master, the machine's tasks, and the agent's steps of a move (prepare,
 * wipe, verify_clean). Everything it does goes through its ports, so that production and simulator run the same agent.
 */
export class Agent {
  readonly #options: AgentOptions;
  #session: PeerSession<AgentMessage, AgentCommand> | null = null;
  #keeper: MemoryKeeper | null = null;
  #tasks: AgentTasks | null = null;
  #steps: StepTable | null = null;
  #inventory: Inventory | null = null;
  #hostId = '';
  #reported = '';
  #closed = false;
  #cancelInventoryTimer: CancelTimer | null = null;
  /** Commands are applied one after the other, in the order they came. */
  #commands: Promise<void> = Promise.resolve();

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  get connected(): boolean {
    return this.#session?.connected ?? false;
  }

  /** Id that the master gave the machine; empty before the first connection. */
  get hostId(): string {
    return this.#hostId;
  }

  /** Reads checkpoint and machine, then keeps a session with the master. Rejects when either cannot be read. */
  async start(): Promise<void> {
    const { driver, checkpoint, random, clock, log } = this.#options;
    const stored = await checkpoint.read();
    const keeper = new MemoryKeeper({
      checkpoint,
      memory: stored === null ? newMemory(random.hex128()) : parseMemory(stored),
      clock,
      onFailure: (error) => {
        log.error({ error: String(error) }, 'the checkpoint could not be written: commands and statuses wait for it');
      },
    });
    // The secret must be kept before the master hears it: another one after a crash would be refused.
    if (stored === null) await keeper.create();
    const inventory = await driver.inventory();
    if (this.#closed) return;
    this.#keeper = keeper;
    this.#inventory = inventory;
    this.#tasks = new AgentTasks({
      driver,
      keeper,
      hostId: () => this.#hostId,
      clock,
      random,
      send: (status) => this.#session?.send({ kind: 'task_status', status }),
      onError: (text, error) => {
        log.error({ error: String(error) }, text);
      },
    });
    await this.#tasks.recover();
    if (this.#closed as boolean) return;
    this.#steps = new StepTable({
      executor: agentSteps(driver, keeper, () => {
        this.#report();
      }),
      clock,
      random,
      log,
      options: DEFAULT_RUNNER_OPTIONS,
      send: (update) => this.#session?.send({ kind: 'step_update', update }),
      connected: () => this.connected,
    });
    this.#session = this.#newSession(keeper, inventory);
    this.#session.start();
    this.#armInventory();
  }

  /** Ends the session and shuts every fence. Tasks go on running. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelInventoryTimer?.();
    this.#tasks?.close();
    await this.#steps?.close('shutdown');
    this.#session?.close();
    await this.#keeper?.close();
  }

  #newSession(keeper: MemoryKeeper, inventory: Inventory): PeerSession<AgentMessage, AgentCommand> {
    const { dialer, clock, random, log } = this.#options;
    let refusal = '';
    return new PeerSession<AgentMessage, AgentCommand>({
      dialer,
      clock,
      random,
      who: { kind: 'agent', name: inventory.name, identity: inventory.identity },
      secret: keeper.memory.secret,
      highestTerm: keeper.memory.highestTerm,
      onTerm: (highestTerm) => {
        void keeper.change({ highestTerm });
      },
      handlers: {
        onMessage: (command) => {
          this.#onCommand(command);
        },
        onConnected: ({ assignedId, resumed, term }) => {
          this.#hostId = assignedId;
          log.info({ hostId: assignedId, term, resumed }, 'connected to the master');
          if (!resumed) this.#reported = '';
          this.#report();
          this.#steps?.resendAll();
        },
        onDisconnected: (reason) => {
          log.warn({ reason }, 'lost the master; tasks and steps go on as far as they may');
        },
        onUnreachable: (reason, failures) => {
          // Each doubling: minutes apart after a while, so that a log of a long outage stays short.
          if ((failures & (failures - 1)) === 0)
            log.warn({ failures }, `cannot join the master: ${reason}; it is tried again until it answers`);
        },
        onRefused: (code: RefusalCode, message, retryAfterMs) => {
          refusal = message;
          log.error({ code, retryAfterMs }, `the master refused this machine: ${message}`);
        },
        onStartOver: (reason, refused) => {
          log.error(
            refused === null ? {} : { refused: refused.kind },
            `the session with the master starts over, and everything is reported again: ${reason}`,
          );
        },
        onEnded: (reason) => {
          if (this.#closed) return;
          // Another process acts for the machine from now on: nothing of ours may still change it, or its memory.
          if (reason === 'superseded') this.#standAside();
          this.#options.onEnded(reason === 'refused' ? `refused: ${refusal}` : reason);
        },
      },
    });
  }

  #standAside(): void {
    this.#cancelInventoryTimer?.();
    this.#session = null;
    this.#tasks?.close();
    this.#keeper?.abandon();
    void this.#steps?.close('shutdown');
  }

  #onCommand(command: AgentCommand): void {
    switch (command.kind) {
      case 'launch':
        this.#enqueue('launch', (tasks) => tasks.launch(command.commandSeq, command.task));
        return;
      case 'kill':
        this.#enqueue('kill', (tasks) => tasks.kill(command.commandSeq, command.taskId, command.graceMs));
        return;
      case 'task_ack':
        this.#enqueue('task_ack', (tasks) => tasks.acknowledge(command.taskId, command.statusSeq));
        return;
      case 'step_request':
        this.#steps?.request(command.request);
        return;
      case 'step_renew':
        this.#steps?.renew(command.renew);
        return;
      case 'step_cancel':
        this.#steps?.cancel(command);
        return;
      case 'report_request':
        this.#reported = '';
        this.#report();
        return;
      default:
        assertNever(command);
    }
  }

  #enqueue(name: string, apply: (tasks: AgentTasks) => Promise<void>): void {
    this.#commands = this.#commands
      .then(() => (this.#tasks === null ? undefined : apply(this.#tasks)))
      .catch((error: unknown) => {
        this.#options.log.error({ error: String(error) }, `a ${name} command could not be applied`);
      });
  }

  /** Sends the full report unless the master has the same one already. */
  #report(): void {
    const session = this.#session;
    const inventory = this.#inventory;
    const keeper = this.#keeper;
    if (session?.connected !== true || inventory === null || keeper === null) return;
    const { resources, attributes, faultDomain, image } = inventory;
    const { lastCommandSeq, profile, cleanliness } = keeper.durable;
    const facts = {
      resources,
      attributes,
      faultDomain,
      image,
      agentVersion: this.#options.version,
      profile,
      cleanliness,
    };
    const key = JSON.stringify(facts);
    if (key === this.#reported) return;
    this.#reported = key;
    const report: AgentReport = { ...facts, lastCommandSeq, tasks: this.#tasks?.statuses() ?? [] };
    session.send({ kind: 'report', report });
  }

  #armInventory(): void {
    this.#cancelInventoryTimer = this.#options.clock.setTimer(INVENTORY_PERIOD_MS, () => {
      this.#options.driver
        .inventory()
        .then((inventory) => {
          this.#inventory = inventory;
          this.#report();
        })
        .catch((error: unknown) => {
          this.#options.log.warn({ error: String(error) }, 'the machine could not be looked at');
        })
        .finally(() => {
          if (!this.#closed && this.#session !== null) this.#armInventory();
        });
    });
  }
}

function newMemory(secret: string): AgentMemory {
  return { secret, highestTerm: 0, lastCommandSeq: 0, tasks: [], profile: '', cleanliness: '' };
}
