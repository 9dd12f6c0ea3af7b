import { crc32 } from 'node:zlib';

/** What a digest says of a store's content; written with every commit. */
export interface DigestRecord {
  readonly term: number;
  readonly records: number;
  readonly sum: number;
}

/**
 * One number over all records. LevelDB drops what it cannot read of its write-ahead log and opens without a word: each
 * record on its own would still look good. Hashes are added, so that a commit costs what it changes, not what is stored.
 */
export class ContentDigest {
  readonly #hashes = new Map<string, number>();
  #sum = 0;

  /** @param stored the record as stored, null when it is deleted */
  put(key: string, stored: string | null): void {
    const before = this.#hashes.get(key);
    if (before !== undefined) this.#sum = (this.#sum - before) >>> 0; // Of signed hashes, too: all is modulo 2^32.
    if (stored === null) {
      this.#hashes.delete(key);
      return;
    }
    const hash = mixed(crc32(stored, crc32(key)));
    this.#hashes.set(key, hash);
    this.#sum = (this.#sum + hash) >>> 0;
  }

  record(term: number): DigestRecord {
    return { term, records: this.#hashes.size, sum: this.#sum };
  }

  matches(term: number, record: unknown): boolean {
    const mine = this.record(term);
    return (
      typeof record === 'object' &&
      record !== null &&
      (['term', 'records', 'sum'] as const).every((field) => Reflect.get(record, field) === mine[field])
    );
  }
}

/** CRCs are linear: the same change in two records would cancel out in a sum. This is MurmurHash3's last step, which is not. */
function mixed(hash: number): number {
  let mix = hash;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16); // Signed: a number that V8 keeps in place, of which there is one per record.
}
