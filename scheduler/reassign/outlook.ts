/**
 * What a change of quotas makes the planner do, told before it is made: the planner's own drafts, on the tree as it would
 * be, with a copy of its memory. Nothing is changed.
 */
import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import { entitlements, type CheckedChange } from '../quota/index.js';
import { isRecovering } from '../reconcile/recovery.js';
import type { PlannedMove } from '../state/records.js';
import { duration } from '../words.js';
import { Draft } from './draft.js';
import { draftFair } from './fair.js';
import { draftGreedy } from './greedy.js';
import type { PlanMemory } from './memory.js';
import { offersInTheWay } from './offers-in-the-way.js';
import { planModeOf } from './plan-mode.js';
import { hosts } from './shortages.js';
import { sliceOutlook, type SliceOutlook } from './slices/outlook.js';

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
  const rescinded = new Set(impact.rescinded);
  const before = outlook(core, new Set());
  const slicesBefore = sliceOutlook(core);
  const { inTheWay, after, slices } = core.state.withRoles(records, () => {
    const tried = outlook(core, rescinded);
    const found = offersInTheWay(draftOf(core, tried.memory, rescinded));
    return {
      inTheWay: found,
      after: found.length === 0 ? tried : outlook(core, new Set([...rescinded, ...found])),
      slices: sliceOutlook(core),
    };
  });
  const changed = records.map(({ path }) => path);
  const ofHosts = sentencesOf(core, changed, before, after);
  return { inTheWay, sentences: [...ofHosts, ...sliceSentences(slicesBefore, slices)] };
}

function sliceSentences(before: SliceOutlook, after: SliceOutlook): readonly string[] {
  const starts = [...after.starts].filter(([key, text]) => before.starts.get(key) !== text).map(([, text]) => text);
  const notes = after.notes.filter((note) => !before.notes.includes(note)).map((note) => `no task is taken: ${note}`);
  return [...starts, ...notes];
}

interface Drafts {
  /** Moves of the very next round. */
  readonly next: readonly PlannedMove[];
  /** Moves of a round in which all shortages have lasted long enough. */
  readonly later: readonly PlannedMove[];
  readonly notMoved: readonly string[];
  /** In which everything that is short or in surplus has been so for long enough. */
  readonly memory: PlanMemory;
}

function outlook(core: Core, closing: ReadonlySet<string>): Drafts {
  const memory = core.planMemory.copy();
  if (core.options.planner === 'off' || isRecovering(core) || core.state.isMassFailure)
    return { next: [], later: [], notMoved: [], memory };
  const next = draftOf(core, memory, closing);
  run(next);
  makeLast(memory, core.options.hysteresisRounds);
  const later = draftOf(core, memory.copy(), closing);
  run(later);
  return { next: next.moves, later: later.moves, notMoved: later.notMoved, memory };
}

function draftOf(core: Core, memory: PlanMemory, closing: ReadonlySet<string>): Draft {
  return new Draft(core, entitlements(core), true, { memory, closing });
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

/** What is new with the change, and whatever concerns a role that changes. */
function sentencesOf(core: Core, changed: readonly string[], before: Drafts, after: Drafts): readonly string[] {
  if (core.options.planner === 'off') return ['the planner is off: no host is taken from anyone'];
  if (isRecovering(core)) return ['no host is taken until enough hosts have reported since the start (RECOVERING)'];
  if (core.state.isMassFailure)
    return ['no host is taken until those that vanished at once are back or given up (MASS_FAILURE)'];
  const known = groups(core, before.later);
  const atOnce = groups(core, after.next);
  const sentences: string[] = [];
  const [verb, verbNot] = planModeOf(core) === 'auto' ? ['moves', 'does not move'] : ['would move', 'would not move'];
  const planned = groups(core, after.later);
  for (const [key, { moves, text, roles }] of planned) {
    if (known.get(key)?.moves === moves && !roles.some((role) => changed.includes(role))) continue;
    const now = atOnce.get(key)?.moves ?? 0;
    sentences.push(`the planner ${verb} ${text(moves)}${whenText(core, now >= moves)}${modeText(core)}`);
  }
  for (const [key, { moves, text }] of known)
    if (!planned.has(key)) sentences.push(`the planner ${verbNot} ${text(moves)} any more`);
  const notes = after.notMoved
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
