/**
 * The calendar at work. It looks at what should be so now, and makes it so: hosts of a window in force have a drain of that
 * window, hosts whose window is over, deleted or changed have none. It can be called at any time and as often as one likes.
 */
import { isInForce, nextTurnMs, onTheClock, phaseOf, windowOf } from '../calendar.js';
import type { Core } from '../core.js';
import type { DrainRecord, WindowRecord } from '../state/records.js';
import { counted } from '../words.js';
import { beginDrain, endDrain, type DrainStart } from './drain.js';
import { CALENDAR_LOOK_MS } from './limits.js';

export function reviewCalendar(core: Core): void {
  for (const window of [...core.state.windows.values()]) {
    const phase = phaseOf(core, window);
    if (phase === 'over') finish(core, window);
    else if (isInForce(core, window)) for (const hostId of window.hostIds) hold(core, hostId, window);
  }
  for (const drain of [...core.state.drains.values()])
    if (drain.window !== '' && !isHeld(core, drain)) release(core, drain);
  armCalendar(core);
}

/** Sets the calendar's next look: at the next turn of a window, and from time to time, because the wall clock may be set. */
export function armCalendar(core: Core): void {
  let nextMs = core.nowMs + CALENDAR_LOOK_MS;
  for (const window of core.state.windows.values()) nextMs = Math.min(nextMs, nextTurnMs(core, window));
  if (core.state.windows.size === 0) core.timers.clear('calendar');
  else core.timers.set('calendar', Math.max(nextMs, core.nowMs + 1));
}

/** A window is over: it is forgotten, and its hosts come back unless it says otherwise. */
function finish(core: Core, window: WindowRecord): void {
  const held = window.hostIds.flatMap((hostId) => {
    const drain = core.state.drains.get(hostId);
    return drain?.window === window.name ? [drain] : [];
  });
  const what = window.keepCordoned ? 'stay out of use until they are uncordoned' : 'come back';
  core.decide('maintenance', window.name, `window ${window.name} is over: ${counted(held.length, 'host')} ${what}`);
  if (window.keepCordoned) for (const drain of held) core.state.drains.put({ ...drain, window: '', by: window.by });
  core.state.windows.delete(window.name);
}

/** A host of a window in force is drained by it, unless it is being drained already. */
function hold(core: Core, hostId: string, window: WindowRecord): void {
  const drain = core.state.drains.get(hostId);
  const start = startOf(core, window);
  if (drain === undefined || (drain.window === window.name && !isAs(drain, start))) beginDrain(core, hostId, start);
}

function startOf(core: Core, window: WindowRecord): DrainStart {
  return {
    by: `maintenance:${window.name}`,
    window: window.name,
    reason: window.reason === '' ? `maintenance ${window.name}` : `maintenance ${window.name}: ${window.reason}`,
    empties: window.drain,
    hard: window.drain && window.hard,
    graceMs: -1,
    deadlineMs: onTheClock(core, window.startsMs),
  };
}

function isAs(drain: DrainRecord, start: DrainStart): boolean {
  return (
    drain.reason === start.reason &&
    drain.empties === start.empties &&
    drain.hard === start.hard &&
    drain.deadlineMs === start.deadlineMs
  );
}

function isHeld(core: Core, drain: DrainRecord): boolean {
  const window = core.state.windows.get(drain.window);
  return window !== undefined && isInForce(core, window) && core.state.windowsByHost.get(drain.hostId).has(window.name);
}

/** The window no longer wants the host; another one may. */
function release(core: Core, drain: DrainRecord): void {
  const next = windowOf(core, drain.hostId);
  if (next !== undefined && isInForce(core, next)) beginDrain(core, drain.hostId, startOf(core, next));
  else endDrain(core, drain.hostId, `maintenance ${drain.window} is over`);
}
