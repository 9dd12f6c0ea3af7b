/** Columns of the shorter lists: offers, demand, reservations, tasks, conditions, freezes. */
import type {
  ConditionView,
  DemandView,
  FreezeView,
  OfferView,
  ReservationView,
  TaskView,
} from '../operator-access.js';
import type { Column } from './table.js';
import { moment, quantitiesText, resourcesText, span } from './words.js';

export const offerColumns: readonly Column<OfferView>[] = [
  { name: 'offer', value: (row) => row.offerId, drop: 0 },
  { name: 'host', value: (row) => row.hostName, drop: 0, least: 10 },
  { name: 'to', value: (row) => row.frameworkId, drop: 0, least: 12 },
  {
    name: 'what',
    value: (row) => (row.wholeHost ? 'whole host' : quantitiesText(row.resources.quantities)),
    drop: 1,
    least: 12,
  },
  { name: 'demand', value: (row) => row.demandId, drop: 2, least: 8 },
  { name: 'age', value: (row, { nowMs }) => span(nowMs - row.madeMs), right: true, drop: 3 },
  { name: 'expires', value: (row, { nowMs }) => `in ${span(row.expiresMs - nowMs)}`, drop: 1 },
  { name: 'role', value: (row) => row.role, drop: 9, wide: true },
  { name: 'group', value: (row) => row.groupId, drop: 9, wide: true },
  { name: 'move', value: (row) => row.transitionId, drop: 9, wide: true },
  { name: 'reservation', value: (row) => row.reservationId, drop: 9, wide: true },
];

export const demandColumns: readonly Column<DemandView>[] = [
  { name: 'demand', value: (row) => `${row.frameworkId}/${row.demandId}`, drop: 0, least: 16 },
  { name: 'want', value: wantText, drop: 0, least: 14 },
  { name: 'have', value: (row) => String(row.status.granted), right: true, drop: 2 },
  { name: 'coming', value: (row) => String(row.status.offered + row.status.movingIn), right: true, drop: 3 },
  {
    name: 'missing',
    value: (row) => String(row.status.pending),
    paint: (text, row, { style }) => (row.status.pending > 0 ? style.warn(text) : text),
    right: true,
    drop: 0,
  },
  { name: 'reason', value: (row) => (row.status.pending === 0 ? '' : row.status.unmetReason), drop: 0 },
  { name: 'why', value: (row) => row.status.message, drop: 4, least: 20 },
  { name: 'role', value: (row) => row.role, drop: 9, wide: true },
  { name: 'priority', value: (row) => String(row.priority), right: true, drop: 9, wide: true },
  {
    name: 'constraints',
    value: (row) =>
      row.constraints.map(({ attribute, op, values }) => [attribute, op, values.join(',')].join(' ').trim()).join('; '),
    drop: 9,
    wide: true,
  },
  { name: 'evidence', value: (row) => row.evidence, drop: 9, wide: true },
  { name: 'stated', value: (row, { nowMs }) => `${span(nowMs - row.receivedMs)} ago`, drop: 9, wide: true },
];

/** `8 standard hosts`, shorter than the core's words for it. */
function wantText({ count, want }: DemandView): string {
  const shape = /^hosts of shape (\S+)$/.exec(want)?.[1];
  return shape === undefined ? `${count} ${want}` : `${count} ${shape} host${count === 1 ? '' : 's'}`;
}

export const taskColumns: readonly Column<TaskView>[] = [
  { name: 'task', value: (row) => row.taskId, drop: 0, least: 12 },
  { name: 'framework', value: (row) => row.frameworkId, drop: 0, least: 12 },
  { name: 'host', value: (row) => row.hostName, drop: 0, least: 10 },
  {
    name: 'state',
    value: (row) => row.state,
    paint: (text, row, { style }) => (row.state === 'failed' || row.state === 'lost' ? style.bad(text) : text),
    drop: 0,
  },
  { name: 'for', value: (row, { nowMs }) => span(nowMs - row.updatedMs), right: true, drop: 2 },
  { name: 'resources', value: (row) => quantitiesText(row.resources.quantities), drop: 3, least: 12 },
  { name: 'message', value: (row) => row.message, drop: 4, least: 12 },
  { name: 'role', value: (row) => row.role, drop: 9, wide: true },
  { name: 'reservation', value: (row) => row.reservationId, drop: 9, wide: true },
];

export const reservationColumns: readonly Column<ReservationView>[] = [
  { name: 'reservation', value: (row) => row.reservationId, drop: 0 },
  { name: 'host', value: (row) => row.hostName, drop: 0, least: 10 },
  { name: 'role', value: (row) => row.role, drop: 0, least: 10 },
  { name: 'reserved', value: (row) => resourcesText(row.resources), drop: 0, least: 12 },
  {
    name: 'use',
    value: (row) => (row.tasks === 0 ? 'idle' : `${row.tasks} ${row.tasks === 1 ? 'task' : 'tasks'}`),
    paint: (text, row, { style }) => (row.tasks === 0 ? style.warn(text) : text),
    drop: 0,
  },
  { name: 'age', value: (row, { nowMs }) => span(nowMs - row.sinceMs), right: true, drop: 1 },
  { name: 'by', value: (row) => row.by, drop: 2, least: 10 },
  { name: 'reason', value: (row) => row.reason, drop: 3, least: 10 },
  { name: 'idle', value: (row) => resourcesText(row.idle), drop: 9, wide: true },
  { name: 'offers', value: (row) => String(row.offers), right: true, drop: 9, wide: true },
];

export const conditionColumns: readonly Column<ConditionView>[] = [
  { name: 'condition', value: (row) => row.kind, drop: 0 },
  { name: 'subject', value: (row) => row.subject, drop: 0, least: 12 },
  { name: 'for', value: (row, { nowMs }) => span(nowMs - row.sinceMs), right: true, drop: 2 },
  { name: 'message', value: (row) => row.message, drop: 0, least: 16 },
  { name: 'remedy', value: (row) => row.remedy, paint: (text, _row, { style }) => style.accent(text), drop: 1 },
];

export const freezeColumns: readonly Column<FreezeView>[] = [
  { name: 'frozen', value: (row) => (row.scope === '*' ? 'everything' : row.scope), drop: 0 },
  { name: 'by', value: (row) => row.by, drop: 1, least: 8 },
  { name: 'since', value: (row, { nowMs, utc }) => moment(row.sinceMs, nowMs, utc), drop: 2 },
  { name: 'reason', value: (row) => row.reason, drop: 0, least: 12 },
];
