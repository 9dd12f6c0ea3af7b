/**
 * Slices are taken back as hosts are, by the same laws: a role below its guarantee with standing demand gets room from
 * those who borrow. Tasks cannot be drained: their framework is told first, and what still runs when the notice is over is
 * killed. Until then nothing is final: what ends by itself makes room, too, and a kill that is not needed is called off.
 */
import { freeResources, isUsableShared } from '../../allocate/offerable.js';
import type { Core } from '../../core.js';
import { DEFAULT_RECLAIM, isLiveTask, isWithin } from '../../quota/index.js';
import { isRecovering } from '../../reconcile/recovery.js';
import { stopTask } from '../../reconcile/tasks.js';
import { addResources, coversDemand } from '../../resources/index.js';
import type { TaskRecord } from '../../state/records.js';
import { counted } from '../../words.js';
import { isFrozen } from '../frozen.js';
import { planModeOf } from '../plan-mode.js';
import { outranks } from '../priority.js';
import { workloadOf } from '../steps.js';
import { sliceClaims, type SliceClaims } from './claims.js';
import { draftSlices, type SliceStart } from './draft.js';
import { SliceGuard } from './guard.js';
import { claimKey, SLICE_TIMER, type SliceReclaim } from './memory.js';
import { tellReclaim, tellReclaimCancelled } from './telling.js';

