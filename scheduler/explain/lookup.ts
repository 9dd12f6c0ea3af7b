/** Finds what a person named, and says what is near when there is no such thing. */
import type { Core } from '../core.js';
import type { PeerId } from '../protocol.js';
import type { FrameworkRecord, HostRecord, ReservationRecord, RoleRecord, TransitionRecord } from '../state/records.js';
import { remedies } from './remedies.js';

export type Found<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Names further away than this are no guess worth showing. */
const DISTANCE_MAX = 3;
const NEAREST_SHOWN_MAX = 3;
/** Longer input is cut before it is compared or repeated in a message. */
const NAME_SHOWN_MAX = 80;

/** A host by name (unique) or id. */
export function findHost(core: Core, text: string): Found<HostRecord> {
  const byId = core.state.hosts.get(text);
  if (byId !== undefined) return { ok: true, value: byId };
  for (const hostId of core.state.hostsByName.get(text)) {
    const host = core.state.hosts.get(hostId);
    if (host !== undefined) return { ok: true, value: host };
  }
  return missing('host', text, core.state.hostsByName.keys(), 'mosaic host list');
}

/** A framework by id, or by its name alone while only one workload has it. */
export function findFramework(core: Core, text: string): Found<FrameworkRecord> {
  const byId = core.state.frameworks.get(text);
  if (byId !== undefined) return { ok: true, value: byId };
  const named = [...core.state.frameworks.values()].filter((framework) => framework.name === text);
  const only = named[0];
  if (only !== undefined && named.length === 1) return { ok: true, value: only };
  if (named.length > 1)
    return {
      ok: false,
      message: `framework "${shown(text)}" is ambiguous: name one of ${named.map((f) => f.frameworkId).join(', ')}`,
    };
  const ofWorkload = [...core.state.frameworks.values()].filter((f) => f.workload === text).map((f) => f.frameworkId);
  if (ofWorkload.length > 0)
    return {
      ok: false,
      message: `"${shown(text)}" is a workload; name a framework of it: ${ofWorkload.sort().slice(0, NEAREST_SHOWN_MAX).join(' or ')}`,
    };
  return missing(
    'framework',
    text,
    namesOf(core.state.frameworks.values(), (f) => f.frameworkId),
    'mosaic framework list',
  );
}

/** The id of a peer: as it is, or of the framework or host that was named. */
export function findPeer(core: Core, text: string): Found<PeerId> {
  if (core.state.sessions.has(text)) return { ok: true, value: text };
  const framework = findFramework(core, text);
  if (framework.ok) return { ok: true, value: `framework/${framework.value.frameworkId}` };
  const host = findHost(core, text);
  // Hosts are let back with their cordon, so frameworks are what people mean here.
  return host.ok ? { ok: true, value: `agent/${host.value.hostId}` } : framework;
}

export function findRole(core: Core, text: string): Found<RoleRecord> {
  const role = core.state.roles.get(text) ?? core.state.roles.get(`/${text}`);
  if (role !== undefined) return { ok: true, value: role };
  return missing(
    'role',
    text,
    namesOf(core.state.roles.values(), (r) => r.path),
    'mosaic quota list',
  );
}

export function findReservation(core: Core, text: string): Found<ReservationRecord> {
  const reservation = core.state.reservations.get(text);
  if (reservation !== undefined) return { ok: true, value: reservation };
  const ids = namesOf(core.state.reservations.values(), (r) => r.reservationId);
  return missing('reservation', text, ids, remedies.reservations);
}

/** A transition by id, or the running one of a host. */
export function findTransition(core: Core, text: string): Found<TransitionRecord> {
  const byId = core.state.transitions.get(text);
  if (byId !== undefined) return { ok: true, value: byId };
  const host = findHost(core, text);
  if (host.ok) {
    const running = host.value.transitionId === null ? undefined : core.state.transitions.get(host.value.transitionId);
    if (running !== undefined) return { ok: true, value: running };
    return {
      ok: false,
      message: `host ${host.value.name} is not moving; ended moves are listed by: mosaic move list --ended`,
    };
  }
  const names = [...core.state.transitions.values()].filter((t) => t.outcome === 'running').map((t) => t.transitionId);
  return missing('move', text, names, 'mosaic move list');
}

/** The NOT_FOUND sentence: what was looked for, what is near, and where to look. */
export function missing(
  what: string,
  text: string,
  names: Iterable<string>,
  listCommand: string,
): { readonly ok: false; readonly message: string } {
  const near = nearest(text, names);
  const hint = near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
  return { ok: false, message: `there is no ${what} "${shown(text)}"${hint === '' ? ';' : hint} see: ${listCommand}` };
}

function* namesOf<T>(records: Iterable<T>, nameOf: (record: T) => string): IterableIterator<string> {
  for (const record of records) yield nameOf(record);
}

export function shown(text: string): string {
  return text.length <= NAME_SHOWN_MAX ? text : `${text.slice(0, NAME_SHOWN_MAX)}…`;
}

/** The closest of `names` by edit distance, nearest first, ties by name; none further than three edits or half the word. */
export function nearest(text: string, names: Iterable<string>): readonly string[] {
  const wanted = text.slice(0, NAME_SHOWN_MAX).toLowerCase();
  const limit = Math.min(DISTANCE_MAX, Math.floor(wanted.length / 2));
  const scored: { readonly name: string; readonly distance: number }[] = [];
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase(), limit);
    if (distance <= limit) scored.push({ name, distance });
  }
  scored.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return scored.slice(0, NEAREST_SHOWN_MAX).map((entry) => entry.name);
}

/** Levenshtein distance, or `limit + 1` as soon as it must be larger. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      const value = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      next.push(value);
      if (value < least) least = value;
    }
    if (least > limit) return limit + 1;
    row = next;
  }
  return row[b.length] ?? 0;
}
