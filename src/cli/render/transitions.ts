import type { StepOutcomeView, TransitionView, WaitWord } from '../operator-access.js';
import { bullets, detailsText, section } from './details.js';
import type { Rendering } from './rendering.js';
import { paintOf, wordText } from './style.js';
import type { Column } from './table.js';
import { padEnd } from './text.js';
import { moment, span } from './words.js';

/** `ovirt/prod → kubernetes/east`; `free` where nobody holds the host. */
export function routeText(move: TransitionView, arrow: string): string {
  return `${move.from === '' ? 'free' : move.from} ${arrow} ${targetText(move)}`;
}

/** `planner`, `ana@10.0.0.5`, `ovirt/prod`: who asked for it, whatever kind of asker it is. */
function who(requestedBy: string): string {
  return requestedBy.replace(/^(operator|framework):/, '');
}

function targetText(move: TransitionView): string {
  return move.to === '' ? move.toMode : move.to;
}

/** What the move does now: `drain 40%`, or how it ended. */
export function stateText(move: TransitionView): string {
  if (move.outcome !== 'running') return move.outcome.replace('_', ' ');
  const back = move.direction === 'rollback' ? 'back: ' : '';
  const progress = move.progressMilli > 0 ? ` ${Math.floor(move.progressMilli / 10)}%` : '';
  return `${back}${move.step}${progress}`;
}

export const moveColumns: readonly Column<TransitionView>[] = [
  { name: 'id', value: (move) => move.transitionId, drop: 0 },
  { name: 'host', value: (move) => move.hostName, drop: 0, least: 10 },
  { name: 'from', value: (move) => (move.from === '' ? 'free' : move.from), drop: 2 },
  { name: 'to', value: targetText, drop: 0 },
  { name: 'step', value: stateText, drop: 0 },
  {
    name: 'state',
    value: (move, { style }) => (isDone(move) ? `${style.done} done` : `${style.icon[move.word]} ${move.word}`),
    paint: (text, move, { style }) => (isDone(move) ? style.good(text) : paintOf(style, move.word)(text)),
    drop: 0,
  },
  {
    name: 'for',
    value: (move, { nowMs }) => span((move.endedMs === 0 ? nowMs : move.endedMs) - move.startedMs),
    right: true,
    drop: 3,
  },
  { name: 'ends', value: endText, drop: 4 },
  { name: 'why', value: (move) => move.reason, drop: 5, least: 20 },
  { name: 'requested-by', value: (move) => who(move.requestedBy), drop: 9, wide: true },
  { name: 'plan', value: (move) => move.planId, drop: 9, wide: true },
  { name: 'attempt', value: (move) => String(move.attempt), right: true, drop: 9, wide: true },
];

/** Forecast end of the drain as a range from now, or the deadline. */
function endText(move: TransitionView, { nowMs, utc, style }: Rendering): string {
  if (move.outcome !== 'running') return moment(move.endedMs, nowMs, utc);
  if (move.forecast !== null && move.step === 'drain')
    return `${span(move.forecast.durationLowMs)}${style.dash}${span(move.forecast.durationHighMs)}`;
  return move.deadlineMs > 0 ? `by ${moment(move.deadlineMs, nowMs, utc)}` : '';
}

/** `complete` is only what ended with the new owner holding the verified host. */
export function isDone(move: TransitionView): boolean {
  return move.outcome === 'completed';
}

/** The order in which a move takes its steps; those it does not need are skipped by the master. */
const STEPS = ['forecast', 'drain', 'leave', 'wipe', 'verify_clean', 'offer', 'prepare', 'join', 'verify'] as const;

/** One move as a picture of its steps: what was done, where it is, what blocks it, when it ends. */
export function moveText(move: TransitionView, rendering: Rendering): string {
  const { style, nowMs, utc } = rendering;
  const route = `${style.bold(move.hostName)}  ${routeText(move, style.arrow)}`;
  const asked = `by ${who(move.requestedBy)}${move.planId === '' ? '' : `, plan ${move.planId}`}`;
  const head = `${route}  ${style.dim(move.transitionId)}\n`;
  const why = detailsText([['why', `${move.reason === '' ? 'no reason given' : move.reason} (${asked})`]], rendering);
  return `${head}${why}\n${stepLines(move, rendering)}${blockersText(move, rendering)}${endLines(move, nowMs, utc, rendering)}`;
}

