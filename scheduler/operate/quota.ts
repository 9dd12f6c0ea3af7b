import type { Core } from '../core.js';
import { checkChange, makeChange, replyOf, rescindedText, type RoleEdit } from '../quota/index.js';
import { lookAhead } from '../reassign/index.js';
import type { OperatorReply } from './commands.js';

/**
 * Makes or changes roles, all or none, and says what follows: which offers are taken back, which hosts the planner will
 * take from whom, or why it takes none. With `dryRun` it only says so.
 *
 * @param force accept guarantees above capacity and limits below use; one role that is forced forces all
 */
export function changeQuota(
  core: Core,
  principal: string,
  edits: readonly RoleEdit[],
  force: boolean,
  dryRun: boolean,
): OperatorReply {
  const isForced = force || edits.some(({ change }) => change.force === true);
  const checked = checkChange(core, edits, isForced);
  if ('ok' in checked) return checked;
  const { inTheWay, sentences } = lookAhead(core, checked);
  const reply = replyOf(core, edits, checked);
  const makesRoom = inTheWay.length === 0 ? [] : [`${rescindedText(core, inTheWay)} for a role below its guarantee`];
  if (!dryRun) {
    makeChange(core, principal, checked);
    if (inTheWay.length > 0) core.upcalls.rescindOffers(core, inTheWay, 'a role below its guarantee needs the hosts');
  }
  return { ...reply, changes: [...reply.changes, ...makesRoom], remarks: [...(reply.remarks ?? []), ...sentences] };
}
