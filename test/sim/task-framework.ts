import type { FrameworkEvent, FrameworkMessage, Offer, TaskSpec } from '../../scheduler/index.js';
import { Prng } from '../../src/scenario/index.js';
import type { PeerSession } from '../../src/session/index.js';
import type { World } from '../../src/simulation/world.js';
import { grouped } from './offer-groups.js';
import type { SimOptions } from './options.js';
import { peerSession } from './peer-session.js';
import type { TaskLedger } from './task-ledger.js';

const HOUR_MS = 3_600_000;
const GIB = 1024 ** 3;
export const TASK_ROLE = '/batch/tasks';
/** The same framework's other role: what it is guaranteed there it takes back from itself. */
export const URGENT_ROLE = '/batch/urgent';

/** Now and then what is declined is declined for longer than the whole run. */
const LONG_FILTER_MS = 24 * HOUR_MS;

/**
 * A framework that runs tasks on shared hosts and is no model citizen: it accepts offers late, twice, and such as it does
 * not hold, tears groups apart, asks for too much, declines at random, forgets to acknowledge, and repeats itself. It states
 * demand, one by one and all or nothing, and takes open offers beside it.
 */
export class RandomTaskFramework {
  readonly counts = new Map<string, number>();
  /** Outcomes of accepts: `reserve ok`, `unreserve PERMISSION_DENIED`, `launch on a reservation ok`. */
  readonly outcomes = new Map<string, number>();
  readonly #asked = new Map<string, string>();
  readonly #options: SimOptions;
  readonly #prng: Prng;
  readonly #world: World;
  readonly #ledger: TaskLedger;
  readonly #session: PeerSession<FrameworkMessage, FrameworkEvent>;
  readonly #offers = new Map<string, Offer>();
  readonly #past: Offer[] = [];
  readonly #tasks = new Set<string>();
  /** What a launch was about, by its command: counted when it succeeds. */
  readonly #launches = new Map<string, 'group' | 'open offer' | 'slice'>();
  #commands = 0;
  #taskCount = 0;
  #healed = false;

