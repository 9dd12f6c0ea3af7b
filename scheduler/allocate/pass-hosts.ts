import { isLiveTask } from '../quota/ledger.js';
import { addInto, EMPTY, subtractFloor, subtractPorts, union } from '../resources/index.js';
import type { MutableQuantities, PortRange, Quantities, Resources } from '../resources/index.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { HostRecord, TaskRecord } from '../state/records.js';
import type { Roll } from '../state/roll.js';
import type { HostFilters } from './filters.js';

/**
 * A host as passes see it: everything that they ask of it in one place, because ten thousand hosts looked up in ten tables
 * each is what a pass would spend its time on.
 */
export interface PassHost {
  host: HostRecord;
  /** Whether it may be offered as far as it and its agent are concerned: reported, connected, not cordoned, not moving. */
  isReady: boolean;
  /** What of it is neither reserved nor used by a live task; null = to be counted when it is asked for. */
  unused: Resources | null;
  /** Its open offers. */
  readonly offers: Roll;
  /** Whether it waits among the dirty ones (`dirty-hosts.ts`). */
  isDirty: boolean;
  /** Who declined it, as of the last look; null = to be looked for. */
  filters: HostFilters | null;
  // Of the running pass.
  /** What is free now; shrinks as offers are cut out of it. */
  free: Resources;
  /** What was free at the start of the pass: its place in the best-fit order. */
  size: Quantities;
}

/** All hosts by id, kept up by observing hosts, their agents, tasks and reservations. */
export class PassHosts {
  readonly #state: ClusterState;
  readonly #byId = new Map<string, PassHost>();

  constructor(state: ClusterState) {
    this.#state = state;
    state.hosts.observe((before, after) => {
      if (after !== undefined) this.#put(after);
      else if (before !== undefined) this.#drop(before.hostId);
    });
    state.hostPresence.observe((before, after) => {
      const known = this.#byId.get(after?.hostId ?? before?.hostId ?? '');
      if (known !== undefined) known.isReady = this.#isReady(known.host);
    });
    state.tasks.observe((before, after) => {
      const task = after ?? before;
      if (task === undefined) return;
      const isNoChange = before !== undefined && after !== undefined && takesPart(before) === takesPart(after);
      if (!isNoChange) this.#count(task.hostId);
    });
    state.reservations.observe((before, after) => {
      const reservation = after ?? before;
      if (reservation !== undefined) this.#count(reservation.hostId);
    });
  }

  get(hostId: string): PassHost | undefined {
    return this.#byId.get(hostId);
  }

  values(): Iterable<PassHost> {
    return this.#byId.values();
  }

  /** The host's resources less its reservations and its live tasks outside them; of one that came back smaller, what is left. */
  unused(known: PassHost): Resources {
    return (known.unused ??= unusedOf(this.#state, known.host));
  }

  #put(host: HostRecord): void {
    const known = this.#byId.get(host.hostId);
    if (known === undefined) {
      this.#byId.set(host.hostId, {
        host,
        isReady: this.#isReady(host),
        unused: null,
        offers: this.#state.offersByHost.roll(host.hostId),
        isDirty: false,
        filters: null,
        free: EMPTY,
        size: EMPTY.quantities,
      });
      return;
    }
    if (known.host.resources !== host.resources) known.unused = null;
    known.host = host;
    known.isReady = this.#isReady(host);
  }

  /** Whoever still has it in hand finds that it cannot be offered. */
  #drop(hostId: string): void {
    const known = this.#byId.get(hostId);
    if (known !== undefined) known.isReady = false;
    this.#byId.delete(hostId);
  }

  #count(hostId: string): void {
    const known = this.#byId.get(hostId);
    if (known !== undefined) known.unused = null;
  }

  #isReady(host: HostRecord): boolean {
    const presence = this.#state.hostPresence.get(host.hostId);
    const isReachable = presence?.reported === true && presence.connected && !presence.lost;
    return isReachable && !host.cordoned && host.transitionId === null;
  }
}

/** What of any host is neither reserved nor used by a live task. A task on a reservation uses what is reserved. */
export function unusedOf(state: ClusterState, host: HostRecord): Resources {
  const { hostId } = host;
  const { tasksByHost, reservationsByHost } = state;
  if (tasksByHost.count(hostId) === 0 && reservationsByHost.count(hostId) === 0) return host.resources;
  const used: MutableQuantities = {};
  let ports: readonly PortRange[] = [];
  const take = (resources: Resources): void => {
    addInto(used, resources.quantities, 1);
    ports = union(ports, resources.ports);
  };
  for (const key of tasksByHost.get(hostId)) {
    const task = state.tasks.get(key);
    if (task !== undefined && takesPart(task)) take(task.spec.resources);
  }
  for (const id of reservationsByHost.get(hostId)) {
    const reservation = state.reservations.get(id);
    if (reservation !== undefined) take(reservation.resources);
  }
  return {
    quantities: subtractFloor(host.resources.quantities, used),
    ports: subtractPorts(host.resources.ports, ports),
  };
}

function takesPart(task: TaskRecord): boolean {
  return isLiveTask(task) && task.reservationId === undefined;
}
