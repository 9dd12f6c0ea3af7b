/** `06:24`, from the second day on `day 2 06:24`. */
export function timeOfDay(nowMs: number, startHour: number): string {
  const minutes = Math.floor(nowMs / 60_000) + Math.round(startHour * 60);
  const day = Math.floor(minutes / 1_440) + 1;
  const clock = `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
  return day === 1 ? clock : `day ${day} ${clock}`;
}

/** Scenario time that has passed: `45 s`, `12 min`, `3.5 h`. */
export function span(ms: number): string {
  const seconds = Math.max(Math.round(ms / 1_000), 0);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}

/** `12 hosts`, `1 host`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