/** One round: looks after what was begun, kills what was told long enough ago, and begins what is still needed. */
export function sliceRound(core: Core): void {
  const memory = core.sliceMemory;
  const stopped = standstill(core);
  const found: SliceClaims = sliceClaims(core);
  review(core, stopped === null ? found : { claims: [], others: new Map() }, stopped ?? 'it is not needed any more');
  noteRounds(core, found);
  if (stopped === null) {
    const { starts, notes } = draftSlices(core, found, memory);
    for (const start of starts) begin(core, start);
    memory.notes = notes;
  } else {
    memory.notes = new Map([...found.others, ...found.claims.map(({ key }) => [key, stopped] as const)]);
  }
  showUnmet(core, found);
  arm(core, found.claims.length > 0);
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
  let nextMs = hasClaims ? core.nowMs + core.options.taskReclaimPeriodMs : Infinity;
  for (const { killAtMs, isKilling } of core.sliceMemory.reclaims())
    nextMs = Math.min(
      nextMs,
      isKilling ? core.nowMs + core.options.taskReclaimPeriodMs : Math.max(killAtMs, core.nowMs),
    );
  if (Number.isFinite(nextMs)) core.timers.setEarliest(SLICE_TIMER, nextMs);
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
  const { host, tasks, offers } = room;
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
    ...{ frameworkId, role, demandId: entry.demandId, guaranteed, hostId: host.hostId, unit },
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

/** How long the task's framework is told before: its role's deadline, or the configured notice. */
function noticeOf(core: Core, task: TaskRecord): number {
  const { deadlineMs } = core.state.roles.get(task.role)?.reclaim ?? DEFAULT_RECLAIM;
  return deadlineMs > 0 ? deadlineMs : core.options.taskReclaimNoticeMs;
}

/** Brings what was begun up to date, oldest first; the youngest are called off when fewer are needed. */
function review(core: Core, { claims }: SliceClaims, over: string): void {
  const units = new Map(claims.map((claim) => [claim.key, claim.units]));
  const guard = new SliceGuard(core);
  for (const { isKilling, taskKeys } of core.sliceMemory.reclaims()) if (isKilling) guard.takeTasks(taskKeys);
  for (const reclaim of core.sliceMemory.reclaims()) {
    const key = claimKey(reclaim.frameworkId, reclaim.role, reclaim.demandId);
    const left = liveTasks(core, reclaim);
    if (reclaim.isKilling) {
      if (left.length === 0 || !isUsable(core, reclaim)) end(core, reclaim);
      else core.sliceMemory.put({ ...reclaim, taskKeys: left.map(({ taskKey }) => taskKey) });
      continue;
    }
    const needed = units.get(key) ?? 0;
    if (needed > 0) units.set(key, needed - 1);
    if (needed <= 0 || !isUsable(core, reclaim)) {
      callOff(core, reclaim, left, needed <= 0 ? over : 'the host cannot be used any more');
      continue;
    }
    const spared = left.filter((task) => mustStay(core, reclaim, task, guard));
    if (spared.length > 0) {
      callOff(core, reclaim, left, 'it would take a role below its guarantee, or its policy changed');
      continue;
    }
    settle(core, reclaim, left);
  }
}

/** What the rules say now of a task that was told to go; what is taken adds up. */
function mustStay(core: Core, reclaim: SliceReclaim, task: TaskRecord, guard: SliceGuard): boolean {
  const { quantities } = task.spec.resources;
  const policy = core.state.roles.get(task.role)?.reclaim ?? DEFAULT_RECLAIM;
  const stays =
    policy.kind !== 'hard' ||
    isWithin(task.role, reclaim.guaranteed) ||
    outranks(core, task.role, reclaim.role) ||
    isFrozen(core, workloadOf(core, task.frameworkId)) !== null ||
    !guard.allows(task.role, reclaim.role, quantities);
  if (!stays) guard.take(task.role, quantities);
  return stays;
}

/** Calls off what is no longer needed for the unit, and kills the rest when its time has come. */
function settle(core: Core, reclaim: SliceReclaim, left: readonly TaskRecord[]): void {
  let needed = [...left];
  for (const task of [...left].reverse()) {
    const rest = needed.filter((one) => one !== task);
    let free = freeResources(core, reclaim.hostId);
    for (const { spec } of rest) free = addResources(free, spec.resources);
    if (coversDemand(reclaim.unit, free)) needed = rest;
  }
  const spared = left.filter((task) => !needed.includes(task));
  if (spared.length > 0) tellReclaimCancelled(core, spared, 'others ended by themselves and made room enough');
  if (needed.length === 0) {
    end(core, reclaim);
    return;
  }
  const isDue = core.nowMs >= reclaim.killAtMs;
  core.sliceMemory.put({ ...reclaim, taskKeys: needed.map(({ taskKey }) => taskKey), isKilling: isDue });
  if (!isDue) return;
  const reason = `reclaimed: ${reclaim.guaranteed} was below its guarantee`;
  for (const task of needed) stopTask(core, task, task.spec.killGraceMs, reason);
  core.decide('task', hostName(core, reclaim), `${counted(needed.length, 'task')} killed after notice; ${reason}`, {
    tasks: needed.length,
    role: reclaim.role,
  });
}

function callOff(core: Core, reclaim: SliceReclaim, left: readonly TaskRecord[], why: string): void {
  core.sliceMemory.delete(reclaim.hostId);
  core.markDirty(reclaim.hostId);
  if (left.length === 0) return;
  const colon = /^[A-Z_]+: /.exec(why)?.[0].length ?? 0;
  tellReclaimCancelled(core, left, why.slice(colon));
  core.decide('task', hostName(core, reclaim), `${counted(left.length, 'task')} may stay: ${why.slice(colon)}`, {
    tasks: left.length,
  });
}

/** The room is there: the allocator gives it, to the role below its guarantee first. */
function end(core: Core, reclaim: SliceReclaim): void {
  core.sliceMemory.delete(reclaim.hostId);
  core.sliceMemory.freedMs.set(`${reclaim.frameworkId}|${reclaim.role}`, core.nowMs);
  core.markDirty(reclaim.hostId);
}

function liveTasks(core: Core, { taskKeys }: SliceReclaim): readonly TaskRecord[] {
  return taskKeys.flatMap((key) => {
    const task = core.state.tasks.get(key);
    return task === undefined || !isLiveTask(task) ? [] : [task];
  });
}

function isUsable(core: Core, { hostId }: SliceReclaim): boolean {
  const host = core.state.hosts.get(hostId);
  return host !== undefined && isUsableShared(core, host);
}

function hostName(core: Core, { hostId }: SliceReclaim): string {
  return core.state.hosts.get(hostId)?.name ?? hostId;
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
