// What is asked of the master to be shown, how it is shown, and how that exits.
import { describe, expect, it } from '@jest/globals';
import { FakeMaster, run, words } from './support.js';
import * as views from './views.js';

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
