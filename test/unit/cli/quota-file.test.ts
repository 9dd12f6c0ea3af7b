/** `mosaic quota apply` and `mosaic quota diff`: a file made by `quota list -o json`, edited. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
// Loaded before the commands load it from two places at once, which jest's module loader cannot do.
import '../../../src/cli/render/table.js';
import { parseQuotaFile } from '../../../src/cli/parse/quota-file.js';
import { FakeMaster, run } from './support.js';
import * as views from './views.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mosaic-quota-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const role = views.role();
const master = (): FakeMaster => new FakeMaster({ roles: () => ({ kind: 'roles', roles: [role] }) });
const mosaic = (line: string, more: { readonly master?: FakeMaster; readonly input?: string } = {}) =>
  run(line.split(' '), { master: master(), folder, ...more });

describe('mosaic quota apply', () => {
  it('takes what quota list -o json shows: the same file changes nothing, and diff says so', async () => {
    for (const format of ['json', 'yaml']) {
      const shown = await mosaic(`quota list -o ${format}`);
      expect(shown).toMatchObject({ code: 0, err: '' });
      writeFileSync(join(folder, 'quotas'), shown.out);
      const asked = master();
      expect((await mosaic('quota apply -f quotas', { master: asked })).err).toBe('');
      const { path, guarantee, limit, lendingLimit, borrowingLimit, weight, priority, reclaim } = role;
      const change = { guarantee, limit, lendingLimit, borrowingLimit, weight, priority, reclaim };
      expect(asked.commands).toEqual([{ kind: 'quota_apply', roles: [{ role: path, change }], dryRun: false }]);
      expect(await mosaic('quota diff -f quotas')).toMatchObject({ code: 0, out: 'nothing differs\n', err: '' });
    }
  });

  it('takes one role as quota show -o json has it, from standard input', async () => {
    const { out } = await mosaic(`quota show ${role.path} -o json`);
    const asked = master();
    const ran = await mosaic('quota apply -f - --dry-run --force', { master: asked, input: out });
    expect(ran.code).toBe(10);
    expect(asked.commands).toMatchObject([
      { kind: 'quota_apply', force: true, dryRun: true, roles: [{ role: role.path }] },
    ]);
  });

  it('leaves out what the file leaves out', () => {
    expect(parseQuotaFile('f', '[{"path": "/a", "weight": 2}, {"path": "/b", "limit": {}}]')).toEqual([
      { role: '/a', change: { weight: 2 } },
      { role: '/b', change: { limit: {} } },
    ]);
  });

  it.each<[string, string]>([
    ['{', 'f is neither JSON nor YAML: '],
    ['12', 'f is 12; accepted is {"roles": [...]}, a list, or a role'],
    ['[]', 'f names no role'],
    ['{"roles": 3}', 'roles is 3; accepted is a list of roles'],
    ['[{"path": "/a"}, 7]', 'roles[1] is 7; accepted is a role as'],
    ['{"path": "/a", "wieght": 2}', 'role has a field "wieght"; accepted are path, guarantee, limit,'],
    ['{"weight": 2}', 'role.path is missing; accepted is the path of a role'],
    ['{"path": "/a", "weight": 1.5}', 'role.weight is 1.5; accepted is a whole number'],
    ['{"path": "/a", "guarantee": {"hosts": -1}}', 'role.guarantee.hosts is -1; accepted is a whole number from 0 up'],
    ['{"path": "/a", "limit": 5}', 'role.limit is 5; accepted is a map such as {"hosts": 10}'],
    ['{"path": "/a", "limit": {"hosts": "5"}}', 'role.limit.hosts is "5"; accepted is a whole number'],
    ['{"path": "/a", "reclaim": {"kind": "firm"}}', 'role.reclaim.kind is "firm"; accepted are soft, hard'],
    ['{"path": "/a", "reclaim": {"kind": "soft", "grace": 1}}', 'role.reclaim has a field "grace"; accepted are kind,'],
    ['a: &x [1]\nroles: [*x, *x, *x]', 'f is neither JSON nor YAML: '],
  ])('refuses %s', (content, message) => {
    expect(() => parseQuotaFile('f', content)).toThrow(message);
  });

  it('says which file it wants and cannot read', async () => {
    expect(await mosaic('quota apply')).toMatchObject({
      code: 2,
      err: expect.stringContaining('name the file: -f FILE'),
    });
    expect(await mosaic('quota diff -f nowhere.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('the file nowhere.json cannot be read'),
    });
  });
});

describe('mosaic quota diff', () => {
  it('shows what would change field by field, and ends with 10', async () => {
    const edited = {
      path: role.path,
      weight: role.weight,
      limit: { hosts: 31 },
      reclaim: { ...role.reclaim, kind: 'hard' },
    };
    writeFileSync(join(folder, 'q.json'), JSON.stringify([edited, { path: '/new', weight: 4 }]));
    const ran = await mosaic('quota diff -f q.json');
    expect(ran).toMatchObject({ code: 10, err: expect.stringContaining('mosaic quota apply -f q.json --dry-run') });
    const lines = ran.out.split('\n').map((line) =>
      line
        .trim()
        .split(/\s{2,}/)
        .join(' | '),
    );
    expect(lines).toEqual([
      'role | field | now | then',
      `${role.path} | limit | cpus=128 hosts=20 | hosts=31`,
      `${role.path} | reclaim.kind | soft | hard`,
      '/new | role | - | /new',
      '/new | weight | - | 4',
      '',
    ]);
    const { out } = await mosaic('quota diff -f q.json -o json');
    expect(JSON.parse(out)).toMatchObject({ differences: [{ now: role.limit, then: { hosts: 31 } }, {}, {}, {}] });
  });
});
