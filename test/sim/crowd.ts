import type { DemandEntry, FrameworkEvent } from '../../scheduler/index.js';
import type { World } from '../../src/simulation/world.js';
import { Admin, type OnReply } from './admin.js';
import { hostsOf } from './hosts-of.js';
import type { SimOptions } from './options.js';
import { SimPeer, type SimPeerOptions } from './sim-peer.js';

const GIB = 1024 ** 3;
const MINUTE_MS = 60_000;
/** Between two looks at how many hosts are shared, at most. */
const LOOK_MS = 4 * MINUTE_MS;
const SHARED_MIN = 2;
/** How a task ends that was killed for a guarantee begins with this. */
const RECLAIMED = 'reclaimed: ';

export const CROWD_ROLE = '/crowd';
/** Who borrows the whole pool, under a hard policy. */
export const LEND_ROLE = '/crowd/lend';
/** Who is guaranteed a part of it, and wants that now and then. */
export const OWN_ROLE = '/crowd/own';

/** The shared hosts of a crowded world: somebody sees to it that there are some, whoever else wants the machines. */
export class Pool extends Admin {
  constructor(options: SimOptions, world: World, onReply: OnReply) {
    super(options, world, onReply, 'pool', 'pool');
  }

  start(): void {
    this.clock.later(LOOK_MS, () => {
      this.#look();
    });
  }

  /** Hosts may stay shared. */
  protected override repair(): void {}

  #look(): void {
    const hosts = hostsOf(this.world);
    const isOn = hosts.filter(({ mode, transition }) => mode === 'shared' || transition?.toMode === 'shared');
    const idle = hosts.filter(({ mode, transition }) => mode !== 'shared' && transition === null);
    for (let lacks = SHARED_MIN - isOn.length; lacks > 0 && idle.length > 0; lacks -= 1) {
      const [host] = idle.splice(this.clock.prng.int(0, idle.length - 1), 1);
      const reason = 'the pool needs it';
      const move = { kind: 'move', dryRun: false, to: 'shared', role: '', hard: false, reason } as const;
      this.send({ ...move, host: host?.name ?? '' });
    }
    this.start();
  }
}

/** Asks for more than there is, and lives with being told to go: it ends what it is told, or waits to be killed. */
export class Borrower extends SimPeer {
  /** Tasks that it was told will be killed. */
  readonly #told = new Set<string>();
  /** Whose end it has heard of: a status may come again. */
  readonly #ended = new Set<string>();
  /** After a resync it does not know what it was told meanwhile. */
  #knowsAll = true;

  constructor(options: SimPeerOptions) {
    super(options, { workload: 'crowd', name: 'lend', role: LEND_ROLE, executesSteps: false });
  }

  override start(): void {
    super.start();
    this.#again();
  }

  override heal(): void {
    super.heal();
    this.#demand();
  }

  protected onConnected(): void {
    this.#demand();
  }

  /** What it has launched is taken off what it asked for: it has to ask again. */
  #again(): void {
    this.later(2 * MINUTE_MS, 5 * MINUTE_MS, () => {
      this.#demand();
      this.#again();
    });
  }

  #demand(): void {
    const entries = this.healed ? [] : [slices(60, this.prng.int(0, 2))];
    this.send({ kind: 'demand', role: this.role, asOfSeq: 0, entries });
  }

  protected onEvent(event: FrameworkEvent): void {
    switch (event.kind) {
      case 'resync':
        this.#knowsAll = false;
        this.#told.clear();
        return;
      case 'offers':
        for (const offer of event.offers)
          this.later(0, 1_500, () => {
            this.launch(offer, this.prng.chance(0.7) ? null : this.prng.int(MINUTE_MS, 20 * MINUTE_MS));
          });
        return;
      case 'task_reclaim':
        this.count('reclaim notice', event.taskIds.length);
        for (const taskId of event.taskIds) this.#told.add(taskId);
        if (this.prng.chance(0.4)) this.later(500, 15_000, () => this.kill(this.prng.pick(event.taskIds)));
        return;
      case 'task_reclaim_cancelled':
        this.count(
          event.reason.includes('not needed') ? 'reclaim claim withdrawn' : 'reclaim called off',
          event.taskIds.length,
        );
        for (const taskId of event.taskIds) this.#told.delete(taskId);
        return;
      case 'task_status':
        this.#onEnd(event.status.taskId, event.status.state, event.status.message);
        return;
      default:
    }
  }

  #onEnd(taskId: string, state: string, message: string): void {
    if (this.tasks.has(taskId) || this.#ended.has(taskId)) return;
    this.#ended.add(taskId);
    const wasTold = this.#told.delete(taskId);
    if (state === 'killed' && message.startsWith(RECLAIMED)) {
      this.count('reclaim killed after notice');
      if (!wasTold && this.#knowsAll) this.report(`task ${taskId} was killed for a guarantee without notice`);
    } else if (wasTold) this.count('reclaim victim ended by itself');
  }
}

/** Wants what it is guaranteed for a while, now and then for a moment only. */
export class Owner extends SimPeer {
  #wanted = 0;

  constructor(options: SimPeerOptions) {
    super(options, { workload: 'crowd', name: 'own', role: OWN_ROLE, executesSteps: false });
  }

  override start(): void {
    super.start();
    this.#pause();
  }

  override heal(): void {
    super.heal();
    this.#demand(0);
  }

  protected onConnected(): void {
    this.#demand(this.healed ? 0 : this.#wanted);
  }

  protected onEvent(event: FrameworkEvent): void {
    if (event.kind !== 'offers') return;
    for (const offer of event.offers) {
      if (this.#wanted === 0) continue;
      this.count('reclaimed slice used');
      this.later(0, 1_500, () => {
        this.launch(offer, this.prng.int(30_000, 4 * MINUTE_MS));
      });
    }
  }

  #pause(): void {
    this.later(30_000, 5 * MINUTE_MS, () => {
      this.#demand(this.prng.int(1, 6));
      const isShort = this.prng.chance(0.4);
      this.later(isShort ? 3_000 : MINUTE_MS, isShort ? 25_000 : 4 * MINUTE_MS, () => {
        this.#demand(0);
        this.#pause();
      });
    });
  }

  #demand(count: number): void {
    this.#wanted = count;
    this.send({ kind: 'demand', role: this.role, asOfSeq: 0, entries: count === 0 ? [] : [slices(count, 0)] });
  }
}

function slices(count: number, priority: number): DemandEntry {
  const quantities = { cpusMilli: 4_000, memoryBytes: 8 * GIB };
  return {
    ...{ demandId: 'slices', want: { kind: 'slices', resources: { quantities, ports: [] } }, count, priority },
    ...{ minimum: 0, allOrNothing: false, constraints: [], placement: [], deadlineMs: 0, ageMs: 0, evidence: '' },
  };
}
