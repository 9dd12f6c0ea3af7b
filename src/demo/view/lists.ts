import { ownerTone } from './glyphs.js';
import type { DecisionRow, DemoModel, MoveRow } from './model.js';
import type { Part } from './part.js';
import { fit, joined, shorten, span, TONES, width, type Line, type Style } from './text.js';
import { counted, span as timeSpan, timeOfDay } from './words.js';

/** A heading and as many rows as fit; the heading says how many more there are. */
function list(rank: number, least: number, head: (hidden: number) => Line, rows: readonly Line[]): Part {
  return {
    min: Math.min(least, rows.length + 1),
    max: rows.length + 1,
    rank,
    draw: (lines) => [head(Math.max(rows.length - (lines - 1), 0)), ...rows.slice(0, lines - 1)],
  };
}

const more = (hidden: number): string => (hidden > 0 ? `, ${hidden} more` : '');

/** Moves in flight with their step; those that are stuck first. */
export function movesPart(model: DemoModel, columns: number, style: Style): Part {
  const sorted = [...model.moves].sort((a, b) => urgency(b) - urgency(a));
  const rows = sorted.length > 0 ? sorted.map((move) => moveLine(model, move, columns, style)) : [nothingMoves(model)];
  const head = (hidden: number): Line => [
    span('moving now', TONES.bold),
    span(` ${model.moves.length}${more(hidden)}, ${model.movesDone} done`, TONES.dim),
  ];
  return list(5, 4, head, rows);
}

function nothingMoves(model: DemoModel): Line {
  if (model.frozen) return [span('nothing moves: frozen (f thaws)', TONES.warn)];
  return [span(model.phase === 'starting' ? 'nothing yet' : 'nothing moves', TONES.dim)];
}

function urgency(move: MoveRow): number {
  return ['working', 'waits for time', 'blocked', 'waits for you', 'gave up'].indexOf(move.word);
}

function moveLine(model: DemoModel, move: MoveRow, columns: number, style: Style): Line {
  const way = `${short(move.from, columns)} → ${short(move.to, columns)}`;
  const arrow = Math.min(Math.max(...model.moves.map((one) => wayLength(one, columns)), 0), Math.floor(columns * 0.42));
  const tone = move.word === 'working' ? TONES.good : move.word === 'waits for time' ? TONES.plain : TONES.warn;
  const cells = Math.round((move.progressMilli / 1_000) * 5);
  const gauge = style.unicode ? '▪'.repeat(cells) + '·'.repeat(5 - cells) : '#'.repeat(cells) + '.'.repeat(5 - cells);
  return [
    span(fit(move.host, 8)),
    span(fit(way, arrow + 1), ownerTone(model.workloads.findIndex((one) => one.frameworkId === move.to))),
    span(fit(move.step, 13)),
    span(`${gauge} `, TONES.dim),
    span(fit(timeSpan(move.elapsedMs), 7, 'right')),
    span(` ${move.word}`, tone),
    span(move.message === '' ? '' : `: ${move.message}`, TONES.dim),
  ];
}

function wayLength(move: MoveRow, columns: number): number {
  return short(move.from, columns).length + short(move.to, columns).length + 3;
}

/** The workload alone where columns are short; the framework's full name where not. */
function short(frameworkId: string, columns: number): string {
  if (frameworkId === '') return 'nobody';
  return columns < 100 ? (frameworkId.split('/')[0] ?? frameworkId) : frameworkId;
}

const DECISION_SIGNS: Readonly<Record<DecisionRow['kind'], readonly [sign: string, ascii: string, tone: string]>> = {
  begun: ['→', '>', TONES.plain],
  done: ['✓', '+', TONES.good],
  undone: ['✕', 'x', TONES.warn],
  note: ['·', '-', TONES.dim],
};

export function decisionsPart(model: DemoModel, columns: number, style: Style): Part {
  const rows = model.decisions.map((row): Line => {
    const [sign, ascii, tone] = DECISION_SIGNS[row.kind];
    const time = timeOfDay(row.atMs, model.startHour);
    return [
      span(`${time} `, TONES.dim),
      span(`${style.unicode ? sign : ascii} `, tone),
      span(shorten(row.text, columns - 8)),
    ];
  });
  const shown = rows.length > 0 ? rows : [[span('none yet', TONES.dim)]];
  return list(6, 3, () => [span('last decisions', TONES.bold)], shown);
}

/** What waits for a person, with the command to run. */
export function needsPart(model: DemoModel): Part {
  if (model.needs.length === 0) return { min: 0, max: 0, rank: 7, draw: () => [] };
  const rows = model.needs.map((need): Line => [
    span(need.message),
    ...(need.remedy === '' ? [] : [span('  run: ', TONES.dim), span(need.remedy, TONES.bold)]),
  ]);
  const head = (hidden: number): Line => [
    span(`needs you ${model.needs.length}`, '33;1'),
    span(more(hidden), TONES.dim),
  ];
  return {
    min: 1,
    max: rows.length + 1,
    rank: 7,
    // One line alone says the first need rather than only that there are some.
    draw: (lines) =>
      lines === 1
        ? [[...head(rows.length - 1), span(': '), ...(rows[0] ?? [])]]
        : [head(Math.max(rows.length - lines + 1, 0)), ...rows.slice(0, lines - 1)],
  };
}

/** Children that died and were started again. */
export function restartsPart(model: DemoModel): Part {
  if (model.restarts.length === 0) return { min: 0, max: 0, rank: 8, draw: () => [] };
  const text = model.restarts.map((one) => `${one.child} ${one.count}x`).join(', ');
  const line: Line = [span('restarted ', TONES.bold), span(text, TONES.warn)];
  return { min: 1, max: 1, rank: 8, draw: () => [line] };
}

/** The last line: keys, or the answer to the last one. */
export function footerPart(model: DemoModel, columns: number): Part {
  const key = (letter: string, word: string): Line => [span(letter, TONES.bold), span(` ${word}`, TONES.dim)];
  const keys: readonly Line[] = [
    key('k', 'kill a host'),
    key('r', 'revive'),
    key('f', model.frozen ? 'thaw' : 'freeze'),
    key('q', 'quit'),
    key('?', 'help'),
  ];
  const killed: Line =
    model.killed.length === 0 ? [] : [span(`${counted(model.killed.length, 'host')} killed`, TONES.bad)];
  const restarts = model.restarts.reduce((sum, one) => sum + one.count, 0);
  const restarted: Line = restarts === 0 ? [] : [span(counted(restarts, 'restart'), TONES.warn)];
  const notice: Line = model.notice === '' ? [] : [span(model.notice, TONES.warn)];
  const all = joined(keys, columns, '  ');
  // The answer to a key takes the place of the keys where both do not fit; it goes after a few seconds.
  const line =
    width(all) + width(notice) + 3 <= columns || notice.length === 0
      ? joined([all, notice, killed, restarted], columns)
      : joined([notice, key('?', 'help')], Math.max(columns, width(notice)));
  return { min: 1, max: 1, rank: 0, draw: () => [line] };
}
