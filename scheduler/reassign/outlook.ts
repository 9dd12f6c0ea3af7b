/**
 * What a change of quotas makes the planner do, told before it is made: the planner's own drafts, on the tree as it would
 * be, with a copy of its memory. Nothing is changed.
 */
import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import { entitlements, type CheckedChange, type Entitlements } from '../quota/index.js';
import { isRecovering } from '../reconcile/recovery.js';
import type { PlannedMove } from '../state/records.js';
import { duration } from '../words.js';
import { Draft, holdsNow, type DraftView, type Holds } from './draft.js';
import { draftFair } from './fair.js';
import { draftGreedy } from './greedy.js';
import type { PlanMemory } from './memory.js';
import { offersInTheWay } from './offers-in-the-way.js';
import { planModeOf } from './plan-mode.js';
import { hosts, lastingShortages, noteSurpluses } from './shortages.js';
import { sliceOutlook, type SliceOutlook } from './slices/outlook.js';
import { takeStock } from './stock.js';

/** Reasons for which nothing more is taken, told in one answer. */
const NOTES_SHOWN_MAX = 5;

export interface Outlook {
  /** Open offers of borrowers that stand between a role and its guarantee; they are taken back with the change. */
  readonly inTheWay: readonly string[];
  /** Whom hosts will be taken from and who gets them, or why none is, a sentence each. */
  readonly sentences: readonly string[];
}

/** Looks ahead for a change that was checked and is not made yet. */
export function lookAhead(core: Core, { records, impact }: CheckedChange): Outlook {
  if (records.length === 0) return { inTheWay: [], sentences: [] };
  const holds = holdsNow(core);
  const present = new Ahead(core, holds, new Set());
  const before = roundWith(present, lastingMemory(present));
  const slicesBefore = sliceOutlook(core);
  const { inTheWay, next, later, slices } = core.state.withRoles(records, () => {
    const tried = new Ahead(core, holds, new Set(impact.rescinded));
    const lasting = lastingMemory(tried);
    const found = offersInTheWay(tried.draft(lasting.copy()));
    const made = found.length === 0 ? tried : new Ahead(core, holds, new Set([...impact.rescinded, ...found]));
    return {
      inTheWay: found,
      // The very next round, and one in which all shortages have lasted long enough.
      next: roundWith(made, core.planMemory.copy()),
      later: roundWith(made, found.length === 0 ? lasting : lastingMemory(made)),
      slices: sliceOutlook(core),
    };
  });
  const changed = records.map(({ path }) => path);
  const ofHosts = sentencesOf(core, changed, before, next, later);
  return { inTheWay, sentences: [...ofHosts, ...sliceSentences(slicesBefore, slices)] };
}

function sliceSentences(before: SliceOutlook, after: SliceOutlook): readonly string[] {
  const starts = [...after.starts].filter(([key, text]) => before.starts.get(key) !== text).map(([, text]) => text);
  const notes = after.notes.filter((note) => !before.notes.includes(note)).map((note) => `no task is taken: ${note}`);
  return [...starts, ...notes];
}

/** The tree of roles of the moment with these offers taken back: what all drafts on it have in common is found once. */
class Ahead {
  readonly core: Core;
  readonly #owed: Entitlements;
  readonly #view: Omit<DraftView, 'memory'>;

  constructor(core: Core, holds: Holds, closing: ReadonlySet<string>) {
    this.core = core;
    this.#owed = entitlements(core);
    this.#view = { closing, holds, stocks: takeStock(core, this.#owed, closing) };
  }

