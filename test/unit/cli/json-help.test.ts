// `-o help` describes the JSON of a command: the same fields that the command really shows.
import { describe, expect, it } from '@jest/globals';
import { protoTypes } from '../../../src/cli/parse/proto-fields.js';
import { FakeMaster, run } from './support.js';
import * as views from './views.js';

type Tree = ReadonlyMap<string, Tree>;

const master = (): FakeMaster =>
  new FakeMaster({
    host: () => ({ kind: 'host', host: views.host() }),
    hosts: () => ({ kind: 'hosts', hosts: [views.host()], total: 1, nextPageToken: '' }),
    frameworks: () => ({ kind: 'frameworks', frameworks: [views.framework] }),
    roles: () => ({ kind: 'roles', roles: [views.role()] }),
    demands: () => ({ kind: 'demands', demands: [views.demand()] }),
    offers: () => ({ kind: 'offers', offers: [views.offer], total: 1, nextPageToken: '' }),
    tasks: () => ({ kind: 'tasks', tasks: [views.task], total: 1, nextPageToken: '' }),
    conditions: () => ({ kind: 'conditions', conditions: [views.condition] }),
    freezes: () => ({ kind: 'freezes', freezes: views.overview().freezes }),
    transitions: () => ({ kind: 'transitions', transitions: [views.move()], total: 1, nextPageToken: '' }),
    transition: () => ({ kind: 'transition', transition: views.move() }),
    overview: () => ({ kind: 'overview', overview: views.overview() }),
    plan: () => ({ kind: 'plan', plan: views.plan }),
    why: () => ({ kind: 'why', why: views.why }),
    audit: () => ({ kind: 'audit', violations: ['one'] }),
  });

/** The fields that the help names, nested as it nests them. */
function described(help: string): Tree {
  const root = new Map<string, Tree>();
  const above: Map<string, Tree>[] = [root];
  for (const line of help.slice(help.indexOf('\n\n') + 2).split('\n')) {
    const [, indent, name] = /^((?: {2}){0,2})(\w+) {2,}\S/.exec(line) ?? [];
    if (indent === undefined || name === undefined) continue;
    const inner = new Map<string, Tree>();
    above[indent.length / 2]?.set(name, inner);
    above[indent.length / 2 + 1] = inner;
  }
  return root;
}

/** Fields that are shown and not described, and the other way round, as paths. */
function differences(value: unknown, tree: Tree, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => differences(one, tree, path));
  // What has no fields in the help is a value, a dictionary, or described at its own noun.
  if (typeof value !== 'object' || value === null || tree.size === 0) return [];
  const object = value as Readonly<Record<string, unknown>>;
  return [
    ...Object.keys(object).flatMap((key) => {
      const inner = tree.get(key);
      return inner === undefined ? [`${path}.${key} is shown`] : differences(object[key], inner, `${path}.${key}`);
    }),
    ...[...tree.keys()].filter((key) => !(key in object)).map((key) => `${path}.${key} is described`),
  ];
}

describe('-o help', () => {
  it.each<readonly [line: string, list: string | null]>([
    ['', null],
    ['why node17', null],
    ['host list', 'hosts'],
    ['host show node17', null],
    ['hosts', 'hosts'],
    ['framework list', 'frameworks'],
    ['quota list', 'roles'],
    ['role show /research/hadoop', null],
    ['demand', 'demands'],
    ['offer list', 'offers'],
    ['task', 'tasks'],
    ['condition', 'conditions'],
    ['move list', 'moves'],
    ['move t-4-31', null],
    ['plan show', null],
    ['freeze list', 'freezes'],
    ['audit', null],
    ['workload list', 'workloads'],
    ['host cordon node17 --reason fan', null],
    ['quota set /x --weight 2', null],
    ['move node17 --to free', null],
    ['plan mode auto', null],
    ['freeze', null],
    ['adopt --framework ovirt/prod', null],
    ['shape set gpu --rank 1', null],
  ])('of mosaic %s names every field of its JSON, and no other', async (line, list) => {
    const words = line.split(' ').filter((word) => word !== '');
    const fake = master();
    const help = await run([...words, '-o', 'help']);
    expect(help).toMatchObject({ code: 0, err: '', addresses: [] });
    for (const one of help.out.split('\n')) expect(one.length).toBeLessThanOrEqual(80);
    const json = JSON.parse((await run([...words, '-o', 'json'], { master: fake })).out) as Record<string, unknown>;
    const shown = list === null ? json : json[list];
    if (list !== null) {
      expect(help.out).toContain(`{"${list}": objects`);
      expect(help.out.includes('"total"')).toBe('total' in json);
    }
    expect(differences(shown, described(help.out), list ?? 'json')).toEqual([]);
  });

  it('tells meaning, unit and the words that may stand there', async () => {
    const { out } = await run(['host', 'list', '-o', 'help']);
    expect(out).toMatch(/^modeSinceMs +number \(ms\)\. Since when\.$/m);
    expect(out).toMatch(/^mode +one of unclaimed, free, leased, shared, quarantined\./m);
    expect(out).toMatch(/^transition +object\. Its move; null when there is none\.$/m);
    expect(out).toMatch(/^ {2}kind +one of OVERCOMMITTED, OVER_LIMIT/m);
  });

  it('is refused where there is no JSON', async () => {
    expect(await run(['master', '-o', 'help'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('mosaic master has no JSON of its own'),
    });
  });
});

describe('fields of proto files', () => {
  it('have the comment above them, and JSON names', () => {
    const { messages, enums } = protoTypes([
      [
        '// A thing.',
        'message Thing {',
        '  // Its id;',
        '  // required.',
        '  string thing_id = 1;',
        '  repeated Other others = 2;',
        '  oneof what {',
        '    // By name.',
        '    map<string, int64> amounts = 3;',
        '  }',
        '}',
        'message Other {}',
        'enum Colour {',
        '  COLOUR_UNSPECIFIED = 0;',
        '  // Dark.',
        '  COLOUR_DARK_RED = 1;',
        '}',
      ].join('\n'),
    ]);
    expect(messages.get('Thing')).toEqual([
      { name: 'thingId', type: 'string', kind: 'one', comment: 'Its id; required.' },
      { name: 'others', type: 'Other', kind: 'list', comment: '' },
      { name: 'amounts', type: 'int64', kind: 'dictionary', comment: 'By name.' },
    ]);
    expect(messages.get('Other')).toEqual([]);
    expect(enums.get('Colour')).toEqual(['DARK_RED']);
  });
});
