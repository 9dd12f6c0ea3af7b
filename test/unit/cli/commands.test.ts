// What each command asks of the master, what it prints where, and how it exits.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessError, type OperatorReply } from '../../../src/cli/operator-access.js';
import { FakeMaster, run } from './support.js';
import * as views from './views.js';

function words(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

describe('reserving', () => {
  it.each([
    ['reserve node5 --resources cpus=1', '--role is missing'],
    ['reserve node5 --role /batch', 'nothing to reserve: name --resources or --ports'],
    ['reserve node5 --role /batch --resources none', 'nothing to reserve'],
    ['reserve node5 --role /batch --ports 80-70', '--ports has "80-70"; accepted are ports and ranges from 1 to 65535'],
    ['reserve node5 --role /batch --ports 0', '--ports has "0"'],
    ['reserve node5 --role /batch --ports 80-90,85', '--ports names port 85 twice'],
    ['reserve node5 --role /batch --resources cpus=-1', '--resources has "cpus=-1"'],
  ])('mosaic %s is wrong usage', async (line, message) => {
    const master = new FakeMaster();
    const { code, err } = await run(words(line), { master });
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(master.commands).toEqual([]);
  });
});

describe('commands that change something', () => {
  it.each<readonly [string, object]>([
    ['host admit node17', { kind: 'host_admit', host: 'node17', dryRun: false }],
    [
      "host cordon node17 --reason 'new disk'",
      { kind: 'host_cordon', host: 'node17', reason: 'new disk', dryRun: false },
    ],
    ['hosts uncordon node17', { kind: 'host_uncordon', host: 'node17', dryRun: false }],
    [
      'host quarantine node17 --reason ecc --dry-run',
      { kind: 'host_quarantine', host: 'node17', reason: 'ecc', dryRun: true },
    ],
    ['host release node17', { kind: 'host_release', host: 'node17', dryRun: false }],
    ['host release node17 --wipe --dry-run', { kind: 'host_release', host: 'node17', wipe: true, dryRun: true }],
    [
      'host release node17 --wipe --confirm node17',
      { kind: 'host_release', host: 'node17', wipe: true, dryRun: false },
    ],
    ['host confirm-off node17 --confirm node17', { kind: 'host_confirm_off', host: 'node17', dryRun: false }],
    ['host confirm-off node17 --dry-run', { kind: 'host_confirm_off', host: 'node17', dryRun: true }],
    ['host share node17', { kind: 'host_share', host: 'node17', shared: true, dryRun: false }],
    ['host unshare node17', { kind: 'host_share', host: 'node17', shared: false, dryRun: false }],
    ['host forget node17', { kind: 'host_forget', host: 'node17', dryRun: false }],
    ['framework release hadoop/lake', { kind: 'peer_release', peer: 'hadoop/lake', dryRun: false }],
    ['framework release lake --dry-run', { kind: 'peer_release', peer: 'lake', dryRun: true }],
    ['adopt --framework ovirt/prod --dry-run', { kind: 'adopt', frameworkId: 'ovirt/prod', dryRun: true }],
    ['role delete /research/old', { kind: 'role_delete', role: '/research/old', dryRun: false }],
    [
      'framework teardown hadoop/old --confirm hadoop/old',
      { kind: 'framework_teardown', frameworkId: 'hadoop/old', dryRun: false },
    ],
    [
      'move node17 --to kubernetes/east',
      { kind: 'move', host: 'node17', to: 'kubernetes/east', role: '', hard: false, reason: '', dryRun: false },
    ],
    [
      "move node17 --to kubernetes/east --role /prod/pods --hard --confirm node17 --reason 'east is short'",
      {
        kind: 'move',
        host: 'node17',
        to: 'kubernetes/east',
        role: '/prod/pods',
        hard: true,
        reason: 'east is short',
        dryRun: false,
      },
    ],
    ['move cancel t-4-31 --dry-run', { kind: 'move_cancel', transition: 't-4-31', dryRun: true }],
    ['moves retry t-4-31', { kind: 'move_retry', transition: 't-4-31', dryRun: false }],
    ['plan approve p-4-88 --version 3', { kind: 'plan_approve', planId: 'p-4-88', version: 3, dryRun: false }],
    ['plan reject p-4-88 --version 3 --dry-run', { kind: 'plan_reject', planId: 'p-4-88', version: 3, dryRun: true }],
    ['plan mode approve', { kind: 'plan_mode', mode: 'approve', dryRun: false }],
    [
      "reserve node5 --role /batch --resources cpus=1.5,memory=8GiB --ports 8000-8004,8005,9000 --reason 'the night'",
      {
        kind: 'reserve',
        host: 'node5',
        role: '/batch',
        resources: {
          quantities: { cpusMilli: 1_500, memoryBytes: 8 * 1024 ** 3 },
          ports: [
            { first: 8_000, last: 8_005 },
            { first: 9_000, last: 9_000 },
          ],
        },
        reason: 'the night',
        dryRun: false,
      },
    ],
    [
      'unreserve r-4-12 --dry-run',
      { kind: 'unreserve', reservation: 'r-4-12', resources: { quantities: {}, ports: [] }, dryRun: true },
    ],
    [
      'unreserve r-4-12 --resources cpus=2',
      {
        kind: 'unreserve',
        reservation: 'r-4-12',
        resources: { quantities: { cpusMilli: 2_000 }, ports: [] },
        dryRun: false,
      },
    ],
    ['freeze', { kind: 'freeze', scope: '*', reason: '', dryRun: false }],
    [
      "freeze --workload ovirt --reason 'storage upgrade'",
      { kind: 'freeze', scope: 'ovirt', reason: 'storage upgrade', dryRun: false },
    ],
    [
      'shape set gpu-a --rank 10 --where gpu --where !old --where arch=a,b --where m~R6* --where cores>=64 --where x!=y --minimum gpus=4',
      {
        kind: 'shape_set',
        shape: 'gpu-a',
        rank: 10,
        constraints: [
          { attribute: 'gpu', op: 'exists', values: [] },
          { attribute: 'old', op: 'not_exists', values: [] },
          { attribute: 'arch', op: 'in', values: ['a', 'b'] },
          { attribute: 'm', op: 'glob', values: ['R6*'] },
          { attribute: 'cores', op: 'ge', values: ['64'] },
          { attribute: 'x', op: 'not_equals', values: ['y'] },
        ],
        minimum: { gpus: 4 },
        dryRun: false,
      },
    ],
    ['unfreeze --workload ovirt', { kind: 'unfreeze', scope: 'ovirt', dryRun: false }],
    [
      'quota set /research/hadoop --guarantee hosts=10 --limit hosts=20 --weight 2',
      {
        kind: 'role_set',
        role: '/research/hadoop',
        change: { guarantee: { hosts: 10 }, limit: { hosts: 20 }, weight: 2 },
        dryRun: false,
      },
    ],
    [
      'quota set /x --guarantee hosts=1,cpus=8 --guarantee memory=64GiB --limit none --lending-limit gpus=2 ' +
        '--borrowing-limit hosts/standard=3 --priority -5 --force --dry-run',
      {
        kind: 'role_set',
        role: '/x',
        change: {
          guarantee: { hosts: 1, cpusMilli: 8_000, memoryBytes: 64 * 1024 ** 3 },
          limit: {},
          lendingLimit: { gpus: 2 },
          borrowingLimit: { 'hosts/standard': 3 },
          priority: -5,
          force: true,
        },
        dryRun: true,
      },
    ],
  ])('mosaic %s', async (line, command) => {
    const master = new FakeMaster({
      frameworks: () => ({ kind: 'frameworks', frameworks: [views.framework] }),
    });
    const { code, err } = await run(words(line), { master });
    expect(master.commands).toEqual([command]);
    // With a dry run that finds something the exit code says so.
    expect(code).toBe('dryRun' in command && command.dryRun === true ? 10 : 0);
    expect(err).toMatch(/^(follow it with: mosaic move watch node17\n)?$/);
    expect(master.closed).toBe(1);
  });

  it('says that nobody has the workload that is frozen: its name may be mistyped', async () => {
    const master = new FakeMaster({ frameworks: () => ({ kind: 'frameworks', frameworks: [] }) });
    const { code, err } = await run(words('freeze --workload ovrit'), { master });
    expect(master.commands).toMatchObject([{ kind: 'freeze', scope: 'ovrit' }]);
    expect(err).toBe('no framework of workload "ovrit" is known: mosaic workload list\n');
    expect(code).toBe(0);
  });

  it('changes one part of a reclaim policy and keeps the rest as it is', async () => {
    const master = new FakeMaster({ roles: () => ({ kind: 'roles', roles: [views.role()] }) });
    await run(words('quota set research/hadoop --reclaim hard --reclaim-grace 2m --reclaim-min-hold default'), {
      master,
    });
    expect(master.commands).toMatchObject([
      { change: { reclaim: { kind: 'hard', graceMs: 120_000, deadlineMs: 900_000, movesPerRound: 5, minHoldMs: -1 } } },
    ]);
  });

  it('says what was done, what would be, and that there was nothing to do', async () => {
    const master = new FakeMaster();
    master.reply = { ok: true, changes: ['node17 is admitted', 'it is verified clean first'], ids: ['h-17'] };
    const line = words('host admit node17');
    expect(await run(line, { master })).toMatchObject({
      code: 0,
      out: 'node17 is admitted\nit is verified clean first\n',
    });
    expect(await run([...line, '--dry-run'], { master })).toMatchObject({
      code: 10,
      out: 'would be: node17 is admitted\nwould be: it is verified clean first\n',
    });
    expect(await run([...line, '-q'], { master })).toMatchObject({ code: 0, out: 'h-17\n' });
    expect(JSON.parse((await run([...line, '-o', 'json'], { master })).out)).toEqual({
      changes: master.reply.changes,
      remarks: [],
      ids: ['h-17'],
      dryRun: false,
    });
    master.reply = { ok: true, changes: [], ids: [] };
    expect(await run([...line, '--dry-run'], { master })).toMatchObject({ code: 0, out: 'nothing changes\n' });
    master.reply = { ok: true, changes: [], remarks: ['the plan mode is auto already'], ids: [] };
    for (const dry of [[], ['--dry-run']])
      expect(await run([...line, ...dry], { master })).toMatchObject({
        code: 0,
        out: 'nothing changes: the plan mode is auto already\n',
      });
    master.reply = {
      ok: true,
      changes: ['node1 is leased'],
      remarks: ['node2 is not adopted: it has no agent'],
      ids: [],
    };
    expect(await run([...line, '--dry-run'], { master })).toMatchObject({
      code: 10,
      out: 'would be: node1 is leased\nnode2 is not adopted: it has no agent\n',
    });
  });

  it.each<readonly [Extract<OperatorReply, { ok: false }>['code'], number]>([
    ['INVALID_ARGUMENT', 2],
    ['NOT_FOUND', 3],
    ['ALREADY_EXISTS', 4],
    ['PERMISSION_DENIED', 4],
    ['FAILED_PRECONDITION', 4],
    ['ABORTED', 4],
    ['OVER_LIMIT', 4],
    ['RESOURCE_EXHAUSTED', 4],
    ['UNAVAILABLE', 6],
    ['UNIMPLEMENTED', 1],
  ])('tells a refusal %s on standard error and exits with %d', async (refusal, exit) => {
    const master = new FakeMaster();
    master.reply = { ok: false, code: refusal, message: 'the plan has changed; read it again: mosaic plan show' };
    expect(await run(words('plan approve p-4-88 --version 3'), { master })).toMatchObject({
      code: exit,
      out: '',
      err: 'mosaic: the plan has changed; read it again: mosaic plan show\n',
    });
  });

  it('asks a person to type the name before what cannot be taken back', async () => {
    const master = new FakeMaster();
    const line = words('framework teardown hadoop/old');
    expect(await run(line, { master, typed: 'hadoop/old' })).toMatchObject({ code: 0 });
    expect(await run(line, { master, typed: 'yes' })).toMatchObject({
      code: 1,
      err: 'mosaic: nothing was changed, because the name was not typed\n',
    });
    expect(await run([...line, '--no-input'], { master, typed: 'hadoop/old' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('to do it, add: --confirm hadoop/old'),
    });
    expect(await run(line, { master })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--confirm hadoop/old'),
    });
    expect(await run([...line, '--confirm', 'hadoop/new'], { master })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--confirm is "hadoop/new"'),
    });
    expect(master.commands).toHaveLength(1);
  });

  it('answers no plan that was not read', async () => {
    const master = new FakeMaster({ plan: () => ({ kind: 'plan', plan: views.plan }) });
    expect(await run(words('plan approve'), { master })).toMatchObject({
      code: 2,
      err: expect.stringContaining('mosaic plan approve p-4-88 --version 3'),
    });
    expect(await run(words('plan reject p-4-88'), { master })).toMatchObject({ code: 2 });
    expect(
      await run(words('plan approve'), { master: new FakeMaster({ plan: () => ({ kind: 'plan', plan: null }) }) }),
    ).toMatchObject({ code: 3 });
    const answered: readonly [Partial<typeof views.plan>, string][] = [
      [{ status: 'done' }, 'p-4-88, is done (mode approve)\n  mosaic plan show\n'],
      [{ status: 'done', mode: 'auto' }, 'p-4-88, is done (mode auto)\n  mosaic plan mode approve\n'],
      [{ mode: 'observe' }, 'p-4-88, is only shown (mode observe)\n  mosaic plan mode approve\n'],
    ];
    for (const [change, said] of answered) {
      master.answers = { plan: () => ({ kind: 'plan', plan: { ...views.plan, ...change } }) };
      expect(await run(words('plan approve p-4-88'), { master })).toMatchObject({
        code: 4,
        err: `mosaic: no plan waits for an answer; the newest, ${said}`,
      });
    }
    expect(master.commands).toEqual([]);
  });
});

