/**
 * Maintenance windows in time. They are written in wall time, because that is what people agree on; the core's one clock
 * runs by itself. The shell says with each tick what the wall clock shows, and this file alone turns one into the other.
 */
import type { Core } from './core.js';
import type { Unavailability } from './protocol.js';
import type { WindowRecord } from './state/records.js';

/**
 * `announced`: its hosts are offered with a warning; `draining`: they are being emptied; `open`: they are out of use;
 * `over`: they come back.
 */
export type WindowPhase = 'announced' | 'draining' | 'open' | 'over';

/** Differences this small are two clocks read one after the other; deadlines do not follow them. */
const JITTER_MS = 1_000;

/** Takes over what the wall clock shows now. */
export function setWallClock(core: Core, wallMs: number | undefined): void {
  const offsetMs = wallMs === undefined ? 0 : wallMs - core.nowMs;
  if (Math.abs(offsetMs - core.wallOffsetMs) >= JITTER_MS) core.wallOffsetMs = offsetMs;
}

export function wallNowMs(core: Core): number {
  return core.nowMs + core.wallOffsetMs;
}

/** A wall time on the one clock. */
export function onTheClock(core: Core, wallMs: number): number {
  return wallMs - core.wallOffsetMs;
}

export function phaseOf(core: Core, window: WindowRecord): WindowPhase {
  const nowMs = wallNowMs(core);
  if (window.endsMs !== 0 && nowMs >= window.endsMs) return 'over';
  if (nowMs >= window.startsMs) return 'open';
  return nowMs >= drainsFromMs(window) ? 'draining' : 'announced';
}

/** Whether the window takes hosts out of use now. */
export function isInForce(core: Core, window: WindowRecord): boolean {
  const phase = phaseOf(core, window);
  return phase === 'draining' || phase === 'open';
}

/** Wall time from which the window empties its hosts: its start where it only cordons them. */
export function drainsFromMs(window: WindowRecord): number {
  return window.drain ? window.startsMs - window.drainBeforeMs : window.startsMs;
}

/** The window's next turn on the one clock; Infinity when it has none by itself. */
export function nextTurnMs(core: Core, window: WindowRecord): number {
  switch (phaseOf(core, window)) {
    case 'announced':
      return onTheClock(core, drainsFromMs(window));
    case 'draining':
      return onTheClock(core, window.startsMs);
    case 'open':
      return window.endsMs === 0 ? Infinity : onTheClock(core, window.endsMs);
    case 'over':
      return core.nowMs;
  }
}

/** The window that takes the host out of use now, or is to do so next; the one that starts first. */
export function windowOf(core: Core, hostId: string): WindowRecord | undefined {
  let first: WindowRecord | undefined;
  for (const name of core.state.windowsByHost.get(hostId)) {
    const window = core.state.windows.get(name);
    if (window === undefined || phaseOf(core, window) === 'over') continue;
    if (first === undefined || window.startsMs < first.startsMs) first = window;
  }
  return first;
}

/** What is told of the host with every offer; undefined when no window names it. */
export function unavailabilityOf(core: Core, hostId: string): Unavailability | undefined {
  if (core.state.windows.size === 0) return undefined;
  const window = windowOf(core, hostId);
  return window === undefined ? undefined : unavailabilityIn(core, window);
}

export function unavailabilityIn(core: Core, window: WindowRecord): Unavailability {
  return {
    startsInMs: Math.max(0, window.startsMs - wallNowMs(core)),
    lastsMs: window.endsMs === 0 ? 0 : window.endsMs - window.startsMs,
    reason: window.reason,
  };
}
