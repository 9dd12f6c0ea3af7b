import type { EventRow } from '../operator-access.js';
import type { Rendering } from './rendering.js';
import { cut, padEnd } from './text.js';
import { moment } from './words.js';

/** One decision as one line; on a terminal never longer than it. */
export function eventLine(event: EventRow, rendering: Rendering): string {
  const { style, nowMs, utc } = rendering;
  const time = moment(event.atMs, nowMs, utc);
  const about = padEnd(event.about, 9);
  const subject = event.text.includes(event.subject) ? '' : `${event.subject}: `;
  const head = `${time} ${about} `;
  return `${style.dim(time)} ${style.accent(about)} ${cut(`${subject}${event.text}`, rendering.width - head.length, style.ellipsis)}\n`;
}
