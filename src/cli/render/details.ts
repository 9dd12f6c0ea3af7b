import type { Rendering } from './rendering.js';
import { padEnd, width, wrap } from './text.js';

/** One line of a description: a name and what is said about it; rows without text are left out. */
export type Detail = readonly [name: string, text: string, paint?: (text: string) => string];

/** `name   text` lines with one left edge for all texts; long texts go on below their own beginning. */
export function detailsText(details: readonly Detail[], rendering: Rendering, indent = 0): string {
  const shown = details.filter(([, text]) => text !== '');
  const edge = Math.max(0, ...shown.map(([name]) => width(name))) + 2;
  const room = Math.max(20, rendering.width - edge - indent);
  const margin = ' '.repeat(indent);
  return shown
    .map(([name, text, paint]) => {
      const lines = wrap(text, room).map((line) => (paint === undefined ? line : paint(line)));
      return lines
        .map((line, index) => `${margin}${rendering.style.dim(padEnd(index === 0 ? name : '', edge))}${line}\n`)
        .join('');
    })
    .join('');
}

/** A heading and what stands under it; nothing when that is empty. */
export function section(title: string, body: string, rendering: Rendering): string {
  return body === '' ? '' : `\n${rendering.style.bold(title)}\n${body}`;
}

/** Lines under a margin of two blanks, each wrapped. */
export function bullets(lines: readonly string[], rendering: Rendering, mark = rendering.style.dot): string {
  const room = Math.max(20, rendering.width - 2 - width(mark) - 1);
  return lines
    .map((line) =>
      wrap(line, room)
        .map((part, index) => `  ${index === 0 ? mark : ' '.repeat(width(mark))} ${part}\n`)
        .join(''),
    )
    .join('');
}
