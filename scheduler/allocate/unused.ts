import { isLiveTask } from '../quota/ledger.js';
import { addInto, subtractFloor, subtractPorts, union } from '../resources/index.js';
import type { MutableQuantities, PortRange, Resources } from '../resources/index.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { HostRecord } from '../state/records.js';

/**
 * What of each shared host no live task uses, found when first asked for and kept until the host or its tasks change:
 * offers come and go far more often than tasks do.
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
      const isNoChange = before !== undefined && after !== undefined && isLiveTask(before) === isLiveTask(after);
      if (!isNoChange) this.#known.delete(task.hostId);
    });
  }

  /** The host's resources less those of its live tasks; of one that came back smaller, what is left. */
  of(host: HostRecord): Resources {
    let unused = this.#known.get(host.hostId);
    if (unused === undefined) {
      unused = this.#count(host);
      this.#known.set(host.hostId, unused);
    }
    return unused;
  }

  #count(host: HostRecord): Resources {
    const keys = this.#state.tasksByHost.get(host.hostId);
    if (keys.size === 0) return host.resources;
    const used: MutableQuantities = {};
    let ports: readonly PortRange[] = [];
    for (const key of keys) {
      const task = this.#state.tasks.get(key);
      if (task === undefined || !isLiveTask(task)) continue;
      addInto(used, task.spec.resources.quantities, 1);
      ports = union(ports, task.spec.resources.ports);
    }
    return {
      quantities: subtractFloor(host.resources.quantities, used),
      ports: subtractPorts(host.resources.ports, ports),
    };
  }
}
