import { createHash, type Hash } from 'node:crypto';

/** A fingerprint of everything that went out and everything that is kept: two runs of a seed must have the same one. */
export class EffectHash {
  readonly #hash: Hash = createHash('sha256');

  add(label: string, value: unknown): void {
    this.#hash.update(`${label} ${JSON.stringify(value)}\n`);
  }

  digest(): string {
    return this.#hash.digest('hex').slice(0, 16);
  }
}
