import { isLiveTask } from '../quota/ledger.js';
import { addInto, subtractFloor, subtractPorts, union } from '../resources/index.js';
import type { MutableQuantities, PortRange, Resources } from '../resources/index.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { HostRecord, TaskRecord } from '../state/records.js';

/**
 * What of each shared host is neither reserved nor used by a live task, found when first asked for and kept until the
 * host, its tasks or its reservations change: offers come and go far more often than those do. A task on a reservation
 * uses what is reserved.
 */
export class UnusedCapacity {
  readonly #state: ClusterState;
  readonly #known = new Map<string, Resources>();

  constructor(state: ClusterState) {
    this.#state = state;
    state.hosts.observe((before, after) => {
      if (before !== undefined && before.resources !== after?.resources) this.#known.delete(before.hostId);
    });
    state.tasks.observe((before, after) => {
      const task = after ?? before;
      if (task === undefined) return;
      const isNoChange = before !== undefined && after !== undefined && takesPart(before) === takesPart(after);
      if (!isNoChange) this.#known.delete(task.hostId);
    });
    state.reservations.observe((before, after) => {
      const reservation = after ?? before;
      if (reservation !== undefined) this.#known.delete(reservation.hostId);
    });
  }

  /** The host's resources less its reservations and its live tasks outside them; of one that came back smaller, what is left. */
  of(host: HostRecord): Resources {
    let unused = this.#known.get(host.hostId);
    if (unused === undefined) {
      unused = this.#count(host);
      this.#known.set(host.hostId, unused);
    }
    return unused;
  }

  #count(host: HostRecord): Resources {
    const { hostId } = host;
    const { tasksByHost, reservationsByHost } = this.#state;
    if (tasksByHost.count(hostId) === 0 && reservationsByHost.count(hostId) === 0) return host.resources;
    const used: MutableQuantities = {};
    let ports: readonly PortRange[] = [];
    const take = (resources: Resources): void => {
      addInto(used, resources.quantities, 1);
      ports = union(ports, resources.ports);
    };
    for (const key of tasksByHost.get(hostId)) {
      const task = this.#state.tasks.get(key);
      if (task !== undefined && takesPart(task)) take(task.spec.resources);
    }
    for (const id of reservationsByHost.get(hostId)) {
      const reservation = this.#state.reservations.get(id);
      if (reservation !== undefined) take(reservation.resources);
    }
    return {
      quantities: subtractFloor(host.resources.quantities, used),
      ports: subtractPorts(host.resources.ports, ports),
    };
  }
}

function takesPart(task: TaskRecord): boolean {
  return isLiveTask(task) && task.reservationId === undefined;
}
