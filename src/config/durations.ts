const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads `500ms`, `30s`, `1.5h`, `1h30m` as whole milliseconds; null when it is none. Units go from large to small, each at
 * most once. A bare number has no unit and is refused: whoever takes one says what it counts.
 */
export function parseDurationMs(text: string): number | null {
  const trimmed = text.trim();
  if (!/^(\d{1,12}(\.\d{1,3})?(ms|d|h|m|s))+$/.test(trimmed)) return null;
  let sum = 0;
  let before = Infinity;
  for (const part of trimmed.matchAll(/(\d{1,12}(?:\.\d{1,3})?)(ms|d|h|m|s)/g)) {
    const unit = UNIT_MS[part[2] ?? ''] ?? Number.NaN;
    if (unit >= before) return null;
    before = unit;
    sum += Number(part[1]) * unit;
  }
  const whole = Math.round(sum);
  return Number.isSafeInteger(whole) ? whole : null;
}

/** The shortest text that `parseDurationMs` reads as exactly `ms`: `90s`, `30m`, `250ms`. */
export function durationText(ms: number): string {
  if (ms === 0) return '0s';
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = UNIT_MS[unit] ?? 1;
    if (ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}
