import type { PassHost, PassHosts } from './pass-hosts.js';

/** Hosts that changed since the allocator last looked at them, in the order in which they did first. */
export class DirtyHosts {
  readonly #hosts: PassHosts;
  /** From `#first` on; what stands before it was taken. */
  #queue: PassHost[] = [];
  #first = 0;

  constructor(hosts: PassHosts) {
    this.#hosts = hosts;
  }

  get size(): number {
    return this.#queue.length - this.#first;
  }

  has(hostId: string): boolean {
    return this.#hosts.get(hostId)?.isDirty === true;
  }

  /** A host that does not exist needs no look. */
  add(hostId: string): void {
    const host = this.#hosts.get(hostId);
    if (host !== undefined) this.put(host);
  }

  /** The same of a host that is in hand. */
  put(host: PassHost): void {
    if (host.isDirty) return;
    host.isDirty = true;
    this.#queue.push(host);
  }

  delete(hostId: string): void {
    const host = this.#hosts.get(hostId);
    if (host?.isDirty !== true) return;
    host.isDirty = false;
    this.#queue.splice(this.#queue.indexOf(host, this.#first), 1);
  }

  /** Takes the first `most` of them out. */
  take(most: number): readonly PassHost[] {
    const taken = this.#queue.slice(this.#first, this.#first + most);
    for (const host of taken) host.isDirty = false;
    this.#first += taken.length;
    // Moved up once half of it is done with: every place is moved once at most, and the queue ends with the last host.
    if (2 * this.#first >= this.#queue.length) {
      this.#queue = this.#queue.slice(this.#first);
      this.#first = 0;
    }
    return taken;
  }

  clear(): void {
    this.take(Infinity);
  }

  /** Their ids. */
  *[Symbol.iterator](): Iterator<string> {
    for (const { host } of this.#queue.slice(this.#first)) yield host.hostId;
  }
}
