import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { validateOptions } from '../../scheduler/index.js';
import { LocatedYaml, nearestName, ScenarioError } from '../scenario/located-yaml.js';
import { describeIssues, show } from '../scenario/zod-problems.js';
import { processEnvironment, profilePath, type Environment } from './environment.js';
import { errorText } from './error-text.js';
import { isLoopback, parseAddress } from './fields.js';
import { leafAt, leaves, type Leaf } from './leaves.js';
import { configSchema, type MosaicConfig } from './schema.js';
import { textValue } from './text-value.js';

/** A configuration that was refused. Each problem is a sentence that begins with where the value came from. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Values given on the command line. */
export interface FlagValue {
  /** `listen.grpc` */
  readonly path: string;
  /** As the person typed it: `--grpc-port`. */
  readonly flag: string;
  readonly value: string | number | boolean;
}

export interface ConfigInputs {
  /** YAML file; without one `MOSAIC_CONFIG` is looked at, and then there is none. */
  readonly file?: string | undefined;
  /** @default the environment of this process */
  readonly env?: Environment;
  readonly flags?: readonly FlagValue[];
  /** @default the working directory */
  readonly folder?: string;
}

export interface LoadedConfig {
  readonly config: MosaicConfig;
  /** Where each value came from, by dotted path; a path that is absent has its default. */
  readonly sources: ReadonlyMap<string, string>;
  /** Sentences about what is legal and probably not meant. */
  readonly warnings: readonly string[];
}

type RawConfig = Record<string, unknown>;

/**
 * Puts the configuration together: flags over environment (`MOSAIC_*`) over file over defaults, checked as one.
 *
 * @throws ConfigError with every problem found
 */
export function loadConfig(inputs: ConfigInputs = {}): LoadedConfig {
  const env = inputs.env ?? processEnvironment();
  const folder = inputs.folder ?? process.cwd();
  const named = inputs.file ?? nonEmpty(env['MOSAIC_CONFIG']);
  const file = named === undefined ? null : readFile(resolve(folder, named));
  const raw: RawConfig = file === null ? {} : file.raw;
  const sources = new Map<string, string>();
  if (file !== null)
    for (const leaf of leaves) if (has(raw, leaf.path)) sources.set(leaf.path.join('.'), file.yaml.place(leaf.path));
  for (const leaf of leaves) {
    const text = nonEmpty(env[leaf.variable]);
    if (text !== undefined) put(raw, leaf, textValue(leaf.schema, text), leaf.variable, sources);
  }
  const unknownFlags: string[] = [];
  for (const { path, flag, value } of inputs.flags ?? []) {
    const leaf = leafAt(path);
    if (leaf === undefined) unknownFlags.push(unknownPath(path, flag));
    else put(raw, leaf, typeof value === 'string' ? textValue(leaf.schema, value) : value, flag, sources);
  }
  if (unknownFlags.length > 0) throw new ConfigError(unknownFlags);
  const parsed = configSchema.safeParse(raw);
  if (!parsed.success)
    throw new ConfigError(
      describeIssues(parsed.error.issues, configSchema, raw).map(({ path, text }) =>
        located(path, text, sources, file),
      ),
    );
  const across = acrossFields(parsed.data);
  if (across.length > 0) throw new ConfigError(across.map(({ path, text }) => located(path, text, sources, file)));
  // Paths in a file are relative to it; typed ones are relative to where they were typed.
  const fromFile = (path: string): string =>
    file !== null && sources.get(path)?.startsWith(`${file.name}:`) === true ? file.folder : folder;
  const dataFolder = fromFile('data');
  const { client } = parsed.data;
  const config = deepFreeze({
    ...parsed.data,
    data: resolve(dataFolder, parsed.data.data),
    client: {
      ...client,
      profile: client.profile === '' ? profilePath(env) : resolve(fromFile('client.profile'), client.profile),
    },
  });
  return { config, sources, warnings: [...unknownVariables(env), ...exposed(config)] };
}

interface ConfigFile {
  readonly name: string;
  readonly folder: string;
  readonly raw: RawConfig;
  readonly yaml: { place(path: readonly (string | number)[]): string };
}

function readFile(path: string): ConfigFile {
  const name = basename(path);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError([
      `${path}: the configuration cannot be read (${errorText(error)}); \`mosaic config init\` writes a new one`,
    ]);
  }
  try {
    const yaml = new LocatedYaml(text, name);
    const { data } = yaml;
    if (typeof data !== 'object' || data === null || Array.isArray(data))
      throw new ConfigError([
        `${name}:1: the file holds ${show(data)}; accepted is a map of ${Object.keys(configSchema.shape).join(', ')}`,
      ]);
    const place = (path: readonly (string | number)[]): string =>
      (yaml.refuse([{ path, text: '' }]).problems[0] ?? name).replace(/: $/, '');
    return { name, folder: dirname(path), raw: withoutEmptySections(data as RawConfig), yaml: { place } };
  } catch (error) {
    if (error instanceof ScenarioError) throw new ConfigError(error.problems);
    throw error;
  }
}

