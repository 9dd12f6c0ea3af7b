import { countBefore } from '../sorted.js';
import { naturalCompare } from './natural-order.js';
import type { Page } from './query.js';

export const PAGE_LIMIT_DEFAULT = 200;
/** 1,000 hosts are about 600 kB as JSON, far below the 4 MiB of a gRPC message. */
export const PAGE_LIMIT_MAX = 1_000;

export interface Paged<T> {
  readonly items: readonly T[];
  /** How many there are over all pages. */
  readonly total: number;
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

/** Says what is wrong with a page request, or null. `limit` 0 stands for the default. */
export function pageProblem(page: Page): string | null {
  if (Number.isSafeInteger(page.limit) && page.limit >= 0 && page.limit <= PAGE_LIMIT_MAX) return null;
  return `limit is ${page.limit}; it must be a whole number from 1 to ${PAGE_LIMIT_MAX} (0 for ${PAGE_LIMIT_DEFAULT})`;
}

/**
 * The page after `page.pageToken` in natural order of `keyOf`. The token is the last key of the page before, so pages
 * stay right while records come and go. One pass, without sorting everything: what is before the token only counts.
 */
export function pageOf<T>(records: Iterable<T>, keyOf: (record: T) => string, page: Page): Paged<T> {
  const limit = page.limit === 0 ? PAGE_LIMIT_DEFAULT : page.limit;
  const kept: { readonly key: string; readonly record: T }[] = [];
  let total = 0;
  let more = false;
  for (const record of records) {
    total += 1;
    const key = keyOf(record);
    if (page.pageToken !== '' && naturalCompare(key, page.pageToken) <= 0) continue;
    const last = kept[kept.length - 1];
    if (kept.length === limit) {
      more = true;
      if (last !== undefined && naturalCompare(key, last.key) >= 0) continue;
      kept.pop();
    }
    const at = countBefore(kept, (other) => naturalCompare(other.key, key) <= 0);
    kept.splice(at, 0, { key, record });
  }
  return {
    items: kept.map((entry) => entry.record),
    total,
    nextPageToken: more ? (kept[kept.length - 1]?.key ?? '') : '',
  };
}
