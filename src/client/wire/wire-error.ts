/** Longest part of a wrong value that is repeated in an error. */
const SHOWN_CHARS_MAX = 60;

/**
 * Something in a message breaks the contract. The message is a sentence: the path of the field, what is wrong with it, and
 * what is accepted (`accept.offer_ids is empty; it must name at least one offer`). Containers put their field before the
 * path while the error passes through them.
 */
export class WireError extends Error {
  /** Path of the field in the proto's spelling, outermost first. */
  path: string;
  readonly problem: string;

  constructor(problem: string, path = '') {
    super(problem);
    this.name = 'WireError';
    this.problem = problem;
    this.path = path;
    this.message = path === '' ? problem : `${path} ${problem}`;
  }

  /** Adds the field (`offer_ids`) or element (`[3]`) that holds what is wrong. */
  within(segment: string): this {
    const joint = this.path === '' || this.path.startsWith('[') ? '' : '.';
    this.path = `${segment}${joint}${this.path}`;
    this.message = `${this.path} ${this.problem}`;
    return this;
  }
}

/** A value as an error shows it: quoted, short, without control characters. */
export function shown(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > SHOWN_CHARS_MAX ? `${value.slice(0, SHOWN_CHARS_MAX)}…` : value);
}

/** `offerIds` -> `offer_ids`: the proto's spelling of a field. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `offer_ids` -> `offerIds`: the generated types' spelling of a field. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}
