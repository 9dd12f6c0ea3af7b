/** Sets of hosts as people type them: `node[01-20]`, `rack=r7`, `owner=ovirt/prod,state=free`, `node0*`, `@file`, `-`. */
import { badInput, badWord } from '../exit.js';

/** More hosts in one command are a slip of the keyboard, or a matter for a script. */
export const HOSTS_MAX = 1_000;

export type HostFilter = Readonly<Record<'owner' | 'state' | 'rack' | 'name', string>>;

export type HostToken =
  | { readonly kind: 'name'; readonly name: string }
  /** Hosts that match all of it; `text` is how it was typed. */
  | { readonly kind: 'filter'; readonly filter: HostFilter; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'input' };

const FIELDS = ['owner', 'state', 'rack', 'name'] as const;
export const NO_FILTER: HostFilter = { owner: '', state: '', rack: '', name: '' };

/** Whether it names more than one host, or may. */
export function isSet(text: string): boolean {
  return text === '-' || /^@|[=,[*?]/.test(text);
}

/** What one word stands for. Names are not looked up; ranges are written out. */
export function parseHostSet(text: string): readonly HostToken[] {
  if (text === '-') return [{ kind: 'input' }];
  if (text.startsWith('@')) {
    if (text === '@') throw badInput('a file of hosts is @FILE, such as @hosts.txt, with one host a line');
    return [{ kind: 'file', path: text.slice(1) }];
  }
  if (text.includes('=')) return [{ kind: 'filter', filter: parseFilter(text), text }];
  const names = partsOf(text).flatMap((part) => written(part, text));
  if (names.length > HOSTS_MAX) throw tooMany(text, names.length);
  return names.map((name) =>
    /[*?]/.test(name) ? { kind: 'filter', filter: { ...NO_FILTER, name }, text: name } : { kind: 'name', name },
  );
}

/** The words of a file or of standard input: blanks and commas between ranges apart, `#` begins a remark. */
export function wordsOf(content: string): readonly string[] {
  return content.split(/\r?\n/).flatMap((line) =>
    line
      .replace(/#.*$/, '')
      .split(/\s+/)
      .filter((word) => word !== ''),
  );
}

export function tooMany(what: string, count: number): Error {
  return badInput(`${what} stands for ${count} hosts; accepted are at most ${HOSTS_MAX} in one command`);
}

function parseFilter(text: string): HostFilter {
  const filter: Record<string, string> = {};
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const field = part.slice(0, at);
    const known = FIELDS.find((one) => one === field);
    if (at < 0 || known === undefined) throw badWord('what hosts are chosen by', at < 0 ? part : field, FIELDS);
    const value = part.slice(at + 1);
    if (value === '') throw badInput(`${field}= has no value; accepted is ${field}=VALUE, such as rack=r7`);
    if (field in filter) throw badInput(`${text} names ${field} twice; give each set of hosts a word of its own`);
    filter[field] = value;
  }
  return { ...NO_FILTER, ...filter };
}

/** At the commas that stand in no bracket. */
function partsOf(text: string): readonly string[] {
  const parts = text.match(/(?:\[[^\]]*\]|[^,])+/g) ?? [];
  if (parts.join(',') !== text) throw badInput(`${JSON.stringify(text)} has an empty name between its commas`);
  return parts;
}

/** `node[01-03,7]` as node01, node02, node03, node7; several brackets count like digits. */
function written(part: string, whole: string): readonly string[] {
  const open = part.indexOf('[');
  if (open < 0 && !part.includes(']')) return [part];
  const close = part.indexOf(']', open);
  if (open < 0 || close < 0) throw badInput(`${JSON.stringify(whole)} has a bracket without its other half`);
  const numbers = part
    .slice(open + 1, close)
    .split(',')
    .flatMap((range) => numbersOf(range, whole));
  const rest = written(part.slice(close + 1), whole);
  if (numbers.length * rest.length > HOSTS_MAX) throw tooMany(whole, numbers.length * rest.length);
  return numbers.flatMap((number) => rest.map((end) => `${part.slice(0, open)}${number}${end}`));
}

/** `08-11`: as wide as its first number is written. */
function numbersOf(range: string, whole: string): readonly string[] {
  const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(range) ?? [];
  if (first === undefined || last === undefined)
    throw badInput(
      `${JSON.stringify(whole)} has [${range}]; accepted are numbers and ranges, as in node[01-20] or node[1,3,7-9]`,
    );
  const [from, to] = [Number(first), Number(last)];
  if (from > to) throw badInput(`${JSON.stringify(whole)} has the range ${range}, which ends before it begins`);
  if (to - from >= HOSTS_MAX) throw tooMany(whole, to - from + 1);
  return Array.from({ length: to - from + 1 }, (_, at) => String(from + at).padStart(first.length, '0'));
}
