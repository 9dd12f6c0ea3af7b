/** What was begun in rounds before: what is still needed of it, and what its time has come for. */
import { freeResources, isUsableShared } from '../../allocate/offerable.js';
import type { Core } from '../../core.js';
import { DEFAULT_RECLAIM, isWithin } from '../../quota/index.js';
import { stopTask } from '../../reconcile/tasks.js';
import { addResources, timesCovered, type Resources } from '../../resources/index.js';
import type { TaskRecord } from '../../state/records.js';
import { counted } from '../../words.js';
import { isFrozen } from '../frozen.js';
import { outranks } from '../priority.js';
import { workloadOf } from '../steps.js';
import type { SliceClaims } from './claims.js';
import { fewest } from './fewest.js';
import { goingTasks } from './going.js';
import { SliceGuard } from './guard.js';
import { LendableFree } from './lendable-free.js';
import { claimKey, type SliceReclaim } from './memory.js';
import { tellReclaimCancelled } from './telling.js';

/**
 * Brings what was begun up to date: first what is being killed, which cannot be undone, then the others, oldest first; the
 * youngest are called off when fewer units are needed.
 * @param over why there is no need of what nobody claims any more
 */
export function review(core: Core, { claims }: SliceClaims, over: string): void {
  const units = new Map(claims.map((claim) => [claim.key, claim.units]));
  const sofar: SoFar = { guard: new SliceGuard(core), lendable: new LendableFree(core) };
  const reclaims = core.sliceMemory.reclaims();
  for (const reclaim of reclaims) {
    if (!reclaim.isKilling) continue;
    sofar.guard.takeTasks(reclaim.taskKeys);
    const key = keyOf(reclaim);
    units.set(key, (units.get(key) ?? 0) - reclaim.units);
    const left = goingTasks(core, reclaim);
    if (isUsable(core, reclaim)) sofar.lendable.plan({ ...reclaim, freed: resourcesOf(left) });
    if (left.length === 0 || !isUsable(core, reclaim)) end(core, reclaim);
    else core.sliceMemory.put({ ...reclaim, taskKeys: left.map(({ taskKey }) => taskKey) });
  }
  for (const reclaim of reclaims) {
    if (reclaim.isKilling) continue;
    const key = keyOf(reclaim);
    const needed = units.get(key) ?? 0;
    const kept = isUsable(core, reclaim)
      ? settle(core, reclaim, Math.min(reclaim.units, needed), sofar, over)
      : callOff(core, reclaim, 'the host cannot be used any more');
    units.set(key, needed - kept);
  }
}

/** What the reclaims that were looked at before take, and what they leave free. */
interface SoFar {
  readonly guard: SliceGuard;
  readonly lendable: LendableFree;
}

/**
 * Calls off what is no longer needed for so many units, or must stay, and kills the rest when its time has come.
 * @returns for how many units room is still made
 */
function settle(core: Core, reclaim: SliceReclaim, needed: number, sofar: SoFar, over: string): number {
  const { guard, lendable } = sofar;
  if (needed <= 0) return callOff(core, reclaim, over);
  const left = goingTasks(core, reclaim);
  const going = left.filter((task) => !mustStay(core, reclaim, task, guard));
  let free = lendable.of(reclaim.role, freeResources(core, reclaim.hostId));
  for (const { spec } of going) free = addResources(free, spec.resources);
  const units = Math.min(needed, timesCovered(reclaim.unit, free));
  if (units === 0) {
    for (const { role, spec } of going) guard.take(role, spec.resources.quantities, -1);
    return callOff(
      core,
      reclaim,
      going.length < left.length ? MUST_STAY : 'what the host has is not enough any more, whoever goes',
    );
  }
  const { kept } = fewest(going, ({ spec }) => spec.resources, free, reclaim.unit, units);
  const staying = left.filter((task) => !going.includes(task));
  const spared = going.filter((task) => !kept.includes(task));
  for (const { role, spec } of spared) guard.take(role, spec.resources.quantities, -1);
  if (staying.length > 0) tellReclaimCancelled(core, staying, MUST_STAY);
  if (spared.length > 0) tellReclaimCancelled(core, spared, sparedWhy(reclaim, needed, units));
  lendable.plan({ ...reclaim, units, freed: resourcesOf(kept) });
  if (kept.length === 0) {
    end(core, reclaim);
    return units;
  }
  const isDue = core.nowMs >= reclaim.killAtMs;
  core.sliceMemory.put({ ...reclaim, units, taskKeys: kept.map(({ taskKey }) => taskKey), isKilling: isDue });
  if (isDue) kill(core, reclaim, kept);
  return units;
}

function resourcesOf(tasks: readonly TaskRecord[]): readonly Resources[] {
  return tasks.map(({ spec }) => spec.resources);
}

const MUST_STAY = 'it would take a role below its guarantee, or its policy changed';

function sparedWhy(reclaim: SliceReclaim, needed: number, units: number): string {
  if (units < needed) return 'others that would have to go with it must stay';
  return needed < reclaim.units ? 'less room is needed' : 'others ended by themselves and made room enough';
}

function kill(core: Core, reclaim: SliceReclaim, tasks: readonly TaskRecord[]): void {
  const reason = `reclaimed: ${reclaim.guaranteed} was below its guarantee`;
  for (const task of tasks) stopTask(core, task, task.spec.killGraceMs, reason);
  core.decide('task', hostName(core, reclaim), `${counted(tasks.length, 'task')} killed after notice; ${reason}`, {
    tasks: tasks.length,
    role: reclaim.role,
  });
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

/** @returns 0: there is room for no unit of it */
function callOff(core: Core, reclaim: SliceReclaim, why: string): 0 {
  const left = goingTasks(core, reclaim);
  core.sliceMemory.delete(reclaim.hostId);
  core.markDirty(reclaim.hostId);
  if (left.length === 0) return 0;
  const colon = /^[A-Z_]+: /.exec(why)?.[0].length ?? 0;
  tellReclaimCancelled(core, left, why.slice(colon));
  core.decide('task', hostName(core, reclaim), `${counted(left.length, 'task')} may stay: ${why.slice(colon)}`, {
    tasks: left.length,
  });
  return 0;
}

/** The room is there: the allocator gives it, to the role below its guarantee first. */
function end(core: Core, reclaim: SliceReclaim): void {
  core.sliceMemory.delete(reclaim.hostId);
  core.sliceMemory.freedMs.set(`${reclaim.frameworkId}|${reclaim.role}`, core.nowMs);
  core.markDirty(reclaim.hostId);
}

function keyOf({ frameworkId, role, demandId }: SliceReclaim): string {
  return claimKey(frameworkId, role, demandId);
}

function isUsable(core: Core, { hostId }: SliceReclaim): boolean {
  const host = core.state.hosts.get(hostId);
  return host !== undefined && isUsableShared(core, host);
}

function hostName(core: Core, { hostId }: SliceReclaim): string {
  return core.state.hosts.get(hostId)?.name ?? hostId;
}
