/**
 * What the fleet has: hosts and resources per shape, kept up by observing hosts and their presence. Hosts that are
 * unclaimed, quarantined or lost are no capacity. Shared hosts count for shares (their slices are charged) but not as
 * whole hosts to be given out.
 */
import { addInto, dropZeros, type MutableQuantities, type Quantities } from '../resources/index.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { HostRecord } from '../state/records.js';

interface Counted {
  readonly shape: string;
  readonly whole: boolean;
  readonly quantities: Quantities;
}

export interface ShapeCapacity {
  readonly hosts: number;
  /** Sum over its hosts. */
  readonly quantities: Quantities;
}

const NO_CAPACITY: ShapeCapacity = Object.freeze({ hosts: 0, quantities: Object.freeze({}) });

export class Capacity {
  readonly #state: ClusterState;
  readonly #counted = new Map<string, Counted>();
  readonly #shapes = new Map<string, { hosts: number; quantities: MutableQuantities }>();
  readonly #total: MutableQuantities = {};
  readonly #inShares: MutableQuantities;
  readonly #outsideShares: readonly string[];
  #version = 0;

  /** @param outsideShares resources that no share counts (`SchedulerOptions.shareExcludedResources`) */
  constructor(state: ClusterState, outsideShares: readonly string[] = []) {
    this.#state = state;
    this.#outsideShares = outsideShares;
    this.#inShares = outsideShares.length === 0 ? this.#total : {};
    state.hosts.observe((before, after) => {
      if (before?.mode === after?.mode && before?.shape === after?.shape && before?.resources === after?.resources)
        return;
      const hostId = after?.hostId ?? before?.hostId;
      if (hostId !== undefined) this.#count(hostId);
    });
    state.hostPresence.observe((before, after) => {
      const hostId = after?.hostId ?? before?.hostId;
      if (hostId !== undefined && (before?.lost ?? false) !== (after?.lost ?? false)) this.#count(hostId);
    });
  }

  /** Rises with every change; equal versions mean equal capacity. */
  get version(): number {
    return this.#version;
  }

  /** Resources of all hosts that count, shared ones included. */
  get total(): Quantities {
    return this.#total;
  }

  /** The same without what is left out of shares: what dominant shares are parts of. */
  get inShares(): Quantities {
    return this.#inShares;
  }

  /** Whole hosts of the shape that roles can hold. */
  shape(shape: string): ShapeCapacity {
    return this.#shapes.get(shape) ?? NO_CAPACITY;
  }

  /** Shapes that have or had hosts, by name. */
  shapes(): readonly string[] {
    return [...this.#shapes.keys()].sort();
  }

  /** Whole hosts of all shapes. */
  get hosts(): number {
    let hosts = 0;
    for (const shape of this.#shapes.values()) hosts += shape.hosts;
    return hosts;
  }

  #count(hostId: string): void {
    const host = this.#state.hosts.get(hostId);
    const lost = this.#state.hostPresence.get(hostId)?.lost ?? false;
    const before = this.#counted.get(hostId);
    const after = host === undefined || lost ? null : countedAs(host);
    if (before === undefined && after === null) return;
    this.#version += 1;
    if (before !== undefined) this.#apply(before, -1);
    if (after === null) {
      this.#counted.delete(hostId);
    } else {
      this.#counted.set(hostId, after);
      this.#apply(after, 1);
    }
  }

  #apply(counted: Counted, sign: 1 | -1): void {
    addInto(this.#total, counted.quantities, sign);
    if (sign === -1) dropZeros(this.#total, counted.quantities);
    if (this.#inShares !== this.#total) this.#applyToShares(counted.quantities, sign);
    if (!counted.whole) return;
    let shape = this.#shapes.get(counted.shape);
    if (shape === undefined) this.#shapes.set(counted.shape, (shape = { hosts: 0, quantities: {} }));
    shape.hosts += sign;
    addInto(shape.quantities, counted.quantities, sign);
    if (sign === -1) dropZeros(shape.quantities, counted.quantities);
  }

  #applyToShares(changed: Quantities, sign: 1 | -1): void {
    const counted = Object.fromEntries(Object.entries(changed).filter(([name]) => !this.#outsideShares.includes(name)));
    addInto(this.#inShares, counted, sign);
    if (sign === -1) dropZeros(this.#inShares, counted);
  }
}

function countedAs(host: HostRecord): Counted | null {
  if (host.mode === 'unclaimed' || host.mode === 'quarantined') return null;
  return { shape: host.shape, whole: host.mode !== 'shared', quantities: host.resources.quantities };
}
