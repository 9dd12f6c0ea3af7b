import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../src/ports/index.js';

/** One disk, as many stores on it as a test opens one after the other. */
export interface StoreBench {
  /** A store on the bench's disk; the same content every time. */
  newStore(): Store;
  dispose(): Promise<void>;
}

/** What every store must do. A new store starts by passing this. */
export function storeConformance(name: string, newBench: () => Promise<StoreBench>): void {
  describe(`store conformance: ${name}`, () => {
    let bench: StoreBench;
    beforeEach(async () => {
      bench = await newBench();
    });
    afterEach(async () => {
      await bench.dispose();
    });

    it('starts empty with term 1', async () => {
      const store = bench.newStore();
      expect(await store.open()).toEqual({ term: 1, entries: [] });
      await store.close();
    });

    it('gives back what was committed, sorted by key, under a higher term', async () => {
      const first = bench.newStore();
      const { term } = await first.open();
      await first.commit(term, [
        { key: 'host/b', value: { hostId: 'b', ports: [{ first: 1, last: 2 }] } },
        { key: 'host/a', value: { hostId: 'a', text: 'ünïcode "quoted"\n' } },
      ]);
      await first.close();
      const second = bench.newStore();
      expect(await second.open()).toEqual({
        term: term + 1,
        entries: [
          ['host/a', { hostId: 'a', text: 'ünïcode "quoted"\n' }],
          ['host/b', { hostId: 'b', ports: [{ first: 1, last: 2 }] }],
        ],
      });
      await second.close();
    });

    it('applies a commit as a whole: puts, overwrites and deletes together', async () => {
      const store = bench.newStore();
      const { term } = await store.open();
      await store.commit(term, [
        { key: 'role/x', value: 1 },
        { key: 'role/y', value: 2 },
      ]);
      await store.commit(term, [
        { key: 'role/x', value: 3 },
        { key: 'role/y', value: null },
        { key: 'role/z', value: 4 },
      ]);
      await store.close();
      const again = bench.newStore();
      expect((await again.open()).entries).toEqual([
        ['role/x', 3],
        ['role/z', 4],
      ]);
      await again.close();
    });

    it('may be opened again after close, under a new term, and then refuses commits of the old one', async () => {
      const store = bench.newStore();
      const { term } = await store.open();
      await store.close();
      const reopened = await store.open();
      expect(reopened.term).toBeGreaterThan(term);
      await expect(store.commit(term, [{ key: 'host/a', value: 1 }])).rejects.toMatchObject({ code: 'stale_term' });
      await store.commit(reopened.term, [{ key: 'host/b', value: 2 }]);
      await store.close();
      const again = bench.newStore();
      expect((await again.open()).entries).toEqual([['host/b', 2]]);
      await again.close();
    });

    it('refuses commits when it is not open', async () => {
      const store = bench.newStore();
      const { term } = await store.open();
      await store.close();
      await expect(store.commit(term, [{ key: 'host/a', value: 1 }])).rejects.toMatchObject({ code: 'closed' });
    });

    it('waits with close for the commit in flight', async () => {
      const store = bench.newStore();
      const { term } = await store.open();
      const commit = store.commit(term, [{ key: 'host/a', value: 1 }]);
      await store.close();
      await expect(commit).resolves.toBeUndefined();
      const again = bench.newStore();
      expect((await again.open()).entries).toEqual([['host/a', 1]]);
      await again.close();
    });

    it('keeps many records of a commit of 10,000', async () => {
      const store = bench.newStore();
      const { term } = await store.open();
      const mutations = Array.from({ length: 10_000 }, (_, n) => ({
        key: `task/t${String(n).padStart(5, '0')}`,
        value: { n },
      }));
      await store.commit(term, mutations);
      await store.close();
      const again = bench.newStore();
      const { entries } = await again.open();
      expect(entries).toHaveLength(10_000);
      expect(entries[9_999]).toEqual(['task/t09999', { n: 9_999 }]);
      await again.close();
    });
  });
}
