/**
 * Slices are taken back as hosts are, by the same laws: a role below its guarantee with standing demand gets room from
 * those who borrow. Tasks cannot be drained: their framework is told first, and what still runs when the notice is over is
 * killed. Until then nothing is final: what ends by itself makes room, too, and a kill that is not needed is called off.
 */
import type { Core } from '../../core.js';
import { isRecovering } from '../../reconcile/recovery.js';
import { counted } from '../../words.js';
import { planModeOf } from '../plan-mode.js';
import { sliceClaims, type SliceClaims } from './claims.js';
import { draftSlices } from './draft.js';
import type { SliceStart } from './drafting.js';
import { claimKey, SLICE_REVIEW_TIMER, SLICE_TIMER } from './memory.js';
import { review } from './review.js';
import { noticeOf, tellReclaim } from './telling.js';

/** One round: looks after what was begun, kills what was told long enough ago, and begins what is still needed. */
export function sliceRound(core: Core): void {
  const memory = core.sliceMemory;
  const stopped = standstill(core);
  const found: SliceClaims = sliceClaims(core);
  lookAfter(core, found, stopped);
  noteRounds(core, found);
  if (stopped === null) {
    const { starts, notes, resume } = draftSlices(core, found, memory);
    for (const start of starts) begin(core, start);
    memory.notes = notes;
    memory.resume = resume;
  } else {
    memory.notes = new Map([...found.others, ...found.claims.map(({ key }) => [key, stopped] as const)]);
  }
  showUnmet(core, found);
  arm(core, found.claims.length > 0);
}

/**
 * Looks after what was begun, and begins nothing: whenever a task ends where room is made, which may be often, and when a kill
 * is due.
 */
export function sliceReview(core: Core): void {
  const found = sliceClaims(core);
  lookAfter(core, found, standstill(core));
  arm(core, found.claims.length > 0);
}

function lookAfter(core: Core, found: SliceClaims, stopped: string | null): void {
  review(core, stopped === null ? found : { claims: [], others: new Map() }, stopped ?? 'it is not needed any more');
}

/** Why no task is taken from anyone now, as `CODE: sentence`; null when it may be. */
export function standstill(core: Core): string | null {
  if (core.options.planner === 'off') return 'FROZEN: the planner is off: nothing is taken from anyone';
  if (isRecovering(core)) return 'RECOVERING: the planner waits until enough hosts have reported since the start';
  if (core.state.isMassFailure)
    return 'MASS_FAILURE: too many hosts have vanished at once; nothing is taken until they are back or given up';
  const mode = planModeOf(core);
  return mode === 'auto' ? null : `AWAITING_APPROVAL: tasks are taken back only in plan mode auto; it is ${mode}`;
}

function arm(core: Core, hasClaims: boolean): void {
  const { timers, nowMs, options } = core;
  const nextRoundMs = nowMs + options.taskReclaimPeriodMs;
  if (hasClaims) timers.setEarliest(SLICE_TIMER, nextRoundMs);
  for (const { killAtMs, isKilling } of core.sliceMemory.reclaims())
    timers.setEarliest(SLICE_REVIEW_TIMER, isKilling ? nextRoundMs : Math.max(killAtMs, nowMs));
}

/** Rounds closer together than the period do not count: two commands are no time. */
function noteRounds(core: Core, { claims }: SliceClaims): void {
  const memory = core.sliceMemory;
  const counts = core.nowMs - memory.countedMs >= core.options.taskReclaimPeriodMs;
  if (counts) memory.countedMs = core.nowMs;
  const keys = new Set(claims.map(({ key }) => key));
  for (const key of keys) {
    const before = memory.rounds.get(key) ?? 0;
    memory.rounds.set(key, before === 0 || counts ? before + 1 : before);
    if (!memory.sinceMs.has(key)) memory.sinceMs.set(key, core.nowMs);
  }
  for (const map of [memory.rounds, memory.sinceMs])
    for (const key of [...map.keys()]) if (!keys.has(key)) map.delete(key);
  for (const [key, atMs] of [...memory.freedMs])
    if (core.nowMs >= atMs + core.options.coolDownMs) memory.freedMs.delete(key);
}

/** Tells the frameworks and keeps the host's room for who is owed it. */
function begin(core: Core, { claim, room }: SliceStart): void {
  const { host, units, tasks, offers } = room;
  const { frameworkId, role, entry, guaranteed, unit } = claim;
  const reason = `${guaranteed} is below its guarantee and ${frameworkId} in ${role} needs the room`;
  if (offers.length > 0)
    core.upcalls.rescindOffers(
      core,
      offers.map(({ offerId }) => offerId),
      reason,
    );
  if (tasks.length === 0) return;
  const noticeMs = Math.max(...tasks.map((task) => noticeOf(core, task)));
  core.sliceMemory.put({
    ...{ frameworkId, role, demandId: entry.demandId, guaranteed, hostId: host.hostId, unit, units },
    taskKeys: tasks.map(({ taskKey }) => taskKey),
    killAtMs: core.nowMs + noticeMs,
    isKilling: false,
  });
  tellReclaim(core, tasks, noticeMs, reason);
  core.decide(
    'task',
    host.name,
    `${counted(tasks.length, 'task')} on ${host.name} must go: ${reason}: ${tasks.map(({ taskKey }) => taskKey).join(', ')}`,
    { tasks: tasks.length, role, noticeMs },
  );
}

/** A guarantee that is wanted, unmet and not being mended is shown with what stands in its way. */
function showUnmet(core: Core, { claims }: SliceClaims): void {
  const memory = core.sliceMemory;
  const mending = new Set(memory.reclaims().map((one) => claimKey(one.frameworkId, one.role, one.demandId)));
  const unmet = new Set<string>();
  for (const { key, guaranteed, frameworkId, role, units } of claims) {
    const note = memory.notes.get(key);
    const hasLasted = (memory.rounds.get(key) ?? 0) >= core.options.hysteresisRounds;
    if (!hasLasted || mending.has(key) || note === undefined || note.startsWith('OFFERED') || unmet.has(guaranteed))
      continue;
    // One about hosts says enough, and is the planner's to end.
    if (core.state.conditions.has(`GUARANTEE_UNMET|${guaranteed}`) && !memory.unmet.has(guaranteed)) continue;
    unmet.add(guaranteed);
    core.raise(
      'GUARANTEE_UNMET',
      guaranteed,
      `${frameworkId} in ${role} lacks ${counted(units, 'slice')} of what ${guaranteed} is guaranteed: ${note}`,
      `mosaic why ${guaranteed}`,
    );
  }
  for (const role of memory.unmet) if (!unmet.has(role)) core.clearCondition('GUARANTEE_UNMET', role);
  memory.unmet = unmet;
}
