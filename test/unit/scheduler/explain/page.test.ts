import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { naturalCompare } from '../../../../scheduler/explain/natural-order.js';
import { pageOf, pageProblem } from '../../../../scheduler/explain/page.js';

const identity = (name: string): string => name;

describe('a page', () => {
  it('holds the first names in natural order, and where to go on', () => {
    const page = pageOf(['node10', 'node3', 'node1', 'node2'], identity, { limit: 3, pageToken: '' });
    expect(page).toEqual({ items: ['node1', 'node2', 'node3'], total: 4, nextPageToken: 'node3' });
    expect(pageOf(['node10', 'node3', 'node1', 'node2'], identity, { limit: 3, pageToken: 'node3' })).toEqual({
      items: ['node10'],
      total: 4,
      nextPageToken: '',
    });
  });

  it('goes on at the right place when the name of its token is gone', () => {
    const page = pageOf(['node1', 'node4'], identity, { limit: 2, pageToken: 'node3' });
    expect(page.items).toEqual(['node4']);
  });

  it('takes 200 for a limit of 0', () => {
    const names = Array.from({ length: 500 }, (_, index) => `n${index}`);
    expect(pageOf(names, identity, { limit: 0, pageToken: '' }).items).toHaveLength(200);
  });

  it.each([-1, 1001, 1.5, NaN])('refuses a limit of %p in a sentence', (limit) => {
    expect(pageProblem({ limit, pageToken: '' })).toMatch(/^limit is .*; it must be a whole number from 1 to 1000/);
  });

  it('together with the pages after it holds every record once, in order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.nat(300).map((n) => `node${n}`),
          { maxLength: 60 },
        ),
        fc.integer({ min: 1, max: 20 }),
        (names, limit) => {
          const seen: string[] = [];
          let pageToken = '';
          do {
            const page = pageOf(names, identity, { limit, pageToken });
            expect(page.total).toBe(names.length);
            seen.push(...page.items);
            pageToken = page.nextPageToken;
          } while (pageToken !== '');
          expect(seen).toEqual([...names].sort(naturalCompare));
        },
      ),
    );
  });
});
