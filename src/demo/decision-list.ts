import type { Decision } from '../client/index.js';
import type { DecisionRow } from './view/model.js';
import { span } from './view/words.js';

/** Shown at most; a screen has fewer lines. */
const KEPT = 60;

/** The decisions that a person wants to read as they happen, newest first. */
export class DecisionList {
  readonly #rows: DecisionRow[] = [];
  readonly #speed: number;

  constructor(speed: number) {
    this.#speed = speed;
  }

  get rows(): readonly DecisionRow[] {
    return this.#rows;
  }

  note(atMs: number, text: string): void {
    this.#add({ atMs, kind: 'note', text });
  }

  /**
   * @param atMs scenario time
   * @param starting the fleet still connects: thousands of lines about that are no news, but moves are
   */
  add(atMs: number, decision: Decision, starting = false): void {
    const kind = kindOf(decision);
    if (kind === null || (starting && kind === 'note')) return;
    const { durationMs } = decision.fields;
    const took = kind === 'done' && typeof durationMs === 'number' ? ` in ${span(durationMs * this.#speed)}` : '';
    this.#add({ atMs, kind, text: terse(decision.text) + took });
  }

  #add(row: DecisionRow): void {
    this.#rows.unshift(row);
    this.#rows.length = Math.min(this.#rows.length, KEPT);
  }
}

/** Null: not worth a line. Steps of moves are seen in the list of moves; offers come and go. */
function kindOf({ about, fields, text }: Decision): DecisionRow['kind'] | null {
  switch (about) {
    case 'move': {
      const { outcome, requestedBy } = fields;
      if (outcome === undefined) return requestedBy === undefined ? null : 'begun';
      return outcome === 'completed' ? 'done' : 'undone';
    }
    case 'condition':
      // Both are seen elsewhere on the screen while they last.
      return /TRANSITION_BLOCKED|FROZEN/.test(text) ? null : 'note';
    case 'freeze':
    case 'quota':
    case 'session':
      return 'note';
    default:
      return null;
  }
}

/** The master's sentence about a move without the words that the sign before it says, and without its real time. */
function terse(text: string): string {
  return text
    .replace(/ (?:in|after) \d+[smhd]\w*(?=:|,|$)/, '')
    .replace(/^(\S+) (?:starts to move|moved) from (.+?) to (.+?)(?=:|$)/, '$1 $2 → $3');
}
