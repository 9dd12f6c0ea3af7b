import type { OperatorCommand, OperatorReply } from '../../scheduler/index.js';
import { Prng } from '../../src/scenario/index.js';
import type { World } from '../../src/simulation/world.js';
import { FaultClock } from './fault-clock.js';
import type { SimOptions } from './options.js';

const REPAIR_PERIOD_MS = 600_000;

/** Told each answer at once when it is there. */
export type OnReply = (command: OperatorCommand, reply: OperatorReply) => void;

/** Somebody with the right to command the master, at times of their own until the world is healed. */
export abstract class Admin {
  protected readonly options: SimOptions;
  protected readonly clock: FaultClock;
  protected readonly world: World;
  readonly #principal: string;
  readonly #onReply: OnReply;

  /** @param stream of random numbers, its own */
  protected constructor(options: SimOptions, world: World, onReply: OnReply, principal: string, stream: string) {
    this.options = options;
    this.clock = new FaultClock(world, new Prng(options.seed, stream));
    this.world = world;
    this.#principal = principal;
    this.#onReply = onReply;
  }

  /** Commands by kind and outcome. */
  get counts(): ReadonlyMap<string, number> {
    return this.clock.counts;
  }

  /** Takes back everything that would keep the fleet from settling. */
  heal(): void {
    this.clock.heal();
    this.#repairs();
  }

  /** What is taken back, by commands to a master that is there. */
  protected abstract repair(): void;

  protected send(command: OperatorCommand): void {
    const loop = this.world.loop;
    if (loop === null) return;
    void loop.command(this.#principal, command).then((reply) => {
      this.clock.count(`${command.kind} ${reply.ok ? 'ok' : reply.code}`);
      this.#onReply(command, reply);
    });
  }

  /** Again until the master is there and nothing is left to repair. */
  #repairs(): void {
    if (this.world.loop?.leading === true) this.repair();
    this.world.clock.setTimer(REPAIR_PERIOD_MS, () => {
      this.#repairs();
    });
  }
}
