import type { HostView } from '../operator-access.js';
import { bullets, detailsText, section, type Detail } from './details.js';
import type { Rendering } from './rendering.js';
import type { Column } from './table.js';
import { routeText, stateText } from './transitions.js';
import { wordText } from './style.js';
import { counted, moment, quantitiesText, resourcesText, span } from './words.js';

/** What a host is doing, in one or two words: the most urgent first. */
export function hostState(host: HostView): string {
  if (host.lost) return 'lost';
  if (host.mode === 'quarantined') return 'quarantined';
  if (host.transition !== null)
    return `${host.transition.direction === 'rollback' ? 'back: ' : ''}${host.transition.step}`;
  if (host.drain !== null) return `${host.mode}, ${host.drain.phase}`;
  if (host.cordoned) return `${host.mode}, cordoned`;
  if (host.mode === 'leased') return host.phase;
  return host.mode === 'free' && !host.clean ? 'not clean' : host.mode;
}

function paintState(text: string, host: HostView, { style }: Rendering): string {
  if (host.lost || host.mode === 'quarantined') return style.bad(text);
  if (host.transition !== null) return style.accent(text);
  if (host.cordoned || !host.connected) return style.warn(text);
  return text;
}

export const hostColumns: readonly Column<HostView>[] = [
  { name: 'host', value: (host) => host.name, drop: 0, least: 12 },
  { name: 'owner', value: (host) => (host.owner === '' ? '-' : host.owner), drop: 0, least: 12 },
  { name: 'state', value: hostState, paint: paintState, drop: 0 },
  {
    name: 'next',
    value: (host, { style }) =>
      host.transition === null
        ? ''
        : `${style.arrow} ${host.transition.to === '' ? host.transition.toMode : host.transition.to}`,
    drop: 1,
    least: 10,
  },
  { name: 'for', value: (host, { nowMs }) => span(nowMs - sinceMs(host)), right: true, drop: 2 },
  { name: 'shape', value: (host) => host.shape, drop: 5 },
  { name: 'rack', value: (host) => host.faultDomain.rack, drop: 4 },
  { name: 'tasks', value: (host) => String(host.tasks), right: true, drop: 6 },
  {
    name: 'seen',
    value: (host, { nowMs }) =>
      host.connected ? 'now' : host.lastSeenMs === 0 ? 'never' : `${span(nowMs - host.lastSeenMs)} ago`,
    drop: 3,
  },
  { name: 'role', value: (host) => host.role, drop: 9, wide: true },
  { name: 'zone', value: (host) => host.faultDomain.zone, drop: 9, wide: true },
  { name: 'free', value: (host) => quantitiesText(host.free.quantities), drop: 9, wide: true },
  { name: 'total', value: (host) => quantitiesText(host.total.quantities), drop: 9, wide: true },
  { name: 'image', value: (host) => host.image, drop: 9, wide: true },
  { name: 'id', value: (host) => host.hostId, drop: 9, wide: true },
];

function sinceMs(host: HostView): number {
  return host.transition?.startedMs ?? (host.servingSinceMs > 0 ? host.servingSinceMs : host.modeSinceMs);
}

