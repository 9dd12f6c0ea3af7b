/** What a master has measured of itself so far, from its metrics. */
export interface MasterMetrics {
  readonly commits: number;
  readonly commitSeconds: number;
  /** From a change to the offers that follow from it, given to their streams: how many took at most so many seconds. */
  readonly offerLatency: readonly Bucket[];
}

interface Bucket {
  readonly atMostSeconds: number;
  readonly count: number;
}

export async function metricsOf(httpAddress: string): Promise<MasterMetrics> {
  const base = httpAddress.startsWith('http') ? httpAddress : `http://${httpAddress}`;
  const text = await (await fetch(`${base}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
  const [commits, commitSeconds] = [value('mosaic_commit_seconds_count'), value('mosaic_commit_seconds_sum')];
  const offerLatency = [...text.matchAll(/^mosaic_offer_latency_seconds_bucket\{le="(\S+)"\} (\d+)$/gm)].map(
    ([, le, count]) => ({ atMostSeconds: le === '+Inf' ? Infinity : Number(le), count: Number(count) }),
  );
  if (Number.isNaN(commits + commitSeconds) || offerLatency.length === 0)
    throw new Error('the master has no metric mosaic_commit_seconds or mosaic_offer_latency_seconds');
  return { commits, commitSeconds, offerLatency };
}

/**
 * The time that `share` (0 to 1) of what came between two looks did not exceed, evenly spread within its bucket as
 * Prometheus' `histogram_quantile` has it; beyond the last bucket, that bucket's lower end. 0 when nothing came.
 */
export function quantileMs(before: readonly Bucket[], after: readonly Bucket[], share: number): number {
  const counts = after.map(({ count }, at) => count - (before[at]?.count ?? 0));
  const wanted = share * (counts.at(-1) ?? 0);
  if (wanted === 0) return 0;
  let lower = { atMostSeconds: 0, count: 0 };
  for (const [at, { atMostSeconds }] of after.entries()) {
    const count = counts[at] ?? 0;
    if (count >= wanted) {
      if (atMostSeconds === Infinity) break;
      const part = (wanted - lower.count) / (count - lower.count);
      return 1_000 * (lower.atMostSeconds + part * (atMostSeconds - lower.atMostSeconds));
    }
    lower = { atMostSeconds, count };
  }
  return 1_000 * lower.atMostSeconds;
}
