import type { WhyView } from '../operator-access.js';
import type { Rendering } from './rendering.js';
import { wordText } from './style.js';
import { padEnd, width, wrap } from './text.js';
import { span } from './words.js';

/** The reasons tree: the binding reason first, then the others, then what would change it. */
export function whyText(view: WhyView, rendering: Rendering): string {
  const { style } = rendering;
  const head = wrap(view.headline, rendering.width).join('\n');
  const lines = view.reasons.map((reason, index) => reasonLines(reason, index, rendering));
  const change = changeLines(view.wouldChangeIt, rendering);
  return `${style.bold(head)}\n${wordText(style, view.word)}\n${lines.length === 0 ? '' : '\n'}${lines.join('')}${change}`;
}

const LABEL_CELLS = 16;

function reasonLines(
  reason: WhyView['reasons'][number],
  index: number,
  { style, width: cells, nowMs }: Rendering,
): string {
  const label = `${index + 1} ${index === 0 ? 'because' : 'also'}`;
  const since = reason.sinceMs > 0 && nowMs > reason.sinceMs ? ` (${span(nowMs - reason.sinceMs)})` : '';
  const code = `[${reason.code}]`;
  const room = Math.max(20, cells - LABEL_CELLS - width(code) - 1);
  const [first = '', ...others] = wrap(`${reason.text}${since}`, room);
  const head = `${style.dim(padEnd(label, LABEL_CELLS))}${room === Infinity ? first : padEnd(first, room)} ${style.dim(code)}`;
  return [head, ...others.map((part) => ' '.repeat(LABEL_CELLS) + part)].map((line) => `${line}\n`).join('');
}

function changeLines(changes: readonly string[], { style, width: cells }: Rendering): string {
  if (changes.length === 0) return '';
  const lines = changes.flatMap((change, index) => {
    const label = index === 0 ? 'would change it' : change.startsWith('mosaic') ? '' : 'or';
    return wrap(change, Math.max(20, cells - LABEL_CELLS)).map(
      (part, at) =>
        `${style.dim(padEnd(at === 0 ? label : '', LABEL_CELLS))}${change.startsWith('mosaic') ? style.accent(part) : part}\n`,
    );
  });
  return `\n${lines.join('')}`;
}
