import { badField } from './problem.js';

export type Parameters = Readonly<Record<string, string>>;

/** The parameters after `?`: each once, and none that the address does not know. */
export function parameters(query: Readonly<Record<string, unknown>>, accepted: readonly string[]): Parameters {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    const known =
      accepted.length === 0
        ? 'this address takes no parameters'
        : `it is not known here; accepted are ${accepted.join(', ')}`;
    if (!accepted.includes(name)) throw badField(name, value, known);
    if (typeof value !== 'string') throw badField(name, value, 'accepted is one value; it was given several times');
    given[name] = value;
  }
  return given;
}
