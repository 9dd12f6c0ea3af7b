import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

/** Where in a document something is: keys and list indices from the top. */
export type DataPath = readonly (string | number)[];

/** One thing that is wrong with a file, in words that need no file name. */
export interface Problem {
  readonly path: DataPath;
  /** A sentence that names field, value and what is accepted. */
  readonly text: string;
}

/** A file that was refused. The message has one line per problem: `file:line: sentence`. */
export class ScenarioError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ScenarioError';
    this.problems = problems;
  }
}

/**
 * Scenario files are written by hand; 1 MB is a hundred times the longest one imaginable and keeps a wrong file from
 * filling memory.
 */
const TEXT_LENGTH_MAX = 1_000_000;
/** Past this many, the first mistake is the cause of the rest. */
const PROBLEMS_SHOWN_MAX = 20;

/** A parsed YAML text that still knows where each value stands. */
export class LocatedYaml {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #fileName: string;

  /** @throws ScenarioError when the text is not YAML, or too long. */
  constructor(text: string, fileName: string) {
    if (text.length > TEXT_LENGTH_MAX) {
      throw new ScenarioError([
        `${fileName}: has ${String(text.length)} characters; accepted are at most ${String(TEXT_LENGTH_MAX)}`,
      ]);
    }
    this.#fileName = fileName;
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    if (this.#document.errors.length > 0) {
      throw new ScenarioError(
        this.#document.errors
          .map((error) => `${this.#place(error.pos[0])}: ${error.message}`)
          .slice(0, PROBLEMS_SHOWN_MAX),
      );
    }
  }

  /** The plain data; an empty text is an empty object. */
  get data(): unknown {
    try {
      return (this.#document.toJS({ maxAliasCount: 100 }) as unknown) ?? {};
    } catch (error) {
      throw new ScenarioError([`${this.#fileName}: ${error instanceof Error ? error.message : String(error)}`]);
    }
  }

  /** The error for these problems, each with the line it stands on. */
  refuse(problems: readonly Problem[]): ScenarioError {
    const lines = problems
      .slice(0, PROBLEMS_SHOWN_MAX)
      .map((problem) => `${this.#place(this.#offset(problem.path))}: ${problem.text}`);
    if (problems.length > PROBLEMS_SHOWN_MAX)
      lines.push(`${this.#fileName}: and ${String(problems.length - PROBLEMS_SHOWN_MAX)} more`);
    return new ScenarioError(lines);
  }

  /**
   * Offset of the key or value at `path`, or of its nearest ancestor that is in the text; undefined when nothing of it
   * is.
   */
  #offset(path: DataPath): number | undefined {
    for (let length = path.length; length > 0; length--) {
      const parent = length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, length - 1), true);
      const last = path[length - 1];
      if (isMap(parent)) {
        const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last);
        if (pair !== undefined && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
      }
      const node = this.#document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return undefined;
  }

  #place(offset: number | undefined): string {
    return offset === undefined ? this.#fileName : `${this.#fileName}:${String(this.#lines.linePos(offset).line)}`;
  }
}

/** `workloads[1].demand.share`, as people write it. */
export function pathText(path: DataPath): string {
  let text = '';
  for (const part of path) text += typeof part === 'number' ? `[${String(part)}]` : text === '' ? part : `.${part}`;
  return text === '' ? 'the scenario' : text;
}

/** The candidate nearest to `name` by edit distance, if it is near enough to be a typing mistake. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance; both texts are cut at 64 characters, which no field name reaches. */
function editDistance(left: string, right: string): number {
  const a = left.slice(0, 64);
  const b = right.slice(0, 64);
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
