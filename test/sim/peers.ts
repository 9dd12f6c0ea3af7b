import type { World } from '../../src/simulation/world.js';
import type { OnReply } from './admin.js';
import { Borrower, CROWD_ROLE, LEND_ROLE, Owner, OWN_ROLE, Pool } from './crowd.js';
import { Gang, GANG_HOSTS, GANG_ROLE } from './gang.js';
import { hostsOf } from './hosts-of.js';
import { kept } from './liveness.js';
import { OPEN_ROLE, OpenTaker } from './open-taker.js';
import type { SimPeer, SimPeerOptions } from './sim-peer.js';

/** The pool is guaranteed to its owner up to this: six of its tasks. */
const OWN_CPUS_MILLI = 24_000;
const NOTICE_MS = 20_000;

/** The frameworks that only some worlds have: a crowd on the shared hosts, gangs of whole hosts, a taker of open offers. */
export class Peers {
  readonly #world: World;
  readonly #pool: Pool | null;
  readonly #openTaker: OpenTaker | null = null;
  readonly #all: SimPeer[] = [];

  constructor(given: SimPeerOptions, onReply: OnReply) {
    const { options, world } = given;
    this.#world = world;
    this.#pool = options.crowd || options.openTaker ? new Pool(options, world, onReply) : null;
    if (options.crowd) {
      world.addRole(CROWD_ROLE);
      world.addRole(LEND_ROLE, {
        reclaim: { kind: 'hard', graceMs: 0, deadlineMs: NOTICE_MS, movesPerRound: 8, minHoldMs: -1 },
      });
      world.addRole(OWN_ROLE, { guarantee: { cpusMilli: OWN_CPUS_MILLI }, force: true });
      this.#all.push(new Borrower(given), new Owner(given));
    }
    if (options.gangs) {
      const hosts = { hosts: GANG_HOSTS };
      world.addRole(GANG_ROLE, { guarantee: hosts, limit: hosts, lendingLimit: { hosts: 0 }, force: true });
      this.#all.push(new Gang(given, 'one'), new Gang(given, 'two'));
    }
    if (options.openTaker) {
      world.addRole(OPEN_ROLE);
      this.#openTaker = new OpenTaker(given);
      this.#all.push(this.#openTaker);
    }
  }

  start(): void {
    for (const peer of this.#all) peer.start();
    this.#pool?.start();
  }

  heal(): void {
    this.#pool?.heal();
    for (const peer of this.#all) peer.heal();
  }

  /** What they met, all together. */
  get counts(): readonly (readonly [string, number])[] {
    return this.#all.flatMap(({ counts }) => [...counts]);
  }

  /** What has to be true of them once the world was healed and had time (I9). */
  livenessProblems(): readonly string[] {
    const away = this.#all.filter(({ connected }) => !connected).length;
    const problems = away === 0 ? [] : [`${String(away)} of the peers of this world are not connected`];
    if (this.#openTaker?.isServed === false && this.#hasIdleShared())
      problems.push('a shared host is idle, and who takes open offers was offered nothing since the world was healed');
    return problems;
  }

  /** Whether a shared host has nothing to do that is not kept for others: operators draw lending limits on CPUs. */
  #hasIdleShared(): boolean {
    const roles = this.#world.loop?.master.query({ kind: 'roles' });
    const hosts = hostsOf(this.#world);
    const freeCpusMilli = hosts
      .filter(({ mode }) => mode === 'shared')
      .reduce((sum, { free }) => sum + (free.quantities['cpusMilli'] ?? 0), 0);
    if (roles?.kind !== 'roles' || freeCpusMilli <= kept(roles, 'cpusMilli')) return false;
    return hosts.some(
      ({ mode, tasks, offers, cordoned, connected, transition, reservations }) =>
        mode === 'shared' &&
        connected &&
        !cordoned &&
        transition === null &&
        tasks + offers + reservations.length === 0,
    );
  }
}
