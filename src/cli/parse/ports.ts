import { badInput } from '../exit.js';
import type { Resources } from '../operator-access.js';

type PortRange = Resources['ports'][number];

const PORT_MAX = 65_535;

/** Reads `8000-8009,9000` (several texts are joined) as sorted ranges; those that touch become one. */
export function parsePorts(field: string, texts: readonly string[]): readonly PortRange[] {
  const ranges = texts
    .flatMap((text) => text.split(','))
    .map((part) => rangeOf(field, part.trim()))
    .sort((a, b) => a.first - b.first);
  const joined: PortRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && range.first <= last.last)
      throw badInput(`${field} names port ${range.first} twice; name each port once`);
    if (last !== undefined && range.first === last.last + 1)
      joined[joined.length - 1] = { first: last.first, last: range.last };
    else joined.push(range);
  }
  return joined;
}

function rangeOf(field: string, part: string): PortRange {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
  const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  if (match !== null && first >= 1 && first <= last && last <= PORT_MAX) return { first, last };
  throw badInput(
    `${field} has ${JSON.stringify(part)}; accepted are ports and ranges from 1 to ${PORT_MAX}, such as 8000-8009,9000`,
  );
}
