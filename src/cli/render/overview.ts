import type { OverviewView, OwnerView } from '../operator-access.js';
import type { Rendering } from './rendering.js';
import { tableText, type Column } from './table.js';
import { routeText, stateText } from './transitions.js';
import { paintOf } from './style.js';
import { cut, padEnd, width } from './text.js';
import { counted, span, thousands, timeOfDay } from './words.js';

const ownerColumns = (doubled: ReadonlySet<string>): readonly Column<OwnerView>[] => [
  {
    name: 'owner',
    value: (row) => (row.owner === '' ? '(nobody)' : doubled.has(row.owner) ? `${row.owner} ${row.role}` : row.owner),
    paint: (text, row, { style }) => (row.connected ? style.bold(text) : style.bad(text)),
    drop: 0,
    least: 16,
  },
  { name: 'hosts', value: (row) => thousands(row.hosts), right: true, drop: 0 },
  { name: 'guar', value: (row) => some(row, row.guaranteeHosts), right: true, drop: 3 },
  { name: 'limit', value: (row) => some(row, row.limitHosts), right: true, drop: 4 },
  { name: 'serving', value: (row) => some(row, row.serving), right: true, drop: 2 },
  { name: 'moving', value: movingCell, right: true, drop: 1 },
  {
    name: 'need',
    value: (row) => some(row, need(row)),
    paint: (text, row, { style }) => (need(row) > 0 ? style.warn(text) : text),
    right: true,
    drop: 0,
  },
  { name: 'role', value: (row) => row.role, drop: 9, wide: true },
  { name: 'entitled', value: (row) => some(row, row.entitled), right: true, drop: 9, wide: true },
  { name: 'wanted', value: (row) => some(row, row.wanted), right: true, drop: 9, wide: true },
  { name: 'why', value: (row) => (row.reason === 'NONE' ? row.why : `${row.reason}: ${row.why}`), drop: 5, least: 14 },
];

function some(row: OwnerView, value: number): string {
  if (row.role === '') return '';
  return value < 0 ? '-' : thousands(value);
}

/** Hosts wanted that are not held yet. */
function need(row: OwnerView): number {
  return Math.max(0, row.wanted - row.hosts);
}

function movingCell(row: OwnerView): string {
  const parts = [row.movingIn > 0 ? `+${row.movingIn}` : '', row.movingOut > 0 ? `-${row.movingOut}` : ''].filter(
    (text) => text !== '',
  );
  return parts.length > 0 ? parts.join(' ') : row.role === '' ? '' : '0';
}

/** The whole fleet on one screen, at any size: lists end with the command that shows the rest. */
export function overviewText(view: OverviewView, rendering: Rendering): string {
  const parts = [titleLine(view, rendering), ...banners(view, rendering)];
  const names = view.owners.map((row) => row.owner);
  const doubled = new Set(names.filter((name, index) => name !== '' && names.indexOf(name) !== index));
  const shown = ownersShown(view.owners, rendering);
  parts.push(tableText(shown, ownerColumns(doubled), rendering, NO_OWNERS).trimEnd());
  const left = view.owners.length - shown.length;
  if (left > 0) parts.push(rendering.style.dim(`and ${left} more (mosaic framework list)`));
  parts.push(...poolLines(view, rendering));
  const room = sectionRoom(view, rendering, parts.join('\n').split('\n').length);
  parts.push(...movingLines(view, rendering, room));
  parts.push(...needLines(view, rendering, room));
  parts.push(...unmetLines(view, rendering, room));
  return `${parts.join('\n')}\n`;
}

const NO_OWNERS = 'nobody holds or asks for hosts yet: frameworks connect to the address of the master';

/** Lines that the rest of the screen wants. */
const REST_LINES = 17;

/** All owners where there is room; otherwise those who need most, then those who hold most. */
function ownersShown(owners: readonly OwnerView[], { height }: Rendering): readonly OwnerView[] {
  const room = Math.max(4, height - REST_LINES);
  if (owners.length <= room) return owners;
  const kept = new Set([...owners].sort((a, b) => need(b) - need(a) || b.hosts - a.hosts).slice(0, room));
  return owners.filter((row) => kept.has(row));
}

/** Lines that each of the three lists may take, so that all of it fits the screen. */
function sectionRoom(view: OverviewView, { height }: Rendering, used: number): number {
  const lists = [view.moving.length, view.needsYou.length, view.unmet.length].filter((length) => length > 0).length;
  if (lists === 0 || height === Infinity) return 8;
  // A heading and a blank line each, and the line of the prompt.
  return Math.max(1, Math.min(8, Math.floor((height - 1 - used) / lists) - 2));
}

function titleLine(view: OverviewView, rendering: Rendering): string {
  const { style, utc, version } = rendering;
  const hosts =
    view.hostsConnected === view.hostsTotal
      ? counted(view.hostsTotal, 'host')
      : `${counted(view.hostsTotal, 'host')}, ${thousands(view.hostsConnected)} connected`;
  const facts = [`mosaic ${version}`, `term ${view.term}`, hosts, `plans ${view.planMode}`];
  const left = facts.join(` ${style.dot} `);
  const time = timeOfDay(view.nowMs, utc);
  const room = rendering.width === Infinity ? 0 : rendering.width - width(left) - width(time);
  return room < 2 ? style.bold(left) : `${style.bold(left)}${' '.repeat(room)}${style.dim(time)}`;
}

