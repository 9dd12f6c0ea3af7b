import type { Decision } from '../../scheduler/index.js';

/** Longer texts are cut: a line is read, not archived. */
const LINE_LENGTH_MAX = 500;

/** Everything a terminal or a line reader could take for a command. */

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * One decision as one readable line: `move node17: drained, wipes now (transitionId=t-4-31)`. The subject is left out where
 * the text names it already.
 */
export function decisionLine({ about, subject, text, fields }: Decision): string {
  const who = subject === '' || text.includes(subject) ? '' : ` ${subject}`;
  const facts = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
  const line = `${about}${who}: ${text}${facts.length === 0 ? '' : ` (${facts.join(' ')})`}`.replace(CONTROLS, '?');
  return line.length > LINE_LENGTH_MAX ? `${line.slice(0, LINE_LENGTH_MAX - 1)}…` : line;
}
