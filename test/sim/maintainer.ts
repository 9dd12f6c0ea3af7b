import type { World } from '../../src/simulation/world.js';
import { Admin, type OnReply } from './admin.js';
import type { MoveChange, MoveWatch } from './move-watch.js';
import type { SimOptions } from './options.js';

const MINUTE_MS = 60_000;
const WINDOWS = ['firmware', 'switch', 'cabling'];
/** Drains end after up to this long. */
const DRAIN_MAX_MS = 30 * MINUTE_MS;
/** Racks lose their network for up to this long, and at least for as long as it takes a host to count as lost. */
const OUTAGE_MAX_MS = 10 * MINUTE_MS;
const OUTAGE_MIN_MS = 2 * MINUTE_MS;
/** Hosts of one outage: what the breaker takes for a mass failure is in between. */
const OUTAGE_HOSTS_MIN = 3;
const OUTAGE_HOSTS_MAX = 9;

/** Somebody who drains hosts, plans maintenance and changes the plans, and now and then pulls the plug of a whole rack. */
export class Maintainer extends Admin {
  constructor(options: SimOptions, world: World, onReply: OnReply) {
    super(options, world, onReply, 'maintainer', 'maintenance');
  }

  /** @param cutOff has the network swallow everything of a peer for a while */
  start(watch: MoveWatch, cutOff: (peer: string, forMs: number) => void): void {
    const clock = this.clock;
    const { drainsPerHour, windowsPerHour, outagesPerHour, meddleMilli } = this.options;
    clock.repeat(drainsPerHour, () => {
      this.#drain(clock.prng.pick(this.world.hostNames));
    });
    clock.repeat(windowsPerHour, () => {
      this.#plan();
    });
    clock.repeat(outagesPerHour, () => {
      clock.count('outage');
      this.#outage(cutOff);
    });
    watch.listen(({ host, entered, transition }: MoveChange) => {
      // A host that is on its way to somebody is drained all the same.
      if (entered && transition.to !== null && drainsPerHour > 0 && clock.chanceMilli(meddleMilli)) this.#drain(host);
    });
  }

  protected override repair(): void {
    for (const name of WINDOWS) this.send({ kind: 'maintenance_delete', dryRun: false, name });
  }

  #drain(host: string): void {
    const { prng } = this.clock;
    const hard = prng.chance(0.3);
    const graces = prng.chance(0.5) ? { graceMs: prng.int(0, MINUTE_MS) } : {};
    const deadlines = prng.chance(0.7) ? { deadlineMs: prng.int(0, 15 * MINUTE_MS) } : {};
    const dryRun = prng.chance(0.1);
    this.send({ kind: 'host_drain', dryRun, host, reason: 'a fan rattles', hard, ...graces, ...deadlines });
    if (dryRun) return;
    this.clock.later(DRAIN_MAX_MS, () => {
      const kind = prng.chance(0.7) ? 'host_drain_cancel' : 'host_uncordon';
      this.send({ kind, dryRun: false, host });
    });
  }

  #plan(): void {
    const { prng } = this.clock;
    const loop = this.world.loop;
    if (loop === null) return;
    const name = prng.pick(WINDOWS);
    if (prng.chance(0.25)) {
      this.send({ kind: 'maintenance_delete', dryRun: false, name });
      return;
    }
    const startsMs = loop.nowMs() + prng.int(-10, 40) * MINUTE_MS;
    const drain = prng.chance(0.8);
    const window = {
      name,
      hosts: Array.from({ length: prng.int(1, 4) }, () => prng.pick(this.world.hostNames)),
      startsMs,
      endsMs: prng.chance(0.2) ? 0 : startsMs + prng.int(5, 40) * MINUTE_MS,
      reason: 'it is planned',
      drain,
      hard: drain && prng.chance(0.3),
      drainBeforeMs: prng.int(0, 30) * MINUTE_MS,
      keepCordoned: prng.chance(0.2),
    };
    this.send({ kind: 'maintenance_set', dryRun: prng.chance(0.1), window });
  }

  #outage(cutOff: (peer: string, forMs: number) => void): void {
    const { prng } = this.clock;
    const forMs = prng.int(OUTAGE_MIN_MS, OUTAGE_MAX_MS);
    const first = prng.int(0, this.world.hostNames.length - 1);
    const count = prng.int(OUTAGE_HOSTS_MIN, OUTAGE_HOSTS_MAX);
    for (const host of this.world.hostNames.slice(first, first + count)) cutOff(`agent/${host}`, forMs);
    if (prng.chance(0.3))
      this.clock.later(forMs, () => {
        this.send({ kind: 'breaker_reset', dryRun: false });
      });
  }
}