function stepLines(move: TransitionView, rendering: Rendering): string {
  const { style, nowMs } = rendering;
  const lines = move.history.map((outcome) => outcomeLine(outcome, rendering));
  if (move.outcome === 'running') {
    const progress = move.progressMilli > 0 ? `${Math.floor(move.progressMilli / 10)}%` : '';
    const attempt = move.attempt > 1 ? `attempt ${move.attempt}` : '';
    const began = move.history.at(-1)?.endedMs ?? move.startedMs;
    const facts = [progress, attempt, move.message].filter((text) => text !== '').join(`, `);
    const paint = paintOf(style, move.word);
    lines.push(
      `${paint(style.icon[move.word])} ${padEnd(move.step, 14)}${padEnd(span(nowMs - began), 8)}${facts === '' ? move.stepPhase : facts}`,
    );
    const next = move.direction === 'rollback' ? [] : laterSteps(move);
    if (next.length > 0) lines.push(style.dim(`${style.todo} ${next.join(` ${style.dot} `)}`));
  }
  return `${lines.join('\n')}\n`;
}

function outcomeLine(outcome: StepOutcomeView, { style }: Rendering): string {
  const done = outcome.state === 'done';
  const icon = done ? style.good(style.done) : style.bad(style.icon['gave up']);
  const facts = [done ? '' : outcome.state, outcome.message === outcome.state ? '' : outcome.message].filter(
    (text) => text !== '',
  );
  return `${icon} ${padEnd(outcome.step, 14)}${padEnd(span(outcome.endedMs - outcome.startedMs), 8)}${facts.join(': ')}`.trimEnd();
}

function laterSteps(move: TransitionView): readonly string[] {
  const at = STEPS.findIndex((step) => step === move.step);
  const last = move.toMode === 'leased' ? STEPS.length : STEPS.indexOf('offer');
  return at < 0 ? [] : STEPS.slice(at + 1, last);
}

function blockersText(move: TransitionView, rendering: Rendering): string {
  const { style, nowMs } = rendering;
  const lines = move.blockedBy.map(
    (blocker) =>
      `${blocker.object}: ${blocker.message === '' ? blocker.reason : blocker.message} [${blocker.reason}], for ${span(nowMs - blocker.sinceMs)}`,
  );
  return section('blocked by', bullets(lines, rendering, style.icon.blocked), rendering);
}

function endLines(move: TransitionView, nowMs: number, utc: boolean, rendering: Rendering): string {
  const { style } = rendering;
  if (move.outcome !== 'running') {
    const took = `after ${span(move.endedMs - move.startedMs)}`;
    const at = moment(move.endedMs, nowMs, utc);
    if (!isDone(move)) return `\n${style.bad(`${style.icon['gave up']} ${stateText(move)}`)} ${took} (${at})\n`;
    const holds = move.to === '' ? `the host is ${move.toMode}` : `${move.to} holds the verified host`;
    return `\n${style.good(`${style.done} complete`)} ${took}: ${holds} (${at})\n`;
  }
  const details: (readonly [string, string])[] = [['state', wordText(style, move.word)]];
  if (move.forecast !== null && move.step === 'drain')
    details.push([
      'drain',
      `${span(move.forecast.durationLowMs)} to ${span(move.forecast.durationHighMs)} for ${move.forecast.units} units (forecast)`,
    ]);
  if (move.deadlineMs > 0)
    details.push(['deadline', `${moment(move.deadlineMs, nowMs, utc)}, in ${span(move.deadlineMs - nowMs)}`]);
  if (needsPerson(move.word)) details.push(['next', `mosaic why ${move.transitionId}`]);
  return `\n${detailsText(details, rendering)}`;
}

function needsPerson(word: WaitWord): boolean {
  return word === 'waits for you' || word === 'blocked' || word === 'gave up';
}
