import type { Core } from '../../core.js';
import { claimKey } from '../../reassign/index.js';
import { counted, duration } from '../../words.js';
import { waitReason } from './hold.js';
import type { Reason } from './reason.js';

/** Why no room is made for a demand for slices by ending tasks of others, or how far that has come; none when nothing is known. */
export function whyNoRoom(core: Core, frameworkId: string, role: string, demandId: string): readonly Reason[] {
  const memory = core.sliceMemory;
  const reasons: Reason[] = [];
  for (const reclaim of memory.reclaims()) {
    if (reclaim.frameworkId !== frameworkId || reclaim.role !== role || reclaim.demandId !== demandId) continue;
    const host = core.state.hosts.get(reclaim.hostId)?.name ?? reclaim.hostId;
    const tasks = counted(reclaim.taskKeys.length, 'task');
    const text = reclaim.isKilling
      ? `${tasks} on ${host} are being killed to make room`
      : `${tasks} on ${host} must go within ${duration(reclaim.killAtMs - core.nowMs)} to make room`;
    reasons.push({ code: 'PROGRESS', text, sinceMs: 0 });
  }
  const note = memory.notes.get(claimKey(frameworkId, role, demandId));
  if (note === undefined) return reasons;
  const colon = note.indexOf(': ');
  const code = waitReason(note.slice(0, colon)) ?? 'PROGRESS';
  reasons.push({
    code,
    text: `no ${reasons.length > 0 ? 'more ' : ''}room is made: ${note.slice(colon + 2)}`,
    sinceMs: 0,
  });
  return reasons;
}