function banners(view: OverviewView, { style, width: cells, nowMs }: Rendering): readonly string[] {
  const lines: string[] = [];
  if (view.recovering)
    lines.push(
      style.accent(
        `${style.icon['waits for time']} recovering: nothing is planned until enough hosts have reported again`,
      ),
    );
  for (const freeze of view.freezes) {
    const scope = freeze.scope === '*' ? 'everything' : freeze.scope;
    const command = freeze.scope === '*' ? 'mosaic unfreeze' : `mosaic unfreeze --workload ${freeze.scope}`;
    const reason = freeze.reason === '' ? '' : `: ${freeze.reason}`;
    const text = `${style.icon['waits for you']} frozen: ${scope}, by ${freeze.by} for ${span(nowMs - freeze.sinceMs)}${reason} (${command})`;
    lines.push(style.warn(cut(text, cells, style.ellipsis)));
  }
  return lines;
}

/** Where the hosts without owner are and what else goes on, broken between facts, never inside one. */
function poolLines(view: OverviewView, { style, width: cells }: Rendering): readonly string[] {
  const { free, unclaimed, shared, quarantined } = view.hostsByMode;
  const facts: Fact[] = [{ text: `free ${thousands(free)}` }];
  if (shared > 0) facts.push({ text: `shared ${thousands(shared)}` });
  if (unclaimed > 0) facts.push({ text: `unclaimed ${thousands(unclaimed)}` });
  if (view.offersOpen > 0) facts.push({ text: counted(view.offersOpen, 'open offer') });
  if (view.tasksRunning > 0) facts.push({ text: counted(view.tasksRunning, 'task') });
  facts.push({ text: `${counted(view.movesCompleted, 'move')} completed` });
  if (quarantined > 0)
    facts.push({
      text: `quarantined ${thousands(quarantined)} (mosaic host list --state quarantined)`,
      paint: style.bad,
    });
  if (view.hostsLost > 0)
    facts.push({ text: `lost ${thousands(view.hostsLost)} (mosaic host list --state lost)`, paint: style.bad });
  const separator = ` ${style.dot} `;
  const lines: Fact[][] = [];
  let used = 0;
  for (const fact of facts) {
    used += separator.length + width(fact.text);
    if (lines.length === 0 || used > cells) {
      lines.push([]);
      used = width(fact.text);
    }
    lines.at(-1)?.push(fact);
  }
  return lines.map((line) => line.map(({ text, paint }) => (paint === undefined ? text : paint(text))).join(separator));
}

interface Fact {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

function movingLines(view: OverviewView, rendering: Rendering, room: number): readonly string[] {
  const { style, width: cells, nowMs } = rendering;
  if (view.moving.length === 0) return [];
  const shown = view.moving.slice(0, room);
  const nameCells = Math.min(24, Math.max(...shown.map((move) => width(move.hostName))));
  const routes = shown.map((move) => routeText(move, style.arrow));
  const routeCells = Math.min(40, Math.max(...routes.map(width)));
  const lines = shown.map((move, index) => {
    const icon = paintOf(style, move.word)(style.icon[move.word]);
    const name = padEnd(cut(move.hostName, nameCells, style.ellipsis), nameCells);
    const route = padEnd(cut(routes[index] ?? '', routeCells, style.ellipsis), routeCells);
    const state = `${padEnd(stateText(move), 13)} ${padEnd(span(nowMs - move.startedMs), 6)} ${move.word === 'working' ? move.message : move.word}`;
    const room = cells - nameCells - routeCells - 6;
    return `${icon} ${name}  ${route}  ${cut(state, room, style.ellipsis)}`.trimEnd();
  });
  return ['', heading('moving', view.moving.length, shown.length, 'mosaic move list', rendering), ...lines];
}

function needLines(view: OverviewView, rendering: Rendering, room: number): readonly string[] {
  const { style, width: cells } = rendering;
  // A freeze stands in the banner already.
  const needs = view.needsYou.filter(({ remedy }) => !remedy.startsWith('mosaic unfreeze'));
  if (needs.length === 0) return [];
  const shown = needs.slice(0, room);
  const lines = shown.map((need) => {
    const remedy = need.remedy === '' ? '' : ` ${style.arrow} ${need.remedy}`;
    const named = need.subject === '*' || need.message.includes(need.subject);
    const message = named ? need.message : `${need.subject}: ${need.message}`;
    const space = Math.max(20, cells - 2 - width(remedy));
    return cut(`${style.icon['waits for you']} ${cut(message, space, style.ellipsis)}${remedy}`, cells, style.ellipsis);
  });
  return [
    '',
    style.warn(heading('needs you', needs.length, shown.length, 'mosaic condition list', rendering)),
    ...lines,
  ];
}

function unmetLines(view: OverviewView, rendering: Rendering, room: number): readonly string[] {
  const { style, width: cells } = rendering;
  if (view.unmet.length === 0) return [];
  const shown = view.unmet.slice(0, room);
  const lines = shown.map((demand) => {
    const { pending, unmetReason, message } = demand.status;
    const missing = `${demand.frameworkId}/${demand.demandId}  ${pending} of ${demand.count} missing`;
    return cut(`  ${missing}  [${unmetReason}] ${message}`, cells, style.ellipsis);
  });
  return ['', heading('unmet demand', view.unmet.length, shown.length, 'mosaic demand list', rendering), ...lines];
}

function heading(title: string, total: number, shown: number, command: string, { style }: Rendering): string {
  const more = total > shown ? `  (${shown} shown; all: ${command})` : `  (${command})`;
  return `${style.bold(`${title} ${thousands(total)}`)}${style.dim(more)}`;
}
