/**
 * When open offers end, in buckets of equal time: a pass opens many at once, and one timer serves them all. An offer that
 * was answered or renewed stays in its old bucket and is passed over there.
 */
export class OfferEnds {
  readonly #buckets = new Map<number, string[]>();

  /** @returns whether a bucket was begun for that time: the caller sets a timer for it */
  add(offerId: string, expiresMs: number): boolean {
    const bucket = this.#buckets.get(expiresMs);
    if (bucket !== undefined) {
      bucket.push(offerId);
      return false;
    }
    this.#buckets.set(expiresMs, [offerId]);
    return true;
  }

  has(expiresMs: number): boolean {
    return this.#buckets.has(expiresMs);
  }

  /** Offers that were to end then, in the order in which they were added; the bucket is gone. */
  take(expiresMs: number): readonly string[] {
    const bucket = this.#buckets.get(expiresMs) ?? [];
    this.#buckets.delete(expiresMs);
    return bucket;
  }
}
