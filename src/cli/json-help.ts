/**
 * `-o help`: the fields of a command's JSON with their meaning. What the master shows is described once, by the comments of
 * the contract; here stands which message each noun shows, and what the CLI adds to it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { protoFolder } from '../client/wire/proto.js';
import { badInput } from './exit.js';
import { protoTypes, type ProtoField, type ProtoTypes } from './parse/proto-fields.js';
import { padEnd, width, wrap } from './render/text.js';

interface Shape {
  /** The message of one of them; null: only `fields`. */
  readonly message: string | null;
  /** Under which name the list has them; absent: there is no list. */
  readonly list?: string;
  /** Whether one of them can be shown alone. */
  readonly alone?: boolean;
  /** Whether the list comes in pages. */
  readonly paged?: boolean;
  /** Fields that stand beside those of the message, or instead of them. */
  readonly fields?: readonly ProtoField[];
}

const text = (name: string, comment: string): ProtoField => ({ name, type: 'string', kind: 'one', comment });
const number = (name: string, comment: string): ProtoField => ({ name, type: 'int64', kind: 'one', comment });

const ROLE: Shape = { message: 'Role', list: 'roles', alone: true };

/** By the noun; the root shows the overview. */
const NOUNS: Readonly<Record<string, Shape>> = {
  mosaic: { message: 'Overview' },
  why: { message: 'Why' },
  host: { message: 'Host', list: 'hosts', alone: true, paged: true },
  framework: { message: 'Framework', list: 'frameworks', alone: true },
  quota: ROLE,
  role: ROLE,
  demand: { message: 'StandingDemand', list: 'demands' },
  offer: { message: 'OpenOffer', list: 'offers', paged: true },
  reservation: { message: 'Reservation', list: 'reservations', paged: true },
  task: { message: 'Task', list: 'tasks', paged: true },
  condition: { message: 'Condition', list: 'conditions' },
  move: { message: 'Transition', list: 'moves', alone: true, paged: true },
  plan: { message: 'Plan' },
  freeze: { message: 'FrozenScope', list: 'freezes' },
  maintenance: { message: 'MaintenanceWindow', list: 'windows', alone: true },
  breaker: { message: 'Condition', list: 'conditions' },
  events: {
    message: 'Decision',
    list: 'events',
    fields: [number('term', 'Term of the master.'), number('revision', 'Number of the event within the term, from 1.')],
  },
  audit: { message: null, fields: [{ ...text('violations', 'A sentence for each that is broken.'), kind: 'list' }] },
  doctor: {
    message: null,
    list: 'findings',
    fields: [
      text('check', 'What was looked at.'),
      text('state', 'fine, look (for a person) or broken (a bug of the master).'),
      text('text', 'One sentence.'),
      text('remedy', 'A command, or empty.'),
    ],
  },
  workload: {
    message: null,
    list: 'workloads',
    fields: [
      text('workload', 'Its name.'),
      number('frameworks', 'Frameworks of it.'),
      number('hosts', 'Hosts that they hold.'),
      number('serving', 'Of these, how many serve.'),
      number('movingIn', 'Hosts on their way to them.'),
      number('movingOut', 'Hosts on their way out.'),
      number('wanted', 'Hosts that they ask for in all.'),
      number('guaranteeHosts', 'Hosts that their roles are guaranteed.'),
      { ...text('frozen', 'Whether new steps are frozen.'), type: 'bool' },
    ],
  },
};

/** What every command answers that changes something. */
const CHANGE: Shape = {
  message: 'CommandReply',
  fields: [{ ...text('dryRun', 'Whether nothing was done.'), type: 'bool' }],
};

const VERBS_THAT_SHOW = ['', 'list', 'show', 'watch'];
/** Commands that change something although no verb says so. */
const CHANGES = ['adopt', 'unfreeze', 'freeze', 'reserve', 'unreserve'];

/** Names of enum values that JSON has as they stand in the contract; of all others it has them in small letters. */
const CAPITALS = ['WaitReason', 'ConditionKind', 'ErrorCode'];
const WORDS_OF: Readonly<Record<string, string>> = {
  string: 'text',
  bool: 'true or false',
  int32: 'number',
  int64: 'number',
  double: 'number',
  Quantities: 'amounts by dimension',
  FieldValue: 'text, number or true',
  WaitWord: 'working, waits for time, waits for you, blocked or gave up',
};

