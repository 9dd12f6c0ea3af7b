import type { Core } from '../../core.js';
import { counted, duration, listed } from '../../words.js';
import { sliceClaims } from './claims.js';
import { draftSlices } from './draft.js';
import { standstill } from './round.js';

/** Reasons for which no tasks are taken, told in one answer. */
const NOTES_SHOWN_MAX = 5;

export interface SliceOutlook {
  /** Which tasks will be told to go and for whom, a sentence for each demand, by its key. */
  readonly starts: ReadonlyMap<string, string>;
  /** Why nothing (more) is taken for one that is owed slices. */
  readonly notes: readonly string[];
}

/** What the rounds to come take back when everything that is short now has been so for long enough. Changes nothing. */
export function sliceOutlook(core: Core): SliceOutlook {
  const found = sliceClaims(core);
  const stopped = found.claims.length === 0 ? null : standstill(core);
  if (stopped !== null) return { starts: new Map(), notes: [stopped] };
  const { starts, notes } = draftSlices(core, found, core.sliceMemory, true);
  const tasks = new Map<string, Map<string, number>>();
  for (const { claim, room } of starts) {
    const of = tasks.get(claim.key) ?? new Map<string, number>();
    tasks.set(claim.key, of);
    for (const { frameworkId, role } of room.tasks)
      of.set(`${frameworkId} in ${role}`, (of.get(`${frameworkId} in ${role}`) ?? 0) + 1);
  }
  const sentences = new Map<string, string>();
  for (const { key, frameworkId, role } of found.claims) {
    const whose = [...(tasks.get(key) ?? [])].map(([owner, count]) => `${counted(count, 'task')} of ${owner}`);
    if (whose.length > 0)
      sentences.set(
        key,
        `${listed(whose)} must make room for ${frameworkId} in ${role}: told at least ` +
          `${duration(core.options.taskReclaimNoticeMs)} before unless their policies say otherwise, when the shortage has lasted`,
      );
  }
  const owed = found.claims.flatMap(({ key, role }) => {
    const note = notes.get(key);
    return note === undefined || note.startsWith('OFFERED') ? [] : [`${note} (slices for ${role})`];
  });
  return { starts: sentences, notes: owed.slice(0, NOTES_SHOWN_MAX) };
}
