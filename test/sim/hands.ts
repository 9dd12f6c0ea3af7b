import type { FaultClock } from './fault-clock.js';

const MEND_MAX_MS = 300_000;
const PIN_MAX_MS = 3_600_000;

/** An admin who works in the managers without telling us. */
export class Hands {
  /** Hosts whose state in a manager is the admin's doing. */
  readonly hosts = new Set<string>();
  readonly #clock: FaultClock;
  readonly #pinned = new Set<string>();

  constructor(clock: FaultClock) {
    this.#clock = clock;
  }

  /** Whatever fits the machine's state. */
  meddle(framework: string, host: string): void {
    const state = this.#clock.world.workload(framework).manager.stateOf(host);
    if (state === 'draining' || state === 'drained') this.activate(framework, host);
    else if (state === 'up' && this.#clock.prng.chance(0.3)) this.drain(framework, host);
    else if (state === 'up') this.pin(framework, host);
  }

  /** Something on the machine must not move: forecasts say so, and drains are blocked. */
  pin(framework: string, host: string): void {
    const { manager } = this.#clock.world.workload(framework);
    if (manager.unitsOf(host).length === 0) return;
    this.#clock.count('pinned by hand');
    manager.pin(host);
    this.#pinned.add(`${framework} ${host}`);
    this.#clock.later(PIN_MAX_MS, () => {
      this.#unpin(framework, host);
    });
  }

  /** Takes back what would keep a host from ever leaving. */
  heal(): void {
    for (const pinned of this.#pinned) {
      const [framework = '', host = ''] = pinned.split(' ');
      this.#unpin(framework, host);
    }
  }

  activate(framework: string, host: string): void {
    const { manager } = this.#clock.world.workload(framework);
    if (!['draining', 'drained', 'leaving'].includes(manager.stateOf(host))) return;
    this.#clock.count('activated by hand');
    this.hosts.add(host);
    manager.activateByHand(host);
  }

  drain(framework: string, host: string): void {
    const { manager } = this.#clock.world.workload(framework);
    if (manager.stateOf(host) !== 'up') return;
    this.#clock.count('drained by hand');
    this.hosts.add(host);
    manager.drainByHand(host);
    this.#clock.later(MEND_MAX_MS, () => {
      if (['draining', 'drained'].includes(manager.stateOf(host))) manager.activateByHand(host);
    });
  }

  #unpin(framework: string, host: string): void {
    const { manager } = this.#clock.world.workload(framework);
    this.#pinned.delete(`${framework} ${host}`);
    if (manager.stateOf(host) !== 'missing') manager.unpin(host);
  }

  /** The machine is deleted from the manager. */
  remove(framework: string, host: string): void {
    const { manager } = this.#clock.world.workload(framework);
    if (manager.stateOf(host) === 'missing') return;
    this.#clock.count('removed by hand');
    this.hosts.add(host);
    manager.vanish(host);
  }
}
