/** What operators do with maintenance windows. */
import { rescindOffers } from '../allocate/rescind.js';
import { drainsFromMs, wallNowMs } from '../calendar.js';
import type { Core } from '../core.js';
import { findHost, nearest, shown } from '../explain/lookup.js';
import { invalid, notFound, reasonProblem, windowNameProblem, type Refusal } from '../operate/arguments.js';
import { nothingChanges, type OperatorReply, type WindowChange } from '../operate/commands.js';
import { tellAnnounced, tellOver } from '../reconcile/unavailable.js';
import type { WindowRecord } from '../state/records.js';
import { counted, duration } from '../words.js';
import { DRAIN_BEFORE_MAX_MS, WINDOW_HOSTS_MAX, WINDOW_HOSTS_TOTAL_MAX, WINDOWS_MAX } from './limits.js';
import { armCalendar } from './review.js';

/** Makes a window, or replaces the one of that name as a whole. */
export function setWindow(core: Core, principal: string, change: WindowChange, dryRun: boolean): OperatorReply {
  const problem = changeProblem(core, change);
  if (problem !== null) return problem;
  const found = hostIdsOf(core, change.hosts);
  if (!found.ok) return found;
  const { hostIds } = found;
  const before = core.state.windows.get(change.name);
  const others = [...core.state.windows.values()].reduce((sum, one) => sum + one.hostIds.length, 0);
  if (others - (before?.hostIds.length ?? 0) + hostIds.length > WINDOW_HOSTS_TOTAL_MAX)
    return full(`all windows together may name ${WINDOW_HOSTS_TOTAL_MAX} hosts; delete some`);
  const { name, startsMs, endsMs, reason, drain, hard, keepCordoned } = change;
  const drainBeforeMs = change.drainBeforeMs ?? core.options.drainBeforeMs;
  const by = `operator:${principal}`;
  const window: WindowRecord = {
    name,
    hostIds,
    startsMs,
    endsMs,
    reason,
    drain,
    hard,
    drainBeforeMs,
    keepCordoned,
    by,
  };
  if (before !== undefined && sameWindow(before, window)) return nothingChanges(`window ${name} is so already`, [name]);
  const changes = describe(core, window, before);
  if (dryRun) return { ok: true, changes, ids: [name] };
  core.state.windows.put(window);
  core.decide(
    'maintenance',
    name,
    `${principal} ${before === undefined ? 'announces' : 'changes'} window ${name}: ${changes[0] ?? ''}`,
  );
  const gone = before?.hostIds.filter((hostId) => !hostIds.includes(hostId)) ?? [];
  offerAnew(core, [...hostIds, ...gone], `maintenance ${name} is announced`);
  for (const hostId of hostIds) {
    const host = core.state.hosts.get(hostId);
    if (host !== undefined && !core.state.drains.has(hostId)) tellAnnounced(core, host, window);
  }
  callOff(core, gone, `maintenance ${name} does not take it any longer`);
  look(core);
  return { ok: true, changes, ids: [name] };
}

/** Removes a window; what it has cordoned comes back, what it drains goes back as far as it can. */
export function deleteWindow(core: Core, principal: string, name: string, dryRun: boolean): OperatorReply {
  const window = core.state.windows.get(name);
  if (window === undefined) {
    const near = nearest(
      name,
      [...core.state.windows.values()].map((one) => one.name),
    );
    const hint = near.length === 0 ? 'mosaic maintenance list shows them' : `did you mean ${near.join(' or ')}?`;
    return notFound(`there is no maintenance window "${shown(name)}"; ${hint}`);
  }
  const held = window.hostIds.filter((hostId) => core.state.drains.get(hostId)?.window === name);
  const changes = [
    `window ${name} of ${counted(window.hostIds.length, 'host')} is deleted`,
    ...(held.length === 0 ? [] : [`${counted(held.length, 'host')} that it keeps out of use may get grants again`]),
  ];
  if (dryRun) return { ok: true, changes, ids: [name] };
  core.state.windows.delete(name);
  core.decide('maintenance', name, `${principal} deletes window ${name}`);
  offerAnew(core, window.hostIds, `maintenance ${name} is called off`);
  callOff(core, window.hostIds, `maintenance ${name} is called off`);
  look(core);
  return { ok: true, changes, ids: [name] };
}

