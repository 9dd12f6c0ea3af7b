/** Stated demand: taken in whole or not at all, kept until it is replaced or its framework is away too long. */
import type { Core } from '../core.js';
import type { DemandEntry, FrameworkMessage } from '../protocol.js';
import { isLive } from '../quota/index.js';
import { SLICE_TIMER } from '../reassign/slices/memory.js';
import { constraintProblem } from '../state/constraints.js';
import { isEmpty, problems, roundedUp } from '../resources/index.js';
import { isOpenOffer } from './offer-book.js';
import { markOfferable } from './offerable.js';
import { answerDemand } from './publish.js';
import { rescindOffers } from './rescind.js';
import { missing, standings } from './standing.js';

type DemandMessage = Extract<FrameworkMessage, { readonly kind: 'demand' }>;

// Limits of the contract (proto/mosaic/v1/framework.proto).
const ENTRIES_MAX = 10_000;
const COUNT_MAX = 1_000_000;
const CONSTRAINTS_MAX = 64;
const PLACEMENTS_MAX = 8;
const PRIORITY_MAX = 1_000_000;
const EVIDENCE_MAX = 200;
const ID_MAX = 200;
/** Problems named in one answer; the rest would only repeat them. */
const PROBLEMS_SHOWN = 5;

/** Replaces what the framework wants in the role. A message with any problem changes nothing and is answered by `error`. */
export function setDemand(core: Core, frameworkId: string, message: DemandMessage): void {
  const framework = core.state.frameworks.get(frameworkId);
  if (framework === undefined) return; // Torn down while the message was on its way.
  const found = framework.roles.includes(message.role)
    ? demandProblems(message.entries)
    : [`role is "${message.role}"; ${frameworkId} registered for ${framework.roles.join(', ')}`];
  if (found.length > 0) {
    const text = `demand refused: ${found.slice(0, PROBLEMS_SHOWN).join('; ')}`;
    core.sendFramework(frameworkId, { kind: 'error', code: 'INVALID_ARGUMENT', message: text });
    return;
  }
  const key = `${frameworkId}|${message.role}`;
  const { role } = message;
  const entries = message.entries.map(inWholeUnits);
  const before = unmetBefore(core, key);
  core.state.demands.put({ key, frameworkId, role, receivedMs: core.nowMs, entries, launchedSince: new Map() });
  answerDemand(core, key);
  rescindUnwanted(core, frameworkId, role, entries);
  armDeadline(core, frameworkId);
  lookForHosts(core, key, before);
  // Whether a guarantee owes it room that others use is looked at after a while (`reassign/slices`).
  if (entries.some(({ want }) => want.kind === 'slices'))
    core.timers.setEarliest(SLICE_TIMER, core.nowMs + core.options.taskReclaimPeriodMs);
  // Statuses are told by the next pass, also when no host is dirty.
  core.timers.setEarliest('allocate', core.nowMs + core.options.allocateBatchMs);
}

/**
 * The timer of a framework's demand: demand of a framework away for `demandTtlMs` is forgotten (what it holds is not), and
 * entries whose deadline passes are told so.
 */
export function expireDemand(core: Core, frameworkId: string): void {
  const presence = core.state.frameworkPresence.get(frameworkId);
  const awayUntilMs = presence?.connected === false ? presence.sinceMs + core.options.demandTtlMs : Infinity;
  if (presence === undefined || core.nowMs >= awayUntilMs) {
    const keys = [...core.state.demandsByFramework.get(frameworkId)];
    for (const key of keys) core.state.demands.delete(key);
    const asked = keys.length > 0 || core.openClaims.of(frameworkId).size > 0;
    core.openClaims.deleteFramework(frameworkId);
    if (asked)
      core.decide('demand', frameworkId, `${frameworkId} is away too long; its demand is forgotten, its hosts stay`);
    return;
  }
  for (const key of core.state.demandsByFramework.get(frameworkId)) core.allocationMemory.touchedDemands.add(key);
  core.timers.setEarliest('allocate', core.nowMs + core.options.allocateBatchMs);
  armDeadline(core, frameworkId);
  if (Number.isFinite(awayUntilMs)) core.timers.setEarliest(`demand/${frameworkId}`, awayUntilMs);
}

/** The next deadline of any entry, unless something earlier is pending. */
export function armDeadline(core: Core, frameworkId: string): void {
  let next = Infinity;
  for (const key of core.state.demandsByFramework.get(frameworkId)) {
    const record = core.state.demands.get(key);
    for (const entry of record?.entries ?? []) {
      const endsMs = (record?.receivedMs ?? 0) + entry.deadlineMs;
      if (entry.deadlineMs > 0 && endsMs > core.nowMs) next = Math.min(next, endsMs);
    }
  }
  if (Number.isFinite(next)) core.timers.setEarliest(`demand/${frameworkId}`, next);
}

/** Open offers for entries that are gone; directed ones stay, a move is behind them. */
function rescindUnwanted(core: Core, frameworkId: string, role: string, entries: readonly DemandEntry[]): void {
  const wanted = new Set(entries.filter((entry) => entry.count > 0).map((entry) => entry.demandId));
  const unwanted: string[] = [];
  for (const offerId of core.state.offersByFramework.get(frameworkId)) {
    const offer = core.state.offers.get(offerId);
    if (offer?.role !== role || offer.transitionId !== null || isOpenOffer(offer)) continue;
    if (!wanted.has(offer.demandId)) unwanted.push(offerId);
  }
  if (unwanted.length > 0) rescindOffers(core, unwanted, 'its demand was withdrawn');
}

