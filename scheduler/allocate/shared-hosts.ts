import { isLiveTask } from '../quota/ledger.js';
import { addInto, EMPTY, subtractFloor, subtractPorts, union } from '../resources/index.js';
import type { MutableQuantities, PortRange, Quantities, Resources } from '../resources/index.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { HostRecord, TaskRecord } from '../state/records.js';
import type { HostFilters } from './filters.js';

/**
 * A shared host as passes see it: everything that they ask of it in one place, because ten thousand hosts looked up in ten
 * tables each is what a pass would spend its time on.
 */
export interface SharedHost {
  host: HostRecord;
  /** Whether it may be offered as far as it and its agent are concerned: reported, connected, not cordoned, not moving. */
  isReady: boolean;
  /** What of it is neither reserved nor used by a live task; null = to be counted when it is asked for. */
  unused: Resources | null;
  // Of the running pass.
  /** Who declined it. */
  filters: HostFilters | null;
  /** What is free now; shrinks as offers are cut out of it. */
  free: Resources;
  /** What was free at the start of the pass: its place in the best-fit order. */
  size: Quantities;
}

/** All shared hosts by id, kept up by observing hosts, their agents, tasks and reservations. */
export class SharedHosts {
  readonly #state: ClusterState;
  readonly #byId = new Map<string, SharedHost>();

  constructor(state: ClusterState) {
    this.#state = state;
    state.hosts.observe((before, after) => {
      if (after?.mode === 'shared') this.#put(after);
      else if (before?.mode === 'shared') this.#byId.delete(before.hostId);
    });
    state.hostPresence.observe((before, after) => {
      const shared = this.#byId.get(after?.hostId ?? before?.hostId ?? '');
      if (shared !== undefined) shared.isReady = this.#isReady(shared.host);
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

  get(hostId: string): SharedHost | undefined {
    return this.#byId.get(hostId);
  }

  /** The host's resources less its reservations and its live tasks outside them; of one that came back smaller, what is left. */
  unused(shared: SharedHost): Resources {
    return (shared.unused ??= unusedOf(this.#state, shared.host));
  }

  #put(host: HostRecord): void {
    const shared = this.#byId.get(host.hostId);
    if (shared === undefined) {
      const ofPass = { filters: null, free: EMPTY, size: EMPTY.quantities };
      this.#byId.set(host.hostId, { host, isReady: this.#isReady(host), unused: null, ...ofPass });
      return;
    }
    if (shared.host.resources !== host.resources) shared.unused = null;
    shared.host = host;
    shared.isReady = this.#isReady(host);
  }

  #count(hostId: string): void {
    const shared = this.#byId.get(hostId);
    if (shared !== undefined) shared.unused = null;
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