/** Everything about one host on one screen: who, why, until when, and what it is. */
export function hostText(host: HostView, rendering: Rendering): string {
  const { style, nowMs, utc } = rendering;
  const place = [host.faultDomain.region, host.faultDomain.zone, host.faultDomain.rack]
    .filter((part) => part !== '')
    .join(' / ');
  const owner = host.owner === '' ? host.mode : host.owner;
  const title = `${style.bold(host.name)}  ${owner}  ${paintState(hostState(host), host, rendering)}`;
  const holds: readonly Detail[] = [
    [
      'held by',
      host.leaseId === ''
        ? ''
        : `${host.owner} in role ${host.role} (${host.leaseOrigin}, ${host.phase}), lease ${host.leaseId}`,
    ],
    [
      'serving',
      host.servingSinceMs === 0
        ? ''
        : `${span(nowMs - host.servingSinceMs)}, since ${moment(host.servingSinceMs, nowMs, utc)}`,
    ],
    [
      'mode',
      `${host.mode} for ${span(nowMs - host.modeSinceMs)}${host.mode === 'free' ? (host.clean ? ', verified clean' : ', not verified clean') : ''}`,
    ],
    ['quarantined', host.quarantineReason, style.bad],
    ['drain', drainText(host, rendering), style.warn],
    [
      'maintenance',
      host.maintenance === '' ? '' : `window ${host.maintenance} (mosaic maintenance show ${host.maintenance})`,
    ],
    [
      'cordoned',
      host.cordoned && host.drain === null ? (host.cordonReason === '' ? 'yes' : host.cordonReason) : '',
      style.warn,
    ],
    ['agent', agentText(host, rendering)],
    ['load', `${counted(host.tasks, 'task')}, ${counted(host.offers, 'open offer')}`],
    ['total', quantitiesText(host.total.quantities)],
    ['free', quantitiesText(host.free.quantities)],
    ['shape', `${host.shape}${place === '' ? '' : `, ${place}`}`],
    ['image', host.image],
    ['identity', `uuid ${host.identity.uuid}${host.identity.serial === '' ? '' : `, serial ${host.identity.serial}`}`],
    ['macs', host.identity.macs.join(' ')],
    ['attributes', attributesText(host.attributes)],
    ['id', host.hostId === host.name ? '' : host.hostId],
  ];
  const sections = `${reservationsText(host, rendering)}${movingText(host, rendering)}${conditionsText(host, rendering)}`;
  const more = style.dim(`why: mosaic why ${host.name}`);
  return `${title}\n${detailsText(holds, rendering, 2)}${sections}\n${more}\n`;
}

function agentText(host: HostView, { nowMs }: Rendering): string {
  if (host.connected) return host.reported ? 'connected' : 'connected, has not reported yet';
  const seen =
    host.lastSeenMs === 0 ? 'not seen since the master started' : `last seen ${span(nowMs - host.lastSeenMs)} ago`;
  return host.lost ? `lost: ${seen}` : `away: ${seen}`;
}

function drainText({ drain }: HostView, { nowMs }: Rendering): string {
  if (drain === null) return '';
  const left = drain.left === '' ? '' : `, ${drain.left} left`;
  const dueMs = drain.deadlineMs - nowMs;
  const due = drain.phase !== 'draining' ? '' : dueMs > 0 ? `, due in ${span(dueMs)}` : `, due ${span(-dueMs)} ago`;
  const waits = drain.waitsFor === '' ? '' : ` (${drain.waitsFor})`;
  return `${drain.phase} for ${span(nowMs - drain.sinceMs)}${drain.hard ? ', hard' : ''}${due}${left}: ${drain.reason}${waits}`;
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function movingText(host: HostView, rendering: Rendering): string {
  const move = host.transition;
  if (move === null) return '';
  const { style } = rendering;
  const details: readonly Detail[] = [
    ['move', `${move.transitionId}  ${routeText(move, style.arrow)}`],
    ['now', `${stateText(move)}${move.message === '' ? '' : `: ${move.message}`}`],
    ['state', wordText(style, move.word)],
    ['why', move.reason],
    ['follow', `mosaic move watch ${move.transitionId}`],
  ];
  return section('moving', detailsText(details, rendering, 2), rendering);
}

function reservationsText(host: HostView, rendering: Rendering): string {
  const { nowMs } = rendering;
  const lines = host.reservations.map(
    ({ reservationId, role, resources, tasks, by, sinceMs }) =>
      `${reservationId}: ${resourcesText(resources)} for role ${role}, ` +
      `${tasks === 0 ? 'idle' : counted(tasks, 'task')}, by ${by} ${span(nowMs - sinceMs)} ago`,
  );
  return section('reserved', bullets(lines, rendering, '-'), rendering);
}

function conditionsText(host: HostView, rendering: Rendering): string {
  const lines = host.conditions.map(
    ({ kind, message, remedy }) => `${message} [${kind}]${remedy === '' ? '' : ` ${rendering.style.arrow} ${remedy}`}`,
  );
  return section('conditions', bullets(lines, rendering, '!'), rendering);
}
