import { HELP_LINES } from './help.js';
import { addressPart, titlePart } from './header.js';
import { mapPart } from './host-map.js';
import { decisionsPart, footerPart, movesPart, needsPart, restartsPart } from './lists.js';
import type { DemoModel } from './model.js';
import { share } from './part.js';
import { clip, encode, span, type Line, type Style } from './text.js';
import { barsPart, tablePart } from './workloads.js';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Below this not even the title and the keys can be told apart. */
const COLUMNS_MIN = 30;
const ROWS_MIN = 4;

/**
 * The whole screen: exactly `rows` lines of at most `columns` characters. Made for 80 × 24 and more; with less, the parts
 * that matter least are left out. Nothing wraps.
 */
export function render(model: DemoModel, size: Size, style: Style): readonly string[] {
  const { columns, rows } = size;
  if (columns < COLUMNS_MIN || rows < ROWS_MIN) return fill([[span('mosaic demo: window too small')]], size, style);
  const footer = footerPart(model, columns);
  if (model.help) return fill([...HELP_LINES.slice(0, rows - 1)], size, style, footer.draw(1));
  const parts = [
    titlePart(model, columns),
    addressPart(model, columns),
    mapPart(model, columns, style),
    tablePart(model, columns),
    barsPart(model, columns, style),
    movesPart(model, columns, style),
    decisionsPart(model, columns, style),
    needsPart(model),
    restartsPart(model),
  ];
  const given = share(parts, rows - 1);
  const drawn = parts.map((part, index) => part.draw(given[index] ?? 0).slice(0, given[index] ?? 0));
  const shown = drawn.filter((lines) => lines.length > 0);
  let spare = rows - 1 - shown.reduce((sum, lines) => sum + lines.length, 0);
  const lines: Line[] = [];
  shown.forEach((part, index) => {
    // Title and addresses belong together; elsewhere a blank line where there is room for one.
    if (index > 1 && spare > 0) {
      lines.push([]);
      spare -= 1;
    }
    lines.push(...part);
  });
  return fill(lines, size, style, footer.draw(1));
}

/** Cut and padded to the screen, the footer on its last line. */
function fill(
  lines: readonly Line[],
  { columns, rows }: Size,
  style: Style,
  footer: readonly Line[] = [],
): readonly string[] {
  const body = lines.slice(0, rows - footer.length);
  const blank: readonly Line[] = new Array<Line>(Math.max(rows - footer.length - body.length, 0)).fill([]);
  return [...body, ...blank, ...footer].map((line) => encode(clip(line, columns), style));
}
