/** Commits of a master so far, from its metrics: how many, and how long they took in all. */
export async function commitsOf(httpAddress: string): Promise<{ readonly count: number; readonly seconds: number }> {
  const base = httpAddress.startsWith('http') ? httpAddress : `http://${httpAddress}`;
  const text = await (await fetch(`${base}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
  const figures = { count: value('mosaic_commit_seconds_count'), seconds: value('mosaic_commit_seconds_sum') };
  if (Number.isNaN(figures.count + figures.seconds)) throw new Error('the master has no metric mosaic_commit_seconds');
  return figures;
}