describe('reading', () => {
  const master = (): FakeMaster =>
    new FakeMaster({
      hosts: () => ({
        kind: 'hosts',
        hosts: [views.host({ name: 'node2', transition: null, phase: 'serving' }), views.host()],
        total: 300,
        nextPageToken: 'node17',
      }),
      frameworks: ({ workload }) => ({
        kind: 'frameworks',
        frameworks: workload === 'ovirt' || workload === '' ? [views.framework] : [],
      }),
      roles: () => ({ kind: 'roles', roles: [views.role(), views.role({ path: '/prod' })] }),
      demands: () => ({
        kind: 'demands',
        demands: [views.demand(), views.demand({ demandId: 'met', status: { ...views.demand().status, pending: 0 } })],
      }),
      offers: () => ({ kind: 'offers', offers: [views.offer], total: 1, nextPageToken: '' }),
      tasks: () => ({ kind: 'tasks', tasks: [views.task], total: 1, nextPageToken: '' }),
      reservations: () => ({
        kind: 'reservations',
        reservations: [views.reservation()],
        total: 1,
        nextPageToken: '',
      }),
      conditions: () => ({ kind: 'conditions', conditions: [views.condition] }),
      freezes: () => ({ kind: 'freezes', freezes: [] }),
      maintenance: () => ({ kind: 'maintenance', windows: [views.window()] }),
      transitions: () => ({ kind: 'transitions', transitions: [views.move()], total: 1, nextPageToken: '' }),
      transition: () => ({ kind: 'transition', transition: views.move() }),
      overview: () => ({ kind: 'overview', overview: views.overview() }),
      plan: () => ({ kind: 'plan', plan: null }),
      audit: () => ({ kind: 'audit', violations: [] }),
      host: ({ host }) => ({
        kind: 'not_found',
        message: `there is no host "${host}"; did you mean node17? see: mosaic host list`,
      }),
    });

  it.each<readonly [string, object]>([
    ['host', { kind: 'hosts', owner: '', state: '', rack: '', name: '', page: { limit: 200, pageToken: '' } }],
    [
      "host list --owner free --state free --rack r7 --name 'node*' --limit 5 --page node2",
      {
        kind: 'hosts',
        owner: 'free',
        state: 'free',
        rack: 'r7',
        name: 'node*',
        page: { limit: 5, pageToken: 'node2' },
      },
    ],
    [
      'task list --framework batch/main',
      { kind: 'tasks', frameworkId: 'batch/main', page: { limit: 200, pageToken: '' } },
    ],
    [
      'reservations --host node5 --role /batch --idle',
      {
        kind: 'reservations',
        host: 'node5',
        role: '/batch',
        idle: true,
        page: { limit: 200, pageToken: '' },
      },
    ],
    ['move list --ended --limit 3', { kind: 'transitions', ended: true, page: { limit: 3, pageToken: '' } }],
    ['framework list --workload ovirt', { kind: 'frameworks', workload: 'ovirt' }],
    ['move t-4-31', { kind: 'transition', transition: 't-4-31' }],
  ])('mosaic %s asks what was meant', async (line, query) => {
    const fake = master();
    expect(await run(words(line), { master: fake })).toMatchObject({ code: 0 });
    expect(fake.queries).toEqual([query]);
  });

  it.each([
    'host',
    'hosts list',
    'frameworks',
    'framework ovirt/prod',
    'framework prod',
    'role',
    'roles list',
    'quota',
    'quota show research/hadoop',
    'demand',
    'demands list',
    'offer',
    'task',
    'reservations',
    'reservation list',
    'condition',
    'conditions list',
    'freeze list',
    'move',
    'moves list',
    'workload',
    'workloads list',
    'plan',
    'audit',
    'maintenance',
    'maintenance switch-r7',
    'breaker',
    'doctor',
  ])('mosaic %s has every format', async (line) => {
    const fake = master();
    for (const format of ['table', 'wide', 'json', 'jsonl', 'yaml', 'name']) {
      const { code, out } = await run([...words(line), '-o', format], { master: fake });
      expect({ format, code }).toEqual({ format, code: 0 });
      if (format === 'json') expect(() => JSON.parse(out) as unknown).not.toThrow();
      if (format === 'jsonl')
        for (const one of out.split('\n').filter((text) => text !== '')) expect(typeof JSON.parse(one)).toBe('object');
      if (format === 'table') for (const one of out.split('\n')) expect(one.length).toBeLessThanOrEqual(80);
    }
  });

  it('prints data on standard output and words on standard error', async () => {
    const ran = await run(words('host list --owner ovirt/prod -o json'), { master: master() });
    expect(JSON.parse(ran.out)).toMatchObject({
      total: 300,
      nextPageToken: 'node17',
      hosts: [{ name: 'node2' }, { name: 'node17' }],
    });
    expect(ran.err).toBe('2 of 300 shown; next: mosaic host list --owner ovirt/prod --page node17\n');
    expect(await run(words('host list -q'), { master: master() })).toMatchObject({ out: 'node2\nnode17\n', err: '' });
  });

  it('shows the columns asked for, in their order', async () => {
    expect(await run(words('host list --columns rack,host'), { master: master() })).toMatchObject({
      out: 'rack  host\nr7    node2\nr7    node17\n',
    });
    expect(await run(words('host list --columns rak'), { master: master() })).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/--columns is "rak"; accepted are host, .*\n {2}did you mean rack\?/),
    });
    expect(await run(words('host list --columns ,'), { master: master() })).toMatchObject({ code: 2 });
  });

  it('drops columns where the terminal is narrow, and shows all with -o wide', async () => {
    const narrow = await run(words('host list'), { master: master(), env: { COLUMNS: '40' } });
    expect(narrow.out.split('\n')[0]).toBe('host    owner       state    next');
    expect((await run(words('host list -o wide'), { master: master() })).out.split('\n')[0]).toMatch(
      / total .* image .* id$/,
    );
  });

  it('keeps only what was asked for of demand', async () => {
    expect(await run(words('demand list --unmet -q'), { master: master() })).toMatchObject({
      out: 'kubernetes/east/gpu-pool\n',
    });
    expect(await run(words('demand list --framework other/one'), { master: master() })).toMatchObject({
      out: '',
      err: 'mosaic: there is no framework "other/one"\n  mosaic framework list\n',
      code: 3,
    });
    expect(
      await run(words(`demand list --framework ${views.framework.frameworkId}`), { master: master() }),
    ).toMatchObject({
      out: 'nobody asks for anything\n',
      code: 0,
    });
  });

  it('takes what was meant as a verb for a slip', async () => {
    expect(await run(words('host lst'), { master: master() })).toMatchObject({
      code: 3,
      err: expect.stringMatching(/did you mean list\?\n$/),
    });
  });

  it('exits with 3 when the thing is not there, and says what is near', async () => {
    expect(await run(words('host nod17'), { master: master() })).toMatchObject({
      code: 3,
      out: '',
      err: 'mosaic: there is no host "nod17"; did you mean node17? see: mosaic host list\n',
    });
    expect(await run(words('framework ovirt/prd'), { master: master() })).toMatchObject({
      code: 3,
      err: expect.stringContaining('did you mean ovirt/prod?'),
    });
    expect(await run(words('quota show /research/hadop'), { master: master() })).toMatchObject({
      code: 3,
      err: expect.stringContaining('did you mean /research/hadoop?'),
    });
    expect(await run(words('workload nope'), { master: master() })).toMatchObject({ code: 3 });
  });

  it('exits with 2 when the master calls the question invalid', async () => {
    const fake = new FakeMaster({
      hosts: () => ({ kind: 'invalid', message: 'state is "x"; it must be one of free' }),
    });
    expect(await run(words('host list --state x'), { master: fake })).toMatchObject({
      code: 2,
      err: 'mosaic: state is "x"; it must be one of free\n',
    });
  });

  it('exits with 1 when the audit finds a broken invariant', async () => {
    const fake = new FakeMaster({ audit: () => ({ kind: 'audit', violations: ['I2: host h-1 has two leases'] }) });
    expect(await run(['audit'], { master: fake })).toMatchObject({ code: 1, out: '✖ I2: host h-1 has two leases\n' });
  });

  it('shows again with --watch until Ctrl-C, and prints only what changed where there is no terminal', async () => {
    let asked = 0;
    const fake = new FakeMaster({
      offers: () => ({ kind: 'offers', offers: ++asked < 3 ? [views.offer] : [], total: 1, nextPageToken: '' }),
    });
    const ran = await run(words('offer list -w'), {
      master: fake,
      onSleep: (count, interrupt) => (count === 4 ? interrupt() : undefined),
    });
    expect(ran.code).toBe(130);
    expect(asked).toBe(4);
    expect(ran.out.match(/o-4-7/g)).toHaveLength(1);
    expect(ran.out).toMatch(/\n\nno open offers\n$/);
  });
});

