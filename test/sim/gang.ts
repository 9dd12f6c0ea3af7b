import type { FrameworkEvent, HostLease, Offer, StepRequest } from '../../scheduler/index.js';
import { grouped } from './offer-groups.js';
import { SimPeer, type SimPeerOptions } from './sim-peer.js';

const MINUTE_MS = 60_000;
/** What it asks for from the time on at which the world is healed. */
const LAST_WISH = 2;

/** Two gangs share it; what it is guaranteed it does not lend, so that hosts come free for a whole group. */
export const GANG_ROLE = '/gang';
export const GANG_HOSTS = 4;

/**
 * Wants several whole hosts at once or none, holds them for a while and gives all of them back; with another of its kind there
 * are not enough for both now and then. It carries out steps at once, and tears groups apart, which has to be refused.
 */
export class Gang extends SimPeer {
  readonly #leases = new Map<string, HostLease>();
  /** Claims of whole groups and of parts of one, by command: how many hosts each is about. */
  readonly #claims = new Map<string, { readonly hosts: number; readonly isWhole: boolean }>();
  #wanted = 0;

  constructor(options: SimPeerOptions, name: string) {
    super(options, { workload: 'gang', name, role: GANG_ROLE, executesSteps: true });
  }

  override start(): void {
    super.start();
    this.#pause();
  }

  /** It goes on wanting: what capacity and quota allow has to come. */
  override heal(): void {
    super.heal();
    this.#demand(LAST_WISH);
  }

  protected onConnected(resumed: boolean): void {
    this.#demand(this.#wanted);
    if (!resumed) this.#observe();
  }

  protected onEvent(event: FrameworkEvent): void {
    switch (event.kind) {
      case 'resync':
        this.#leases.clear();
        for (const lease of event.leases) this.#leases.set(lease.leaseId, lease);
        this.#observe();
        return;
      case 'lease':
        if (event.change === 'ended') this.#leases.delete(event.lease.leaseId);
        else this.#leases.set(event.lease.leaseId, event.lease);
        this.#observe();
        return;
      case 'offers':
        for (const group of grouped(event.offers)) this.#onGroup(group);
        return;
      case 'result': {
        const claim = this.#claims.get(event.commandId);
        this.#claims.delete(event.commandId);
        if (claim === undefined || !event.outcome.ok) return;
        if (!claim.isWhole) this.report(`part of a group (${String(claim.hosts)} hosts) was granted to ${this.role}`);
        else if (claim.hosts > 1) this.count('group claimed');
        return;
      }
      case 'step_request':
        this.world.clock.setTimer(this.prng.int(500, 4_000), () => {
          this.#answer(event.request);
        });
        return;
      default:
    }
  }

  #onGroup(offers: readonly Offer[]): void {
    const claim = (): void => {
      this.#claim(offers, true);
    };
    if (this.healed) {
      claim();
      return;
    }
    if (offers.length > 1) this.count('group offered');
    if (offers.length > 1 && this.prng.chance(0.2)) this.#claim(offers.slice(1), false);
    // Now and then it forgets, or says no; the group comes again.
    if (this.prng.chance(0.8)) this.later(0, 3_000, claim);
    else if (this.prng.chance(0.5)) {
      const offerIds = offers.slice(0, 1).map(({ offerId }) => offerId);
      this.send({ kind: 'decline', offerIds, filterMs: this.prng.int(0, MINUTE_MS), reason: 'not now' });
    }
  }

  #claim(offers: readonly Offer[], isWhole: boolean): void {
    const commandId = this.command();
    this.#claims.set(commandId, { hosts: offers.length, isWhole });
    const offerIds = offers.map(({ offerId }) => offerId);
    this.send({ kind: 'accept', commandId, offerIds, action: { kind: 'claim' } });
  }

  #pause(): void {
    this.later(MINUTE_MS, 4 * MINUTE_MS, () => {
      this.#demand(this.prng.int(2, 3));
      this.later(4 * MINUTE_MS, 15 * MINUTE_MS, () => {
        this.#demand(0);
        for (const { leaseId } of this.#leases.values())
          this.send({ kind: 'return_host', commandId: this.command(), leaseId, reason: 'the run is over' });
        this.#pause();
      });
    });
  }

  #demand(count: number): void {
    this.#wanted = count;
    const want = { kind: 'hosts', shape: 'standard' } as const;
    const entry = {
      ...{ demandId: 'gang', want, count, minimum: 0, allOrNothing: true, constraints: [], placement: [] },
      ...{ priority: 0, deadlineMs: 0, ageMs: 0, evidence: '' },
    };
    this.send({ kind: 'demand', role: this.role, asOfSeq: 0, entries: count === 0 ? [] : [entry] });
  }

  /** It has no manager: what it holds serves, and can be left at once. */
  #observe(): void {
    const hosts = [...this.#leases.values()]
      .filter(({ phase }) => phase !== 'joining')
      .map(({ identity, hostName: name }) => ({
        ...{ identity, name, managerState: 'up', serving: true, units: 0, leaveEstimateMs: 1_000, drift: '' },
      }));
    this.send({ kind: 'observation', complete: true, hosts });
  }

  #answer({ transitionId, step, attempt }: StepRequest): void {
    const lasts = { durationLowMs: 1_000, durationHighMs: 2_000, units: 0, wouldKill: [], blockers: [] };
    const forecast = step === 'forecast' ? lasts : null;
    const rest = { updateNo: 1, state: 'done', progressMilli: 1_000, message: '', blockedBy: [], forecast } as const;
    this.send({ kind: 'step_update', update: { transitionId, step, attempt, ...rest } });
  }
}