  draft(memory: PlanMemory): Draft {
    return new Draft(this.core, this.#owed, true, { ...this.#view, memory });
  }
}

interface Round {
  readonly moves: readonly PlannedMove[];
  readonly notMoved: readonly string[];
}

/** The round that a planner with this memory would make. */
function roundWith(ahead: Ahead, memory: PlanMemory): Round {
  const draft = ahead.draft(memory);
  if (!standsStill(ahead.core)) run(draft);
  return draft;
}

/** A copy of the planner's memory in which everything that is short or in surplus has been so for long enough. */
function lastingMemory(ahead: Ahead): PlanMemory {
  const memory = ahead.core.planMemory.copy();
  if (standsStill(ahead.core)) return memory;
  const draft = ahead.draft(memory);
  lastingShortages(draft);
  noteSurpluses(draft);
  makeLast(memory, ahead.core.options.hysteresisRounds);
  return memory;
}

function standsStill(core: Core): boolean {
  return core.options.planner === 'off' || isRecovering(core) || core.state.isMassFailure;
}

function run(draft: Draft): void {
  const { planner } = draft.core.options;
  switch (planner) {
    case 'fair':
      draftFair(draft);
      return;
    case 'greedy':
      draftGreedy(draft);
      return;
    case 'off':
      return;
    default:
      assertNever(planner);
  }
}

/** Every shortage and surplus that the memory has noted has lasted as long as it must. */
function makeLast(memory: PlanMemory, hysteresisRounds: number): void {
  for (const rounds of [memory.shortRounds, memory.surplusRounds])
    for (const key of rounds.keys()) rounds.set(key, hysteresisRounds);
  for (const key of memory.belowGuaranteeSinceMs.keys()) memory.belowGuaranteeSinceMs.set(key, -Infinity);
}

/**
 * What is new with the change, and whatever concerns a role that changes.
 * @param before a round without the change in which all shortages have lasted, as in `later`
 * @param next the very next round
 */
function sentencesOf(
  core: Core,
  changed: readonly string[],
  before: Round,
  next: Round,
  later: Round,
): readonly string[] {
  if (core.options.planner === 'off') return ['the planner is off: no host is taken from anyone'];
  if (isRecovering(core)) return ['no host is taken until enough hosts have reported since the start (RECOVERING)'];
  if (core.state.isMassFailure)
    return ['no host is taken until those that vanished at once are back or given up (MASS_FAILURE)'];
  const known = groups(core, before.moves);
  const atOnce = groups(core, next.moves);
  const sentences: string[] = [];
  const [verb, verbNot] = planModeOf(core) === 'auto' ? ['moves', 'does not move'] : ['would move', 'would not move'];
  const planned = groups(core, later.moves);
  for (const [key, { moves, text, roles }] of planned) {
    if (known.get(key)?.moves === moves && !roles.some((role) => changed.includes(role))) continue;
    const now = atOnce.get(key)?.moves ?? 0;
    sentences.push(`the planner ${verb} ${text(moves)}${whenText(core, now >= moves)}${modeText(core)}`);
  }
  for (const [key, { moves, text }] of known)
    if (!planned.has(key)) sentences.push(`the planner ${verbNot} ${text(moves)} any more`);
  const notes = later.notMoved
    .filter((note) => !before.notMoved.includes(note) || changed.some((role) => note.includes(`${role} lacks `)))
    .slice(0, NOTES_SHOWN_MAX);
  for (const note of notes)
    sentences.push(`${sentences.length === 0 ? 'nothing is taken' : 'nothing more is taken'}: ${note}`);
  return sentences;
}

interface Group {
  readonly moves: number;
  /** Who gives and who gets. */
  readonly roles: readonly string[];
  readonly text: (moves: number) => string;
}

/** Moves by who gives what to whom. */
function groups(core: Core, moves: readonly PlannedMove[]): ReadonlyMap<string, Group> {
  const found = new Map<string, Group>();
  for (const { hostId, from, to, reclaim } of moves) {
    const shape = core.state.hosts.get(hostId)?.shape ?? '';
    const key = [from?.frameworkId, from?.role, to.frameworkId, to.role, shape].join('|');
    const route = `from ${from?.frameworkId ?? 'nobody'} in ${from?.role ?? '/'} to ${to.frameworkId} in ${to.role}`;
    const why = reclaim ? ', because a guarantee is not met' : '';
    const text = (count: number): string => `${hosts(count, shape)} ${route}${why}`;
    found.set(key, { moves: (found.get(key)?.moves ?? 0) + 1, roles: [from?.role ?? '/', to.role], text });
  }
  return found;
}

function whenText(core: Core, isNext: boolean): string {
  const { hysteresisRounds, planPeriodMs } = core.options;
  if (isNext) return ', in the round that follows at once';
  const rounds = hysteresisRounds === 1 ? '1 round' : `${hysteresisRounds} rounds`;
  return `, when the shortage has lasted ${rounds} of ${duration(planPeriodMs)} and the grace of its policy`;
}

function modeText(core: Core): string {
  const mode = planModeOf(core);
  switch (mode) {
    case 'auto':
      return '';
    case 'approve':
      return '; the plan waits for approval (plan mode approve)';
    case 'observe':
      return '; the plan is only shown (plan mode observe)';
    default:
      return assertNever(mode);
  }
}
