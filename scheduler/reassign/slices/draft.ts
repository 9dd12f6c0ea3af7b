/** What one round would take back: decided here, carried out in `round.ts`, looked at ahead in `../outlook.ts`. */
import type { Core } from '../../core.js';
import { counted } from '../../words.js';
import type { SliceClaim, SliceClaims } from './claims.js';
import { SliceRound, type SliceStart } from './drafting.js';
import { claimKey, type SliceMemory, type SliceResume } from './memory.js';
import { Search } from './search.js';

/**
 * Claims for which hosts are looked at in one round. Beyond it the others wait for the next, which begins with them: claims
 * that nobody makes room for must not keep the others waiting for ever.
 */
const CLAIMS_EXAMINED_MAX = 20;

export interface SliceDraft {
  readonly starts: readonly SliceStart[];
  /** Why nothing (more) is taken back for a claim, by key, as `CODE: sentence`. */
  readonly notes: ReadonlyMap<string, string>;
  /** Where the next round begins; null = at the first claim. */
  readonly resume: SliceResume | null;
}

/** @param lasted look ahead: as if every claim had been unmet for long enough */
export function draftSlices(
  core: Core,
  { claims, others }: SliceClaims,
  memory: SliceMemory,
  lasted = false,
): SliceDraft {
  const round = new SliceRound(core, memory, lasted);
  const notes = new Map(others);
  const due: { readonly claim: SliceClaim; readonly needed: number }[] = [];
  for (const claim of claims) {
    const needed = claim.units - underWay(memory, claim);
    if (needed <= 0) continue;
    const waits = lasted ? null : waitText(core, memory, claim);
    if (waits === null) due.push({ claim, needed });
    else notes.set(claim.key, waits);
  }
  const begin = Math.max(
    0,
    due.findIndex(({ claim }) => claim.key === memory.resume?.claimKey),
  );
  let fromHostId = due[begin]?.claim.key === memory.resume?.claimKey ? (memory.resume?.hostId ?? null) : null;
  let resume: SliceResume | null = null;
  let examined = 0;
  let isOver = false;
  for (const { claim, needed } of [...due.slice(begin), ...due.slice(0, begin)]) {
    if (isOver || examined === CLAIMS_EXAMINED_MAX) {
      resume ??= { claimKey: claim.key, hostId: null };
      notes.set(
        claim.key,
        `MOVE_BUDGET: room is made for ${counted(examined, 'demand')} in a round; others come first`,
      );
      continue;
    }
    examined += 1;
    const search = new Search(round, claim, needed, fromHostId);
    fromHostId = null;
    const note = search.run();
    if (note !== null) notes.set(claim.key, note);
    if (search.stoppedAt === null) continue;
    isOver = true;
    if (search.needed > 0) resume = { claimKey: claim.key, hostId: search.stoppedAt };
  }
  return { starts: [...round.starts.values()], notes, resume };
}

/** Units for which room is being made. */
function underWay(memory: SliceMemory, claim: SliceClaim): number {
  let units = 0;
  for (const reclaim of memory.reclaims())
    if (claimKey(reclaim.frameworkId, reclaim.role, reclaim.demandId) === claim.key) units += reclaim.units;
  return units;
}

/** What has to pass before anything is taken back for the claim, or null. */
function waitText(core: Core, memory: SliceMemory, claim: SliceClaim): string | null {
  const { hysteresisRounds, coolDownMs } = core.options;
  const rounds = memory.rounds.get(claim.key) ?? 0;
  if (rounds < hysteresisRounds)
    return `HYSTERESIS: ${claim.role} is short of it for ${rounds} of ${counted(hysteresisRounds, 'round')}`;
  const freedMs = memory.freedMs.get(`${claim.frameworkId}|${claim.role}`);
  if (freedMs === undefined || core.nowMs >= freedMs + coolDownMs || hasLaunchedSince(core, claim, freedMs))
    return null;
  return `COOL_DOWN: room was made for ${claim.frameworkId} in ${claim.role} and it has not used it`;
}

function hasLaunchedSince(core: Core, { frameworkId, role }: SliceClaim, sinceMs: number): boolean {
  for (const key of core.state.tasksByFramework.get(frameworkId)) {
    const task = core.state.tasks.get(key);
    if (task?.role === role && (task.launchedMs ?? 0) >= sinceMs) return true;
  }
  return false;
}
