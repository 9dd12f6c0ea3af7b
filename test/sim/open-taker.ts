import type { FrameworkEvent, Offer } from '../../scheduler/index.js';
import { SimPeer, type SimPeerOptions } from './sim-peer.js';

const MINUTE_MS = 60_000;
const LATE_MS = 40_000;
const SHORT_FILTER_MS = 5_000;

export const OPEN_ROLE = '/open';

/** States no demand: it takes what is open, declines, suppresses and revives, answers late or never. */
export class OpenTaker extends SimPeer {
  readonly #launches = new Set<string>();
  #offersSinceHealed = 0;

  constructor(options: SimPeerOptions) {
    super(options, { workload: 'open', name: 'taker', role: OPEN_ROLE, executesSteps: false });
  }

  /** Whether it was offered anything since the world was healed: it asks all the time. */
  get isServed(): boolean {
    return this.#offersSinceHealed > 0;
  }

  override start(): void {
    super.start();
    this.#act();
  }

  override heal(): void {
    super.heal();
    this.#open(true);
  }

  protected onConnected(): void {
    this.#open(true);
  }

  protected onEvent(event: FrameworkEvent): void {
    if (event.kind === 'offers') for (const offer of event.offers) this.#onOffer(offer);
    else if (event.kind === 'rescind') this.count('open offers rescinded', event.offerIds.length);
    else if (event.kind === 'result' && this.#launches.delete(event.commandId) && event.outcome.ok)
      this.count('open offer launched');
  }

  #onOffer(offer: Offer): void {
    if (offer.demandId !== '') this.report(`an open offer names the demand ${offer.demandId}`);
    const decline = (filterMs: number): void => {
      this.send({ kind: 'decline', offerIds: [offer.offerId], filterMs, reason: 'not now' });
    };
    if (this.healed) {
      this.#offersSinceHealed += 1;
      decline(SHORT_FILTER_MS);
      return;
    }
    const draw = this.prng.int(0, 99);
    if (draw < 40) this.later(0, 2_000, () => this.#take(offer));
    else if (draw < 75) {
      this.count('open offer declined');
      this.later(0, 2_000, () => {
        decline(this.prng.int(0, 2 * MINUTE_MS));
      });
    } else if (draw < 85) this.later(LATE_MS, 2 * LATE_MS, () => this.#take(offer));
    else this.count('open offer not answered');
  }

  /** A task on a part of what is offered; the rest is given back. */
  #take(offer: Offer): void {
    const { cpusMilli = 0, memoryBytes = 0 } = offer.resources.quantities;
    const part = this.prng.pick([1, 4, 8]);
    const quantities = { cpusMilli: Math.floor(cpusMilli / part), memoryBytes: Math.floor(memoryBytes / part) };
    this.#launches.add(this.launch(offer, this.prng.int(10_000, 5 * MINUTE_MS), { quantities, ports: [] }));
  }

  #act(): void {
    this.later(30_000, 5 * MINUTE_MS, () => {
      this.#open(this.prng.chance(0.7));
      this.#act();
    });
  }

  #open(enabled: boolean): void {
    const minimum = this.healed || this.prng.chance(0.5) ? {} : { cpusMilli: this.prng.int(1, 16) * 1_000 };
    this.send({ kind: 'open_offers', role: this.role, enabled, minimum });
  }
}