/** Nesting deeper than this is described at its own noun. */
const DEPTH_MAX = 2;

/**
 * The fields as lines of at most `cells`.
 *
 * @param path the command: `mosaic host list`
 */
export function jsonHelp(path: string, changesOne: boolean, cells: number): string {
  const [, noun = 'mosaic', verb = ''] = path.split(' ');
  const changes = (verb === '' && CHANGES.includes(noun)) || !VERBS_THAT_SHOW.includes(verb) || changesOne;
  const shape = NOUNS[noun] === undefined && !changes ? undefined : changes ? changeOf(noun) : NOUNS[noun];
  if (shape === undefined)
    throw badInput(`--output is "help", but ${path} has no JSON of its own`, 'mosaic host list -o help');
  const types = protoTypes(
    ['common', 'framework', 'agent', 'operator'].map((file) =>
      readFileSync(join(protoFolder(), 'mosaic', 'v1', `${file}.proto`), 'utf8'),
    ),
  );
  const rows = rowsOf(fieldsOf(shape, types), types, 0, []);
  const heading = headingOf(path, shape, changes && noun === 'host');
  return `${[...heading.flatMap((line) => wrap(line, cells)), '', ...linesOf(rows, cells)].join('\n')}\n`;
}

function changeOf(noun: string): Shape | undefined {
  return ['config', 'version', 'demo', 'simulate', 'master', 'agent'].includes(noun) ? undefined : CHANGE;
}

/** The fields of one object of the shape. */
function fieldsOf({ message, fields = [] }: Shape, types: ProtoTypes): readonly ProtoField[] {
  return [...fields, ...(message === null ? [] : (types.messages.get(message) ?? []))];
}

function headingOf(path: string, { list, alone, paged }: Shape, ofSeveral: boolean): readonly string[] {
  const several =
    ', of several hosts {"hosts": an object each}, with "host", "error" (empty when it was not refused) and "exitCode"';
  if (list === undefined) return [`JSON of ${path}: one object${ofSeveral ? several : ''}.`];
  const page =
    paged === true ? ', "total": how many there are, "nextPageToken": for --page, empty on the last page' : '';
  return [
    `JSON of ${path}: {"${list}": objects${page}}${alone === true ? '; of one that is named, the object alone' : ''}; with -o jsonl an object a line.`,
  ];
}

interface Row {
  readonly name: string;
  readonly says: string;
}

function rowsOf(
  fields: readonly ProtoField[],
  types: ProtoTypes,
  depth: number,
  above: readonly string[],
): readonly Row[] {
  return fields.flatMap((field) => {
    const { name, type, comment } = field;
    const inner = types.messages.get(type);
    const nested =
      inner === undefined || WORDS_OF[type] !== undefined || depth >= DEPTH_MAX || above.includes(type)
        ? []
        : rowsOf(inner, types, depth + 1, [...above, type]);
    const words = typeWords(field, types);
    // A message that the wire leaves out is null in JSON.
    const says = inner === undefined ? comment : comment.replace(/\babsent\b/g, 'null');
    return [{ name: `${'  '.repeat(depth)}${name}`, says: says === '' ? words : `${words}. ${says}` }, ...nested];
  });
}

function typeWords({ name, type, kind }: ProtoField, types: ProtoTypes): string {
  const values = types.enums.get(type);
  const unit = type.startsWith('int') ? unitOf(name) : '';
  const one =
    WORDS_OF[type] ??
    (values === undefined
      ? 'object'
      : `one of ${values.map((value) => (CAPITALS.includes(type) ? value : value.toLowerCase())).join(', ')}`);
  if (kind === 'list') return `list of ${one}${one === 'object' ? 's' : ''}`;
  return kind === 'dictionary' ? `by name: ${one}` : `${one}${unit}`;
}

/** The unit is in the name; moments and spans are told apart by the comment. */
function unitOf(name: string): string {
  if (name.endsWith('Ms')) return ' (ms)';
  if (name.endsWith('Milli')) return ' (thousandths)';
  return name.endsWith('Micro') ? ' (millionths)' : '';
}

function linesOf(rows: readonly Row[], cells: number): readonly string[] {
  const edge = Math.max(...rows.map(({ name }) => width(name))) + 2;
  return rows.flatMap(({ name, says }) =>
    wrap(says, Math.max(20, cells - edge)).map((line, at) => `${padEnd(at === 0 ? name : '', edge)}${line}`),
  );
}