/** How much of each entry is unmet, by what it asks for; entries whose deadline has passed ask for nothing. */
function unmetBefore(core: Core, key: string): ReadonlyMap<string, number> {
  const unmet = new Map<string, number>();
  const record = core.state.demands.get(key);
  if (record === undefined) return unmet;
  const found = standings(core, record);
  for (const [index, entry] of record.entries.entries()) {
    const standing = found[index];
    if (standing === undefined || !isLive(core, record, entry)) continue;
    unmet.set(askOf(entry), missing(entry, standing));
  }
  return unmet;
}

/** What decides which hosts serve the entry and whether so many do. */
function askOf({ demandId, want, minimum, allOrNothing, constraints, placement }: DemandEntry): string {
  return JSON.stringify([demandId, want, minimum, allOrNothing, constraints, placement]);
}

/**
 * Whoever asks for something new, or for more than before, has the idle hosts looked at again. Who asks for the same or
 * less need not: the last pass found nothing for it, and what changes since is dirty anyway.
 */
function lookForHosts(core: Core, key: string, before: ReadonlyMap<string, number>): void {
  const record = core.state.demands.get(key);
  if (record === undefined) return;
  const found = standings(core, record);
  for (const [index, entry] of record.entries.entries()) {
    const standing = found[index];
    const lacks = standing === undefined ? 0 : missing(entry, standing);
    // Fewer may fit where more did not, when they are wanted at once.
    const atOnce = entry.allOrNothing || entry.minimum > 1;
    const known = before.get(askOf(entry)) ?? 0;
    if (lacks === 0 || (known > 0 && (atOnce ? lacks === known : lacks <= known))) continue;
    markOfferable(core, entry.want.kind);
  }
}

/** Amounts in bytes as they are given out: in whole MiB. */
function inWholeUnits(entry: DemandEntry): DemandEntry {
  if (entry.want.kind !== 'slices') return entry;
  const resources = roundedUp(entry.want.resources);
  return resources === entry.want.resources ? entry : { ...entry, want: { kind: 'slices', resources } };
}

function demandProblems(entries: readonly DemandEntry[]): readonly string[] {
  if (entries.length > ENTRIES_MAX)
    return [`entries has ${entries.length} members; at most ${ENTRIES_MAX} are accepted`];
  const found: string[] = [];
  const ids = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const path = `entries[${index}]`;
    if (ids.has(entry.demandId)) found.push(`${path}.demandId "${entry.demandId}" stands twice`);
    ids.add(entry.demandId);
    found.push(...entryProblems(entry, path));
    if (found.length >= PROBLEMS_SHOWN) break;
  }
  return found;
}

function entryProblems(entry: DemandEntry, path: string): readonly string[] {
  const found: string[] = [];
  const whole = (
    field: 'count' | 'minimum' | 'priority' | 'deadlineMs' | 'ageMs',
    least: number,
    most: number,
  ): void => {
    const value = entry[field];
    if (!Number.isSafeInteger(value) || value < least || value > most)
      found.push(`${path}.${field} is ${value}; it must be a whole number from ${least} to ${most}`);
  };
  if (entry.demandId === '' || entry.demandId.length > ID_MAX)
    found.push(`${path}.demandId has ${entry.demandId.length} characters; 1 to ${ID_MAX} are accepted`);
  whole('count', 0, COUNT_MAX);
  whole('minimum', 0, COUNT_MAX);
  whole('priority', -PRIORITY_MAX, PRIORITY_MAX);
  whole('deadlineMs', 0, Number.MAX_SAFE_INTEGER);
  whole('ageMs', 0, Number.MAX_SAFE_INTEGER);
  if (entry.minimum > entry.count)
    found.push(`${path}.minimum is ${entry.minimum}, more than its count ${entry.count}`);
  if (entry.constraints.length > CONSTRAINTS_MAX)
    found.push(`${path}.constraints has ${entry.constraints.length} members; at most ${CONSTRAINTS_MAX} are accepted`);
  for (const [number, constraint] of entry.constraints.slice(0, CONSTRAINTS_MAX).entries()) {
    const problem = constraintProblem(constraint, `${path}.constraints[${number}]`);
    if (problem !== null) found.push(problem);
  }
  if (entry.placement.length > PLACEMENTS_MAX)
    found.push(`${path}.placement has ${entry.placement.length} members; at most ${PLACEMENTS_MAX} are accepted`);
  if (entry.evidence.length > EVIDENCE_MAX)
    found.push(`${path}.evidence has ${entry.evidence.length} characters; at most ${EVIDENCE_MAX} are accepted`);
  if (entry.want.kind === 'slices') {
    found.push(...problems(entry.want.resources, `${path}.resources`));
    if (isEmpty(entry.want.resources)) found.push(`${path}.resources is empty; at least one quantity must be above 0`);
  } else if (entry.want.shape === '') {
    found.push(`${path}.shape is empty; name a shape such as standard`);
  }
  return found;
}
