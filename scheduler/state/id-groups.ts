const NONE: ReadonlySet<string> = new Set();
const NOBODY: readonly string[] = [];
/** In place of a group that is empty now. */
const EMPTY = '';
/** Empty groups that are kept, because most fill again; beyond it all of them are dropped. */
const EMPTY_KEPT_MAX = 100_000;

/**
 * Ids in groups by key; an id is not empty. A group of one is kept as the id alone: most hosts have one offer or one task, and each part of an
 * identity is one host's, and a set is a dear way to hold one. An empty one keeps its place, or its set: offers of a host
 * come and go by the second, and what shrinks and grows is slow.
 */
export class IdGroups {
  readonly #groups = new Map<string, string | Set<string>>();
  #empty = 0;

  /** As of now, or live where there are several: copy it before changing the groups while iterating. */
  get(key: string): ReadonlySet<string> {
    const group = this.#groups.get(key);
    if (group === undefined || group === EMPTY) return NONE;
    return typeof group === 'string' ? new Set([group]) : group;
  }

  /** The first of them, as of now. @param most how many at the most, 1 at least */
  some(key: string, most: number): readonly string[] {
    const group = this.#groups.get(key);
    if (group === undefined || group === EMPTY) return NOBODY;
    if (typeof group === 'string') return [group];
    const found: string[] = [];
    for (const id of group) {
      if (found.length >= most) break;
      found.push(id);
    }
    return found;
  }

  /** How many ids `get` would hold. */
  count(key: string): number {
    const group = this.#groups.get(key);
    if (group === undefined || group === EMPTY) return 0;
    return typeof group === 'string' ? 1 : group.size;
  }

  /** Keys of the groups that have members. */
  *keys(): IterableIterator<string> {
    for (const key of this.#groups.keys()) if (this.count(key) > 0) yield key;
  }

  /** @param id one that the group does not have */
  add(key: string, id: string): void {
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, id);
    else if (group === EMPTY) {
      this.#groups.set(key, id);
      this.#empty -= 1;
    } else if (typeof group === 'string') this.#groups.set(key, new Set([group, id]));
    else {
      if (group.size === 0) this.#empty -= 1;
      group.add(id);
    }
  }

  /** An id that the group does not have changes nothing. */
  remove(key: string, id: string): void {
    const group = this.#groups.get(key);
    if (group === undefined || group === EMPTY) return;
    if (typeof group === 'string') {
      if (group !== id) return;
      this.#groups.set(key, EMPTY);
    } else if (!group.delete(id) || group.size > 0) return;
    this.#empty += 1;
    if (this.#empty > EMPTY_KEPT_MAX) this.#dropEmpty();
  }

  #dropEmpty(): void {
    for (const key of [...this.#groups.keys()]) if (this.count(key) === 0) this.#groups.delete(key);
    this.#empty = 0;
  }
}