function changeProblem(core: Core, change: WindowChange): Refusal | null {
  const { name, startsMs, endsMs, drainBeforeMs } = change;
  const problem = windowNameProblem(name) ?? reasonProblem(change.reason);
  if (problem !== null) return problem;
  if (change.hosts.length === 0) return invalid('hosts is empty; name at least one');
  if (change.hosts.length > WINDOW_HOSTS_MAX)
    return invalid(`hosts names ${change.hosts.length} hosts; at most ${WINDOW_HOSTS_MAX} are accepted`);
  if (!Number.isSafeInteger(startsMs) || startsMs <= 0)
    return invalid(`startsMs is ${startsMs}; it must be a wall time in ms since 1970`);
  if (!Number.isSafeInteger(endsMs) || endsMs < 0 || (endsMs !== 0 && endsMs <= startsMs))
    return invalid(`endsMs is ${endsMs}; it must be 0 (until it is deleted) or later than startsMs (${startsMs})`);
  if (endsMs !== 0 && endsMs <= wallNowMs(core))
    return invalid(`endsMs is ${endsMs}, ${duration(wallNowMs(core) - endsMs)} ago; a window must end in the future`);
  if (
    drainBeforeMs !== undefined &&
    (!Number.isSafeInteger(drainBeforeMs) || drainBeforeMs < 0 || drainBeforeMs > DRAIN_BEFORE_MAX_MS)
  )
    return invalid(`drainBeforeMs is ${drainBeforeMs}; it must be 0 to ${DRAIN_BEFORE_MAX_MS} (30 days)`);
  if (change.hard && !change.drain) return invalid('hard is set but drain is not; only what is drained can be killed');
  if (!core.state.windows.has(name) && core.state.windows.size >= WINDOWS_MAX)
    return full(`there are ${WINDOWS_MAX} windows already; delete one, or name more hosts in one`);
  return null;
}

type FoundHosts = { readonly ok: true; readonly hostIds: readonly string[] } | Refusal;

function hostIdsOf(core: Core, names: readonly string[]): FoundHosts {
  const hostIds = new Set<string>();
  for (const name of names) {
    const host = findHost(core, name);
    if (!host.ok) return notFound(host.message);
    hostIds.add(host.value.hostId);
  }
  return { ok: true, hostIds: [...hostIds] };
}

function describe(core: Core, window: WindowRecord, before: WindowRecord | undefined): readonly string[] {
  const nowMs = wallNowMs(core);
  const begins =
    window.startsMs > nowMs ? `in ${duration(window.startsMs - nowMs)}` : `${duration(nowMs - window.startsMs)} ago`;
  const lasts = window.endsMs === 0 ? 'until it is deleted' : `for ${duration(window.endsMs - window.startsMs)}`;
  const changes = [
    `window ${window.name} takes ${counted(window.hostIds.length, 'host')} out of use ${begins} ${lasts}`,
  ];
  if (before !== undefined) changes.push(`it had ${counted(before.hostIds.length, 'host')} before`);
  if (window.drain) {
    const waitMs = drainsFromMs(window) - nowMs;
    const when = waitMs > 0 ? `in ${duration(waitMs)}` : 'at once';
    const left = window.hard ? '; what is left when it begins is killed' : '';
    changes.push(`they are drained ${when}, as the budgets of moves allow${left}`);
  }
  if (window.keepCordoned) changes.push('they stay cordoned when it is over');
  return changes;
}

/** Offers of these hosts that are out say nothing, or something else, of the window: they are made anew. */
function offerAnew(core: Core, hostIds: readonly string[], reason: string): void {
  for (const hostId of hostIds) {
    const open = [...core.state.offersByHost.get(hostId)].filter(
      (offerId) => core.state.offers.get(offerId)?.transitionId === null,
    );
    if (open.length > 0) rescindOffers(core, open, reason);
    core.markDirty(hostId);
  }
}

/** Who was told of the window hears that it will not come. Where it is in force already, the end of its drain tells. */
function callOff(core: Core, hostIds: readonly string[], reason: string): void {
  for (const hostId of hostIds) {
    const host = core.state.hosts.get(hostId);
    if (host !== undefined && !core.state.drains.has(hostId)) tellOver(core, host, reason);
  }
}

/** The calendar looks at once, with the wall time that the next tick brings. */
function look(core: Core): void {
  armCalendar(core);
  core.timers.set('calendar', core.nowMs);
}

function sameWindow(a: WindowRecord, b: WindowRecord): boolean {
  return JSON.stringify({ ...a, by: '' }) === JSON.stringify({ ...b, by: '' });
}

function full(message: string): Refusal {
  return { ok: false, code: 'RESOURCE_EXHAUSTED', message };
}
