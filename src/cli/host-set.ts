/** Finds the hosts that a command names, and does one thing to each of them. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorText } from '../config/error-text.js';
import { badInput, CliError, EXIT, type ExitCode } from './exit.js';
import type { HostView, OperatorCommand } from './operator-access.js';
import { HOSTS_MAX, isSet, parseHostSet, tooMany, wordsOf, type HostFilter, type HostToken } from './parse/host-set.js';
import { counted } from './render/words.js';
import { replyLines, type Session } from './session.js';

/** A list of 1,000 names is 30 kB; more is some other file. */
const LIST_LENGTH_MAX = 1_000_000;

type Known = Exclude<HostToken, { readonly kind: 'file' | 'input' }>;

/** The names of the hosts that the words stand for, once each, in the order in which they were named. */
export async function hostNames(session: Session, words: readonly string[]): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const token of await tokens(session, words)) {
    if (token.kind === 'name') names.add(token.name);
    else for (const { name } of await matching(session, token.filter, token.text)) names.add(name);
    if (names.size > HOSTS_MAX) throw tooMany(words.join(' '), names.size);
  }
  return [...names];
}

/** The same as they are now. Throws when one of them does not exist. */
export async function hostViews(session: Session, words: readonly string[]): Promise<readonly HostView[]> {
  const hosts = new Map<string, HostView>();
  for (const token of await tokens(session, words)) {
    const found =
      token.kind === 'name'
        ? [(await session.query({ kind: 'host', host: token.name })).host]
        : await matching(session, token.filter, token.text);
    for (const host of found) hosts.set(host.hostId, host);
    if (hosts.size > HOSTS_MAX) throw tooMany(words.join(' '), hosts.size);
  }
  return [...hosts.values()];
}

/** Files and standard input are read, what stands in them is taken like words of the command line. */
async function tokens(session: Session, words: readonly string[]): Promise<readonly Known[]> {
  const found: Known[] = [];
  for (const token of words.flatMap(parseHostSet)) {
    if (token.kind !== 'file' && token.kind !== 'input') {
      found.push(token);
      continue;
    }
    const where = token.kind === 'file' ? `the file ${token.path}` : 'standard input';
    const content = token.kind === 'file' ? await fileText(session, token.path) : await session.io.readInput();
    if (content.length > LIST_LENGTH_MAX)
      throw badInput(`${where} has ${content.length} characters; accepted is a list of at most ${HOSTS_MAX} hosts`);
    const inner = wordsOf(content);
    if (inner.length === 0) throw badInput(`${where} names no host; accepted is one host a line`);
    for (const word of inner.flatMap(parseHostSet)) {
      if (word.kind === 'file' || word.kind === 'input')
        throw badInput(`${where} names another list; accepted there are hosts, ranges and filters`);
      found.push(word);
    }
  }
  return found;
}

async function fileText(session: Session, path: string): Promise<string> {
  try {
    return await readFile(resolve(session.io.folder, path), 'utf8');
  } catch (error) {
    throw badInput(`the file of hosts ${path} cannot be read (${errorText(error)})`, 'one host a line: @hosts.txt');
  }
}

async function matching(session: Session, filter: HostFilter, text: string): Promise<readonly HostView[]> {
  const page = { limit: HOSTS_MAX, pageToken: '' };
  const { hosts, total } = await session.query({ kind: 'hosts', ...filter, page });
  if (total > hosts.length) throw tooMany(text, total);
  if (hosts.length === 0) throw new CliError(EXIT.notFound, `no host matches ${text}`, { hints: ['mosaic host list'] });
  return hosts;
}

/** The worst first: what a script has to look at. */
const WORST: readonly ExitCode[] = [EXIT.failed, EXIT.refused, EXIT.notFound, EXIT.badInput, EXIT.changes, EXIT.done];

/** What became of one of several hosts; `error` is empty when it was not refused. */
interface Result {
  readonly host: string;
  readonly changes: readonly string[];
  readonly remarks: readonly string[];
  readonly ids: readonly string[];
  readonly error: string;
  readonly exitCode: ExitCode;
}

/**
 * Does it to each host. One host is answered like any command; of several each answer is told under the name of its host, a
 * refusal stops none of the others, a last line counts, and the worst exit code is the answer.
 */
export async function changeHosts(
  session: Session,
  words: readonly string[],
  command: (host: string) => OperatorCommand,
): Promise<ExitCode> {
  const [only = ''] = words;
  if (words.length === 1 && !isSet(only)) return session.change(command(only));
  const names = await hostNames(session, words);
  const results: Result[] = [];
  for (const name of names) {
    if (session.io.interrupted.aborted) break;
    const result = await changed(session, name, command(name));
    tell(session, result);
    results.push(result);
  }
  const { format } = session.globals;
  const data = { hosts: results };
  if (format === 'json') session.io.out(`${JSON.stringify(data, null, 2)}\n`);
  if (format === 'yaml') session.io.out((await import('yaml')).stringify(data));
  session.note(summary(names.length, results));
  return WORST.find((code) => results.some(({ exitCode }) => exitCode === code)) ?? EXIT.done;
}

async function changed(session: Session, host: string, command: OperatorCommand): Promise<Result> {
  try {
    const { changes, remarks = [], ids } = await session.command(command);
    const exitCode = command.dryRun && changes.length > 0 ? EXIT.changes : EXIT.done;
    return { host, changes, remarks, ids, error: '', exitCode };
  } catch (error) {
    // Who cannot be reached now will not be for the next host.
    if (!(error instanceof CliError) || error.exitCode === EXIT.unreachable) throw error;
    return { host, changes: [], remarks: [], ids: [], error: error.message, exitCode: error.exitCode };
  }
}

/** At once, so that one sees how far it is. */
function tell({ io, globals }: Session, result: Result): void {
  const { host, changes, remarks, ids, error, exitCode } = result;
  const { format, quiet } = globals;
  if (error !== '') io.err(`mosaic: ${host}: ${error}\n`);
  if (format === 'jsonl') io.out(`${JSON.stringify(result)}\n`);
  else if (format === 'json' || format === 'yaml' || error !== '') return;
  else if (format === 'name' || quiet) io.out(ids.map((id) => `${id}\n`).join(''));
  else
    for (const line of replyLines(changes, remarks, exitCode === EXIT.changes))
      io.out(`${line.includes(host) ? '' : `${host}: `}${line}\n`);
}

/** `20 hosts: 17 changed, 2 as before, 1 refused` */
function summary(count: number, results: readonly Result[]): string {
  const changing = results.filter(({ changes }) => changes.length > 0).length;
  const refused = results.filter(({ error }) => error !== '').length;
  const asBefore = results.length - changing - refused;
  const would = results.some(({ exitCode }) => exitCode === EXIT.changes);
  return [
    `${counted(count, 'host')}: ${changing} ${would ? 'would change' : 'changed'}`,
    ...(asBefore > 0 ? [`${asBefore} as before`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(count > results.length ? [`${count - results.length} not tried`] : []),
  ].join(', ');
}
