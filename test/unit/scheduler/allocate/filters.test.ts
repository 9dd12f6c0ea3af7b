import { describe, expect, it } from '@jest/globals';
import { OfferFilters } from '../../../../scheduler/allocate/filters.js';
import { sfc32 } from '../../../support/seeded-random.js';

/** What filters mean, said plainly: a list. */
class PlainFilters {
  entries: { readonly pair: string; readonly host: string; readonly untilMs: number }[] = [];

  end(untilMs: number): void {
    this.entries = this.entries.filter((entry) => entry.untilMs !== untilMs);
  }

  drop(matches: (entry: { readonly pair: string; readonly host: string }) => boolean): void {
    this.entries = this.entries.filter((entry) => !matches(entry));
  }

  blocks(pair: string, host: string): boolean {
    return this.entries.some((entry) => entry.pair === pair && entry.host === host);
  }
}

describe('filters', () => {
  it('tell which host was declined by whom, until the last filter of the two ends', () => {
    const filters = new OfferFilters();
    expect(filters.add('f/a', '/r', 'h1', 100)).toBe(true);
    expect(filters.add('f/a', '/r', 'h1', 200)).toBe(true);
    expect(filters.add('f/b', '/r', 'h1', 100)).toBe(false);
    expect(filters.end(100)).toEqual(['h1']);
    expect(filters.blocks('f/a', '/r', 'h1')).toBe(true);
    expect(filters.blocks('f/b', '/r', 'h1')).toBe(false);
    expect(filters.blocks('f/a', '/other', 'h1')).toBe(false);
    expect(filters.end(200)).toEqual(['h1']);
    expect(filters.blocks('f/a', '/r', 'h1')).toBe(false);
    expect(filters.size).toBe(0);
  });

  it('are the same as a plain list after any sequence of changes', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = sfc32(seed);
      const pick = (below: number): number => Math.floor(random.next() * below);
      const filters = new OfferFilters();
      const plain = new PlainFilters();
      for (let step = 0; step < 400; step += 1) {
        const framework = `f/${pick(45)}`;
        const role = pick(2) === 0 ? '/r' : '/s';
        const host = `h${pick(6)}`;
        const kind = pick(20);
        if (kind === 0) {
          filters.clearPair(framework, role);
          plain.drop(({ pair }) => pair === `${framework}|${role}`);
        } else if (kind === 1) {
          filters.clearHost(host);
          plain.drop((entry) => entry.host === host);
        } else if (kind === 2) {
          filters.clearFramework(framework);
          plain.drop(({ pair }) => pair.startsWith(`${framework}|`));
        } else if (kind < 6) {
          const untilMs = pick(10);
          filters.end(untilMs);
          plain.end(untilMs);
        } else {
          const untilMs = pick(10);
          filters.add(framework, role, host, untilMs);
          plain.entries.push({ pair: `${framework}|${role}`, host, untilMs });
        }
      }
      expect([seed, filters.size]).toEqual([seed, plain.entries.length]);
      const wrong: string[] = [];
      for (let framework = 0; framework < 45; framework += 1)
        for (const role of ['/r', '/s'])
          for (let host = 0; host < 6; host += 1)
            if (
              filters.blocks(`f/${framework}`, role, `h${host}`) !== plain.blocks(`f/${framework}|${role}`, `h${host}`)
            )
              wrong.push(`f/${framework}|${role}|h${host}`);
      expect([seed, wrong]).toEqual([seed, []]);
    }
  });

  it('remember only the latest hosts of a pair by name, and of these only those in force', () => {
    const filters = new OfferFilters();
    for (let host = 0; host < 5_000; host += 1) filters.add('f/a', '/r', `h${host}`, host < 4_500 ? 1 : 2);
    expect(filters.recentHosts('f/a', '/r')).toHaveLength(1_000);
    filters.end(1);
    expect(filters.recentHosts('f/a', '/r')).toHaveLength(500);
    expect(filters.recentHosts('f/b', '/r')).toEqual([]);
  });

  it('remember a host once that a pair declines again and again, and forget those whose filters have ended', () => {
    const filters = new OfferFilters();
    filters.add('f/a', '/r', 'h0', 1e12);
    for (let round = 1; round <= 20; round += 1) {
      for (let host = 1; host <= 100; host += 1) filters.add('f/a', '/r', `h${host}`, round);
      if (round < 20) filters.end(round);
    }
    expect(filters.recentHosts('f/a', '/r')).toHaveLength(101);
    expect(new Set(filters.recentHosts('f/a', '/r')).size).toBe(101);
    filters.end(20);
    expect(filters.pair('f/a', '/r')?.recent.length).toBeLessThan(25);
    expect(filters.recentHosts('f/a', '/r')).toEqual(['h0']);
  });

  it('forget what was cleared without waiting for its end', () => {
    const filters = new OfferFilters();
    for (let round = 0; round < 50; round += 1) {
      for (let host = 0; host < 100; host += 1) filters.add('f/a', '/r', `h${host}`, 1e12 + round);
      filters.clearPair('f/a', '/r');
    }
    expect(filters.size).toBe(0);
    expect(filters.entriesKept).toBeLessThan(2_100);
  });
});
