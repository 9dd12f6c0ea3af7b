// What each command asks of the master, what it prints where, and how it exits.
import { describe, expect, it } from '@jest/globals';
import type { OperatorReply } from '../../../src/cli/operator-access.js';
import { FakeMaster, run, words } from './support.js';
import * as views from './views.js';

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