  constructor(options: SimOptions, world: World, ledger: TaskLedger) {
    this.#options = options;
    this.#world = world;
    this.#ledger = ledger;
    this.#prng = new Prng(options.seed, 'tasks');
    this.#session = peerSession(
      { options, world, ledger },
      { id: 'tasks', workload: 'tasks', name: 'batch', roles: [TASK_ROLE, URGENT_ROLE], executesSteps: false },
      (event) => {
        this.#onEvent(event);
      },
      (resumed) => {
        if (!resumed) this.#offers.clear();
        this.#demand();
      },
    );
  }

  get connected(): boolean {
    return this.#session.connected;
  }

  start(): void {
    this.#session.start();
    const { taskActionsPerHour } = this.#options;
    if (taskActionsPerHour === 0) return;
    const again = (): void => {
      const waitMs = Math.ceil(-Math.log(1 - this.#prng.next()) * (HOUR_MS / taskActionsPerHour));
      this.#world.clock.setTimer(waitMs, () => {
        if (this.#healed) return;
        this.#act();
        again();
      });
    };
    again();
  }

  /** From now on it behaves: nothing more is asked for, and what comes is acknowledged. */
  heal(): void {
    this.#healed = true;
    for (const role of [TASK_ROLE, URGENT_ROLE]) this.#send({ kind: 'demand', role, asOfSeq: 0, entries: [] });
    this.#send({ kind: 'open_offers', role: TASK_ROLE, enabled: false, minimum: {} });
    for (const taskId of this.#tasks) this.#send({ kind: 'kill_task', commandId: this.#command(), taskId, graceMs: 0 });
  }

  #onEvent(event: FrameworkEvent): void {
    switch (event.kind) {
      case 'resync':
        this.#offers.clear();
        for (const status of event.tasks) this.#tasks.add(status.taskId);
        return;
      case 'offers':
        for (const group of grouped(event.offers)) this.#onOffers(group);
        return;
      case 'result': {
        const what = this.#asked.get(event.commandId);
        if (what !== undefined) {
          const name = `${what} ${event.outcome.ok ? 'ok' : event.outcome.code}`;
          this.outcomes.set(name, (this.outcomes.get(name) ?? 0) + 1);
        }
        const launched = this.#launches.get(event.commandId);
        if (launched !== undefined && event.outcome.ok) this.#count(`launched ${launched}`);
        this.#launches.delete(event.commandId);
        return;
      }
      case 'rescind':
        for (const offerId of event.offerIds) this.#offers.delete(offerId);
        return;
      case 'task_status': {
        const { taskId, statusSeq, state } = event.status;
        if (['finished', 'failed', 'killed', 'lost'].includes(state)) this.#tasks.delete(taskId);
        // Forgetting is allowed: the status must come again.
        if (this.#healed || this.#prng.chance(0.8)) this.#send({ kind: 'task_ack', taskId, statusSeq });
        return;
      }
      default:
        return;
    }
  }

  /** A group, or a single offer. */
  #onOffers(offers: readonly Offer[]): void {
    const offerIds = offers.map(({ offerId }) => offerId);
    for (const offer of offers) {
      if (this.#past.length > 50) this.#past.shift();
      this.#past.push(offer);
    }
    if (this.#healed) {
      this.#send({ kind: 'decline', offerIds, filterMs: 60_000, reason: 'done' });
      return;
    }
    for (const offer of offers) this.#offers.set(offer.offerId, offer);
    // Most offers are answered soon, some late, some never.
    if (this.#prng.chance(0.9))
      this.#world.clock.setTimer(this.#prng.int(0, this.#prng.chance(0.9) ? 2_000 : 60_000), () => {
        if (!this.#healed) this.#answer(offers);
      });
  }

  #answer(offers: readonly Offer[]): void {
    const prng = this.#prng;
    const offerIds = offers.map(({ offerId }) => offerId);
    const [first] = offers;
    if (first === undefined) return;
    if (prng.chance(0.2)) {
      const isLong = prng.chance(0.1);
      if (isLong) this.#count('declined for a day');
      const filterMs = isLong ? LONG_FILTER_MS : prng.int(0, 60_000);
      // Of a group one is enough to end all of it.
      this.#send({ kind: 'decline', offerIds: offerIds.slice(0, 1), filterMs, reason: 'not now' });
      return;
    }
    if (prng.chance(0.1)) this.#send({ kind: 'renew', offerIds });
    if (offers.length > 1 && prng.chance(0.1)) {
      // Half a group is refused, and the group stays open.
      this.#launch(offers.slice(1), this.#command());
    }
    const commandId = this.#command();
    if (offers.length === 1 && this.#keepsOrGivesUp(first, commandId)) return;
    if (first.reservationId !== null) this.#asked.set(commandId, 'launch on a reservation');
    const accept = this.#launch(offers, commandId);
    if (prng.chance(0.1)) this.#send(accept);
    if (prng.chance(0.05)) this.#send({ ...accept, commandId: this.#command() });
  }

  /** One task for each offer, on its host. */
  #launch(offers: readonly Offer[], commandId: string): FrameworkMessage & { kind: 'accept' } {
    const tasks = offers.map((offer) => {
      const task = this.#task(offer, this.#prng.chance(0.05) ? 100 : 1);
      this.#ledger.expectOn(task.taskId, offer.hostId);
      return task;
    });
    const [first] = offers;
    const what = offers.length > 1 ? 'group' : first?.demandId === '' ? 'open offer' : 'slice';
    this.#launches.set(commandId, what);
    const offerIds = offers.map(({ offerId }) => offerId);
    const accept = { kind: 'accept', commandId, offerIds, action: { kind: 'launch', tasks } } as const;
    this.#send(accept);
    return accept;
  }

  /** Reserves what is offered, or gives up what was reserved, now and then more than once. */
  #keepsOrGivesUp({ offerId, reservationId }: Offer, commandId: string): boolean {
    const prng = this.#prng;
    if (!prng.chance(0.25)) return false;
    const kind = (reservationId === null) === prng.chance(0.9) ? 'reserve' : 'unreserve';
    this.#asked.set(commandId, kind);
    const accept: FrameworkMessage = { kind: 'accept', commandId, offerIds: [offerId], action: { kind } };
    this.#send(accept);
    if (prng.chance(0.1)) this.#send(accept);
    return true;
  }

  #act(): void {
    const prng = this.#prng;
    const past = this.#past.length === 0 ? null : prng.pick(this.#past);
    prng.pick([
      () => {
        this.#demand();
      },
      () => {
        this.#demand();
      },
      () => {
        const taskId = this.#tasks.size === 0 ? 'unknown' : prng.pick([...this.#tasks]);
        this.#send({ kind: 'kill_task', commandId: this.#command(), taskId, graceMs: prng.int(0, 5_000) });
      },
      () => {
        this.#send({ kind: 'reconcile', taskIds: prng.chance(0.5) ? [] : ['unknown', ...this.#tasks] });
      },
      () => {
        this.#send({ kind: 'open_offers', role: TASK_ROLE, enabled: prng.chance(0.5), minimum: {} });
      },
      () => {
        this.#send({ kind: 'return_host', commandId: this.#command(), leaseId: 'l-0-0', reason: 'not mine' });
      },
      () => {
        this.#send({ kind: 'observation', complete: true, hosts: [] });
      },
      () => {
        if (past !== null) this.#answer([past]); // Long gone: answered OFFER_LOST, and nothing starts.
      },
      () => {
        if (past !== null)
          this.#send({
            kind: 'accept',
            commandId: this.#command(),
            offerIds: [past.offerId],
            action: { kind: 'claim' },
          });
      },
      () => {
        this.#send({
          kind: 'accept',
          commandId: this.#command(),
          offerIds: ['o-9-9'],
          action: { kind: prng.pick(['reserve', 'unreserve'] as const) },
        });
      },
      () => {
        this.#send({
          kind: 'step_update',
          update: {
            transitionId: 't-1-1',
            step: 'drain',
            attempt: 1,
            updateNo: 1,
            state: 'done',
            progressMilli: 0,
            message: 'I was not asked',
            blockedBy: [],
            forecast: null,
          },
        });
      },
    ])();
  }

  #demand(): void {
    if (this.#healed) return;
    const urgent = this.#prng.chance(0.4);
    const allOrNothing = !urgent && this.#prng.chance(0.3);
    this.#send({
      kind: 'demand',
      role: urgent ? URGENT_ROLE : TASK_ROLE,
      asOfSeq: 0,
      entries: [
        {
          demandId: 'slices',
          want: { kind: 'slices', resources: { quantities: { cpusMilli: 4_000, memoryBytes: 8 * GIB }, ports: [] } },
          // A group has to find room at once; what is asked for one by one may be more than there is.
          count: allOrNothing ? this.#prng.int(2, 4) : this.#prng.int(0, urgent ? 6 : 24),
          minimum: 0,
          allOrNothing,
          constraints: [],
          placement: this.#prng.chance(0.5) ? [{ kind: 'spread', domain: 'rack' }] : [],
          priority: this.#prng.int(0, 2),
          deadlineMs: 0,
          ageMs: 0,
          evidence: 'random',
        },
      ],
    });
  }

  #task(offer: Offer, times: number): TaskSpec {
    this.#taskCount += 1;
    const taskId = `task-${String(this.#taskCount)}`;
    this.#tasks.add(taskId);
    const quantities = Object.fromEntries(
      Object.entries(offer.resources.quantities).map(([name, amount]) => [name, amount * times]),
    );
    const runMs = this.#prng.chance(0.5) ? { 'simulated-run-ms': String(this.#prng.int(1_000, 1_800_000)) } : {};
    return {
      taskId,
      name: taskId,
      resources: { quantities, ports: [] },
      image: 'registry.example/batch:1',
      command: [],
      env: {},
      killGraceMs: 1_000,
      labels: { ...runMs, 'simulated-exit-code': this.#prng.chance(0.2) ? '1' : '0' },
    };
  }

  #command(): string {
    this.#commands += 1;
    return `c${String(this.#commands)}`;
  }

  #send(message: FrameworkMessage): void {
    this.#count(`send ${message.kind}`);
    this.#ledger.onSent(message);
    this.#session.send(message);
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}
