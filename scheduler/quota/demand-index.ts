/**
 * Standing demand by what it asks for, so that a pass looks only at those who want what it has to give. Follows the
 * demand table; keys are those of `DemandRecord`.
 */
import type { ClusterState } from '../state/cluster-state.js';
import type { DemandRecord } from '../state/records.js';

const NONE: ReadonlySet<string> = new Set();
const SLICES = '';

export class DemandIndex {
  readonly #byWant = new Map<string, Set<string>>();
  #version = 0;
  #withDeadline = 0;

  constructor(state: ClusterState) {
    const changed = (): void => {
      this.#version += 1;
    };
    // A framework that is torn down wants nothing; shapes are filled in the order of their ranks.
    state.frameworks.observe(changed);
    state.shapes.observe(changed);
    state.demands.observe((before, after) => {
      this.#version += 1;
      this.#withDeadline += Number(hasDeadline(after)) - Number(hasDeadline(before));
      const key = after?.key ?? before?.key;
      if (key === undefined) return;
      const wanted = wantsOf(after);
      for (const want of wantsOf(before)) {
        if (wanted.has(want)) continue;
        const group = this.#byWant.get(want);
        group?.delete(key);
        if (group?.size === 0) this.#byWant.delete(want);
      }
      for (const want of wanted) {
        let group = this.#byWant.get(want);
        if (group === undefined) this.#byWant.set(want, (group = new Set()));
        group.add(key);
      }
    });
  }

  /** Rises with every change of any demand, framework or shape. */
  get version(): number {
    return this.#version;
  }

  /** Whether any standing entry ends by itself. */
  get hasDeadlines(): boolean {
    return this.#withDeadline > 0;
  }

  /** Demands with an entry for whole hosts of the shape. */
  forShape(shape: string): ReadonlySet<string> {
    return this.#byWant.get(shape) ?? NONE;
  }

  /** Demands with an entry for slices of shared hosts. */
  forSlices(): ReadonlySet<string> {
    return this.#byWant.get(SLICES) ?? NONE;
  }

  /** Shapes that somebody wants, by name. */
  shapes(): readonly string[] {
    return [...this.#byWant.keys()].filter((want) => want !== SLICES).sort();
  }
}

function wantsOf(record: DemandRecord | undefined): ReadonlySet<string> {
  if (record === undefined) return NONE;
  return new Set(record.entries.map((entry) => (entry.want.kind === 'hosts' ? entry.want.shape : SLICES)));
}

function hasDeadline(record: DemandRecord | undefined): boolean {
  return record?.entries.some((entry) => entry.deadlineMs > 0) ?? false;
}