describe('finding the master', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-cli-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const master = (): FakeMaster => new FakeMaster({ freezes: () => ({ kind: 'freezes', freezes: [] }) });
  const profile = (server: string): string => {
    const path = join(folder, 'profile.json');
    writeFileSync(path, JSON.stringify({ server, http: '', writtenBy: 'mosaic demo', pid: 1 }));
    return path;
  };

  it('takes the flag before the environment, that before the profile, that before the default', async () => {
    const path = profile('127.0.0.1:4');
    const env = { MOSAIC_SERVER: '127.0.0.1:3', MOSAIC_PROFILE: path };
    expect((await run(words('freeze list --server 127.0.0.1:2'), { master: master(), env })).addresses).toEqual([
      '127.0.0.1:2',
    ]);
    expect((await run(words('freeze list'), { master: master(), env })).addresses).toEqual(['127.0.0.1:3']);
    expect((await run(words('freeze list'), { master: master(), env: { MOSAIC_PROFILE: path } })).addresses).toEqual([
      '127.0.0.1:4',
    ]);
    expect((await run(words('freeze list'), { master: master(), env: { XDG_CONFIG_HOME: folder } })).addresses).toEqual(
      ['127.0.0.1:7600'],
    );
    expect((await run([...words('freeze list --profile'), path], { master: master() })).addresses).toEqual([
      '127.0.0.1:4',
    ]);
  });

  it('takes server and profile from a configuration file that is named', async () => {
    writeFileSync(join(folder, 'mosaic.yaml'), 'client: {server: "127.0.0.1:9"}\n');
    expect((await run(words('freeze list --config mosaic.yaml'), { master: master(), folder })).addresses).toEqual([
      '127.0.0.1:9',
    ]);
    writeFileSync(join(folder, 'mosaic.yaml'), 'client: {serfer: "127.0.0.1:9"}\n');
    expect(await run(words('freeze list --config mosaic.yaml'), { master: master(), folder })).toMatchObject({
      code: 2,
      err: expect.stringContaining('mosaic.yaml:1: client.serfer is not a known field (did you mean "server"?)'),
    });
  });

  it('exits with 6 when nobody answers, and says where it looked and what to do', async () => {
    const path = profile('127.0.0.1:4');
    const connect = async (): Promise<never> => {
      throw new AccessError('UNAVAILABLE', 'connection refused', { answered: false });
    };
    expect(await run([...words('freeze list --profile'), path], { connect })).toMatchObject({
      code: 6,
      out: '',
      err:
        `mosaic: no master answers at 127.0.0.1:4 (left in ${path} by mosaic demo)\n` +
        '  start one with `mosaic demo` or `mosaic master`, or name another with --server HOST:PORT\n',
    });
  });

  it.each([
    ['--server nowhere', '--server is "nowhere"; accepted is HOST:PORT'],
    ['--server 127.0.0.1:0', '--server is "127.0.0.1:0"'],
    ['--server 127.0.0.1:70000', '--server is "127.0.0.1:70000"'],
    ['--profile /nowhere/profile.json', '--profile is "/nowhere/profile.json"; there is no such file'],
  ])('refuses %s', async (flags, message) => {
    expect(await run([...words('freeze list'), ...words(flags)])).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    });
  });

  it('refuses a profile that Mosaic did not write', async () => {
    writeFileSync(join(folder, 'profile.json'), 'hello');
    expect(await run(words('freeze list'), { env: { MOSAIC_PROFILE: join(folder, 'profile.json') } })).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not one that Mosaic wrote'),
    });
  });
});