/** A section whose every line is commented out reads as null; it means that nothing in it is set. */
function withoutEmptySections(data: RawConfig): RawConfig {
  return Object.fromEntries(
    Object.entries(data).filter(([name, value]) => value !== null || leafAt(name) !== undefined),
  );
}

function put(raw: RawConfig, leaf: Leaf, value: unknown, source: string, sources: Map<string, string>): void {
  let level = raw;
  for (const part of leaf.path.slice(0, -1)) {
    const inner = level[part];
    // A section that is no map is left as it is, so that the error about it is the one that is told.
    if (inner !== undefined && inner !== null && typeof inner !== 'object') return;
    const next: RawConfig = { ...inner };
    level[part] = next;
    level = next;
  }
  level[leaf.path.at(-1) ?? ''] = value;
  sources.set(leaf.path.join('.'), source);
}

function has(raw: RawConfig, path: readonly string[]): boolean {
  let level: unknown = raw;
  for (const part of path) {
    if (typeof level !== 'object' || level === null || !Object.hasOwn(level, part)) return false;
    level = (level as RawConfig)[part];
  }
  return level !== undefined;
}

/** `mosaic.yaml:3: listen.grpc is …`, `MOSAIC_LISTEN_GRPC: listen.grpc is …`, `--grpc-port: listen.grpc is …`. */
function located(
  path: readonly (string | number)[],
  text: string,
  sources: ReadonlyMap<string, string>,
  file: ConfigFile | null,
): string {
  const leaf = leaves.find((one) => one.path.every((part, index) => path[index] === part));
  const source = leaf === undefined ? undefined : sources.get(leaf.path.join('.'));
  return `${source ?? file?.yaml.place(path) ?? 'configuration'}: ${text}`;
}

/** Rules that join several values. */
function acrossFields(config: MosaicConfig): readonly { readonly path: readonly string[]; readonly text: string }[] {
  const { listen, session, scheduler } = config;
  const problems = validateOptions(scheduler).map((text) => ({
    path: ['scheduler', text.slice(0, text.indexOf(' '))],
    text: `scheduler.${text}`,
  }));
  const [grpc, http] = [parseAddress(listen.grpc), parseAddress(listen.http)];
  if (grpc !== null && http !== null && grpc.port !== 0 && grpc.port === http.port && grpc.host === http.host)
    problems.push({
      path: ['listen', 'http'],
      text: `listen.http is ${show(listen.http)}, and so is listen.grpc; accepted is another port for each (0 = any free one)`,
    });
  const silenceMs = session.heartbeatMs * session.heartbeatsMissedMax;
  if (scheduler.hostLostAfterMs < silenceMs)
    problems.push({
      path: ['scheduler', 'hostLostAfterMs'],
      text:
        `scheduler.hostLostAfterMs is ${scheduler.hostLostAfterMs}; accepted is at least ${silenceMs} ` +
        `(session.heartbeatMs × session.heartbeatsMissedMax), or hosts are lost before their connection is`,
    });
  return problems;
}

function unknownPath(path: string, flag: string): string {
  const near = nearestName(
    path,
    leaves.map((leaf) => leaf.path.join('.')),
  );
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return `${flag}: ${JSON.stringify(path)} is not a known setting${hint}; all of them are listed by: mosaic config show`;
}

/** Variables with our prefix that mean nothing. Only a warning: container platforms set names of their own. */
function unknownVariables(env: Environment): readonly string[] {
  const known = [...leaves.map((leaf) => leaf.variable), 'MOSAIC_CONFIG'];
  return Object.keys(env)
    .filter((name) => name.startsWith('MOSAIC_') && env[name] !== undefined && !known.includes(name))
    .sort()
    .flatMap((name) => {
      const near = nearestName(name, known);
      return [
        `${name} is set in the environment and means nothing to Mosaic${near === undefined ? '' : ` (did you mean ${near}?)`}`,
      ];
    });
}

function exposed(config: MosaicConfig): readonly string[] {
  return (['grpc', 'http'] as const).flatMap((name) => {
    const address = parseAddress(config.listen[name]);
    if (address === null || isLoopback(address.host)) return [];
    const what = name === 'grpc' ? 'operate the fleet' : 'read everything about the fleet';
    return [
      `listen.${name} is ${config.listen[name]}: whoever reaches this address can ${what}, so keep it inside a network you trust`,
    ];
  });
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
