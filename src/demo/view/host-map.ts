import { ownerLetters, ownerTileTone, STATE_WORDS, stateGlyph, stateTone } from './glyphs.js';
import { HOST_STATES, type DemoModel, type HostCell, type HostState } from './model.js';
import type { Part } from './part.js';
import { joined, span, TONES, type Line, type Style } from './text.js';

/** Above this many hosts a glyph each says less than the table's numbers. */
const GLYPHS_MAX = 1_000;

/**
 * Each host keeps its place, so that a move is seen as a cell that changes: letter (and colour) = owner, capital = serves,
 * small = arriving, a sign = anything else. Racks stand side by side; when they do not fit, the hosts flow.
 */
export function mapPart(model: DemoModel, columns: number, style: Style): Part {
  const letters = ownerLetters(model.workloads.map((one) => one.frameworkId));
  const rows = model.cells.length > GLYPHS_MAX ? [] : (byRack(model.cells, letters, columns, style) ?? []);
  if (rows.length === 0) return { min: 0, max: 0, rank: 3, draw: () => [] };
  const lines = [legend(model, letters, columns, style), ...rows];
  return { min: Math.min(lines.length, 3), max: lines.length, rank: 3, draw: (count) => fold(lines, count) };
}

/** Too few lines for all racks: the rest is counted. */
function fold(lines: readonly Line[], count: number): readonly Line[] {
  if (lines.length <= count) return lines;
  const shown = lines.slice(0, count - 1);
  return [...shown, [span(`… ${lines.length - shown.length} more lines of racks`, TONES.dim)]];
}

function byRack(
  cells: readonly HostCell[],
  letters: readonly string[],
  columns: number,
  style: Style,
): readonly Line[] | null {
  const racks = new Map<string, HostCell[]>();
  for (const cell of cells) {
    const rack = racks.get(cell.rack);
    if (rack === undefined) racks.set(cell.rack, [cell]);
    else rack.push(cell);
  }
  const longest = Math.max(...[...racks.values()].map((rack) => rack.length), 0);
  const nameColumns = Math.max(...[...racks.keys()].map((name) => name.length), 0);
  const block = nameColumns + 1 + longest;
  if (longest === 0 || columns < 20) return null;
  if (block > columns) return flow(cells, letters, columns, style);
  const perLine = Math.max(1, Math.floor((columns + 3) / (block + 3)));
  const blocks = [...racks].map(([name, rack]): Line => [
    span(`${name.padEnd(nameColumns)} `, TONES.dim),
    ...rack.map((cell) => glyph(cell, letters, style)),
    span(' '.repeat(longest - rack.length)),
  ]);
  const lines: Line[] = [];
  for (let index = 0; index < blocks.length; index += perLine)
    lines.push(joined(blocks.slice(index, index + perLine), columns));
  return lines;
}

function flow(cells: readonly HostCell[], letters: readonly string[], columns: number, style: Style): readonly Line[] {
  const lines: Line[] = [];
  for (let index = 0; index < cells.length; index += columns)
    lines.push(cells.slice(index, index + columns).map((cell) => glyph(cell, letters, style)));
  return lines;
}

function glyph(cell: HostCell, letters: readonly string[], style: Style): Line[number] {
  return span(stateGlyph(cell.state, letters[cell.owner] ?? '*', style), stateTone(cell.state, cell.owner));
}

/** Owners always; of the states, those that need a word come first and those on the map before the others. */
function legend(model: DemoModel, letters: readonly string[], columns: number, style: Style): Line {
  const owners = model.workloads.map((one, index): Line => [
    span(letters[index] ?? '*', ownerTileTone(index)),
    span(` ${one.frameworkId}`),
  ]);
  const present = new Set(model.cells.map((cell) => cell.state));
  const always: readonly HostState[] = ['arriving', 'leaving', 'cleaning'];
  const states = HOST_STATES.filter((state) => state !== 'serving' && (present.has(state) || always.includes(state)));
  const signs = states.map((state): Line => {
    const sign = state === 'arriving' ? (letters[0] ?? 'a').toLowerCase() : stateGlyph(state, '*', style);
    return [span(sign, stateTone(state, -1)), span(` ${STATE_WORDS[state]}`, TONES.dim)];
  });
  return joined([...owners, ...signs], columns, '  ');
}