describe('configuration', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-cli-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('writes a file that is valid, and never over another', async () => {
    expect(await run(words('config init'), { folder })).toMatchObject({
      code: 0,
      out: `${join(folder, 'mosaic.yaml')}\n`,
      err: 'use it with: mosaic master --config mosaic.yaml\n',
    });
    const written = readFileSync(join(folder, 'mosaic.yaml'), 'utf8');
    expect(await run(words('config check --config mosaic.yaml'), { folder })).toMatchObject({ code: 0, err: '' });
    expect(await run(words('config init'), { folder })).toMatchObject({
      code: 4,
      err: expect.stringContaining('exists already and is left as it is'),
    });
    expect(readFileSync(join(folder, 'mosaic.yaml'), 'utf8')).toBe(written);
    expect((await run(words('config init --stdout'), { folder })).out).toBe(written);
    expect(await run(words('config init nowhere/mosaic.yaml'), { folder })).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be written'),
    });
  });

  it('shows what is in force and where it came from', async () => {
    writeFileSync(join(folder, 'mosaic.yaml'), 'store: memory\n');
    const env = { MOSAIC_LOG_LEVEL: 'debug', MOSAIC_STROE: 'x' };
    const { out, err, code } = await run(words('config show --config mosaic.yaml'), { folder, env });
    expect(code).toBe(0);
    expect(out).toContain('store: memory  # from mosaic.yaml:1\n');
    expect(out).toContain('  level: debug  # from MOSAIC_LOG_LEVEL\n');
    expect(err).toBe(
      'warning: MOSAIC_STROE is set in the environment and means nothing to Mosaic (did you mean MOSAIC_STORE?)\n',
    );
    expect(JSON.parse((await run(words('config show -o json'), { folder })).out)).toMatchObject({
      store: 'level',
      scheduler: { planPeriodMs: 60_000 },
    });
  });

  it('names every problem with its line', async () => {
    writeFileSync(join(folder, 'mosaic.yaml'), 'store: paper\nlisten:\n  http: here\n');
    const ran = await run(words('config check --config mosaic.yaml'), { folder });
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/^mosaic: the configuration is refused\n/);
    expect(ran.err).toContain('  mosaic.yaml:1: store is "paper"; accepted are level, memory\n');
    expect(ran.err).toContain('  mosaic.yaml:3: listen.http is "here"; accepted is HOST:PORT');
  });
});
