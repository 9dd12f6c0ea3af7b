import type { Mutation } from '../../scheduler/index.js';
import { StoreError, type Clock, type Store, type StoredEntries } from '../ports/index.js';
import { decodeRecord, encodeRecord } from './codec.js';

/** What a memory store keeps over close, open and the crash of its user: the "disk". */
export interface MemoryDisk {
  readonly records: Map<string, string>;
  term: number;
  /** Raised with each open: an older opener is locked out, as by a file lock it lost. */
  opener: number;
}

export function newMemoryDisk(): MemoryDisk {
  return { records: new Map(), term: 0, opener: 0 };
}

/** What the simulator does to a commit: its latency, and whether it fails or its outcome is lost. */
export interface MemoryStoreFaults {
  /** @returns latency in ms and the fate: `ok`, `fail` (nothing written), `lost` (written, but the answer is an error) */
  onCommit(): { readonly delayMs: number; readonly fate: 'ok' | 'fail' | 'lost' };
}

/**
 * Records in memory, encoded as on disk so that nothing unserialisable passes. For tests, the simulator and masters that may
 * forget everything. With a clock, commits take time; what was not yet written when the process crashes is lost.
 */
export class MemoryStore implements Store {
  readonly #disk: MemoryDisk;
  readonly #clock: Clock | null;
  readonly #faults: MemoryStoreFaults | null;
  #opener = 0;
  #open = false;
  #inFlight: Promise<void> = Promise.resolve();

  constructor(
    options: { readonly disk?: MemoryDisk; readonly clock?: Clock; readonly faults?: MemoryStoreFaults } = {},
  ) {
    this.#disk = options.disk ?? newMemoryDisk();
    this.#clock = options.clock ?? null;
    this.#faults = options.faults ?? null;
  }

  /** What a disk holds, sorted by key. */
  static contentOf(disk: MemoryDisk): StoredEntries {
    return [...disk.records]
      .map(([key, stored]) => [key, decodeRecord(key, stored)] as const)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  open(): Promise<{ readonly term: number; readonly entries: StoredEntries }> {
    this.#disk.opener += 1;
    this.#disk.term += 1;
    this.#opener = this.#disk.opener;
    this.#open = true;
    const entries = MemoryStore.contentOf(this.#disk);
    return Promise.resolve({ term: this.#disk.term, entries });
  }

  commit(term: number, mutations: readonly Mutation[]): Promise<void> {
    const { delayMs, fate } = this.#faults?.onCommit() ?? { delayMs: 0, fate: 'ok' as const };
    const encoded = mutations.map(({ key, value }) => [key, value === null ? null : encodeRecord(value)] as const);
    const commit = this.#after(delayMs).then(() => {
      if (!this.#open) throw new StoreError('closed', 'the store is not open');
      if (term !== this.#disk.term || this.#opener !== this.#disk.opener) {
        throw new StoreError(
          'stale_term',
          `a commit of term ${String(term)} came to a store of term ${String(this.#disk.term)}`,
        );
      }
      if (fate === 'fail') throw new StoreError('io', 'the simulated disk refused the write');
      for (const [key, stored] of encoded) {
        if (stored === null) this.#disk.records.delete(key);
        else this.#disk.records.set(key, stored);
      }
      if (fate === 'lost') throw new StoreError('io', 'the simulated disk wrote but did not say so');
    });
    this.#inFlight = commit.catch(() => undefined);
    return commit;
  }

  async close(): Promise<void> {
    await this.#inFlight;
    this.#open = false;
  }

  /** The process dies: a commit still on its way to the disk never arrives. */
  crash(): void {
    this.#open = false;
  }

  #after(delayMs: number): Promise<void> {
    const clock = this.#clock;
    if (clock === null || delayMs === 0) return Promise.resolve();
    return new Promise((resolve) => {
      clock.setTimer(delayMs, resolve);
    });
  }
}
