/**
 * Quota commands. Each is all or nothing and takes effect at once: offers that no longer fit are rescinded, free hosts
 * are given out anew, and the planner runs. Nothing is taken from a holder by the command itself.
 */
import type { Core } from '../core.js';
import { counted, countedAre } from '../words.js';
import type { OperatorReply, RoleChange } from '../operate/commands.js';
import { isZero } from '../resources/index.js';
import type { ReservationRecord } from '../state/records.js';
import { limitImpact } from './limit-impact.js';
import { reviewLimits } from './over-limit.js';
import { parentOf } from './paths.js';
import { checkChange, refusal, type CheckedChange, type RoleEdit } from './quota-change.js';

/** A refusal names no more reservations than these. */
const RESERVATIONS_NAMED_MAX = 5;

/** Makes or changes a role; absent members of `change` stay as they are. */
export function setRole(
  core: Core,
  principal: string,
  role: string,
  change: RoleChange,
  dryRun: boolean,
): OperatorReply {
  return changeRoles(core, principal, [{ role, change }], change.force === true, dryRun);
}

/** Makes or changes several roles, all or none. */
export function changeRoles(
  core: Core,
  principal: string,
  edits: readonly RoleEdit[],
  force: boolean,
  dryRun: boolean,
): OperatorReply {
  const checked = checkChange(core, edits, force);
  if ('ok' in checked) return checked;
  const reply = replyOf(core, edits, checked);
  if (!dryRun) makeChange(core, principal, checked);
  return reply;
}

/** What is answered to a change that may be made; ask before it is made. */
export function replyOf(
  core: Core,
  edits: readonly RoleEdit[],
  { sentences, impact }: CheckedChange,
): Extract<OperatorReply, { readonly ok: true }> {
  const changes = [...sentences].flatMap(([role, each]) =>
    edits.length === 1 ? each : each.map((sentence) => prefixed(role, sentence)),
  );
  if (impact.rescinded.length > 0) changes.push(rescindedText(core, impact.rescinded));
  const stays = impact.over.map((text) => `${text}; it stays over its limit until it returns some`);
  const already =
    edits.length === 1 ? `role ${edits[0]?.role ?? ''} has this quota already` : 'all have these quotas already';
  const remarks = changes.length > 0 ? stays : [already, ...stays];
  return { ok: true, changes, remarks, ids: edits.map(({ role }) => role) };
}

/** Makes a checked change: durable with the step, in force when it ends. */
export function makeChange(core: Core, principal: string, { records, sentences, impact }: CheckedChange): void {
  if (records.length === 0) return;
  for (const record of records) core.state.roles.put(record);
  const [only] = records;
  const whose = records.length === 1 ? `the limit of role ${only?.path ?? ''}` : 'limits of roles';
  if (impact.rescinded.length > 0)
    core.upcalls.rescindOffers(core, impact.rescinded, `${whose} ${records.length === 1 ? 'was' : 'were'} lowered`);
  for (const { path } of records) reviewLimits(core, path);
  takeEffect(core);
  for (const { path } of records)
    core.decide('quota', path, `${principal} set role ${path}: ${(sentences.get(path) ?? []).join('; ')}`, {
      principal,
    });
}

/** Deletes a role that nobody uses. */
export function deleteRole(core: Core, principal: string, role: string, dryRun: boolean): OperatorReply {
  if (!core.state.roles.has(role)) return refusal('NOT_FOUND', [`role ${role} does not exist`]);
  if (role === '/') return refusal('INVALID_ARGUMENT', ['the root role / cannot be deleted']);
  const below = [...core.state.roles.values()].find((record) => parentOf(record.path) === role);
  if (below !== undefined)
    return refusal('FAILED_PRECONDITION', [`role ${role} has roles below it (${below.path}); delete them first`]);
  const member = [...core.state.frameworks.values()].find((framework) => framework.roles.includes(role));
  if (member !== undefined)
    return refusal('FAILED_PRECONDITION', [
      `framework ${member.frameworkId} belongs to role ${role}; let it register without that role, or tear it down`,
    ]);
  const reserved = [...core.state.reservations.values()].filter((reservation) => reservation.role === role);
  if (reserved.length > 0)
    return refusal('FAILED_PRECONDITION', [
      `role ${role} has ${counted(reserved.length, 'reservation')} (${firstIds(reserved)}); end ${reserved.length === 1 ? 'it' : 'them'} first: ` +
        `mosaic unreserve ${reserved[0]?.reservationId ?? ''}`,
    ]);
  if (!isZero(core.ledger.account(role).total))
    return refusal('FAILED_PRECONDITION', [`role ${role} still holds resources; they must be returned first`]);
  // A move that still runs names the role it takes its host from, although that is no longer charged.
  const move = runningMoveOf(core, role);
  if (move !== null)
    return refusal('FAILED_PRECONDITION', [
      `role ${role} is named by the running move ${move}; wait until it has ended`,
    ]);
  const others = [...core.state.roles.values()].filter((record) => record.path !== role);
  const { rescinded } = limitImpact(core, [role], others);
  const changes = [`role ${role} is deleted`, ...(rescinded.length === 0 ? [] : [rescindedText(core, rescinded)])];
  if (dryRun) return { ok: true, changes, ids: [role] };
  core.state.roles.delete(role);
  if (rescinded.length > 0)
    core.upcalls.rescindOffers(core, rescinded, `role ${role} was deleted, which lowered a limit above it`);
  reviewLimits(core, role);
  takeEffect(core);
  core.decide('quota', role, `${principal} deleted role ${role}`, { principal });
  return { ok: true, changes, ids: [role] };
}

function firstIds(reservations: readonly ReservationRecord[]): string {
  const ids = reservations.slice(0, RESERVATIONS_NAMED_MAX).map(({ reservationId }) => reservationId);
  return reservations.length > ids.length ? `${ids.join(', ')}, …` : ids.join(', ');
}

/** `role /a is made`, or `role /a: weight is 2 (was 1)`. */
function prefixed(role: string, sentence: string): string {
  return sentence === `role ${role} is made` ? sentence : `role ${role}: ${sentence}`;
}

/** `3 open offers are rescinded (2 of ovirt/prod, 1 of kubernetes/east)` */
export function rescindedText(core: Core, offerIds: readonly string[]): string {
  const byFramework = new Map<string, number>();
  for (const offerId of offerIds) {
    const owner = core.state.offers.get(offerId)?.frameworkId ?? '';
    byFramework.set(owner, (byFramework.get(owner) ?? 0) + 1);
  }
  const whose = [...byFramework].map(([frameworkId, offers]) => `${offers} of ${frameworkId}`).join(', ');
  return `${countedAre(offerIds.length, 'open offer')} rescinded (${whose})`;
}

function runningMoveOf(core: Core, role: string): string | null {
  for (const id of core.state.runningTransitions.get('running')) {
    const { from, to } = core.state.transitions.get(id) ?? { from: null, to: null };
    if (from?.role === role || to?.role === role) return id;
  }
  return null;
}

/** Free and shared hosts are looked at again, and the planner runs now. */
function takeEffect(core: Core): void {
  for (const mode of ['free', 'shared'] as const)
    for (const hostId of core.state.hostsByMode.get(mode)) core.markDirty(hostId);
  core.timers.setEarliest('plan', core.nowMs);
}
