// Maintenance, drains, the breaker and the doctor: what they ask, what they print, how they exit.
import { describe, expect, it } from '@jest/globals';
import { FakeMaster, NOW_MS, run } from './support.js';
import * as views from './views.js';

const MINUTE = 60_000;
const windows = () => ({ kind: 'maintenance' as const, windows: [views.window()] });

describe('mosaic maintenance', () => {
  it('sets a window with times from now, moments, and the defaults of the master', async () => {
    const master = new FakeMaster();
    await run(['maintenance', 'set', 'w', 'node17', '--from', '2h', '--for', '90m', '--reason', 'new switch'], {
      master,
    });
    await run(
      [
        'maintenance',
        'set',
        'w',
        'node[1-2]',
        '--from',
        '2026-12-01T22:00Z',
        '--until',
        '2026-12-02T00:00Z',
        '--hard',
        '--drain-before',
        '3h',
      ],
      { master },
    );
    await run(['maintenance', 'set', 'w', 'node17', '--from', 'now', '--no-drain', '--keep-cordoned', '--dry-run'], {
      master,
    });
    const startsMs = NOW_MS + 120 * MINUTE;
    const base = { reason: '', drain: true, hard: false, keepCordoned: false };
    expect(master.commands).toEqual([
      {
        kind: 'maintenance_set',
        dryRun: false,
        window: {
          ...base,
          name: 'w',
          hosts: ['node17'],
          startsMs,
          endsMs: startsMs + 90 * MINUTE,
          reason: 'new switch',
        },
      },
      {
        kind: 'maintenance_set',
        dryRun: false,
        window: {
          ...base,
          name: 'w',
          hosts: ['node1', 'node2'],
          startsMs: Date.UTC(2026, 11, 1, 22),
          endsMs: Date.UTC(2026, 11, 2),
          hard: true,
          drainBeforeMs: 180 * MINUTE,
        },
      },
      {
        kind: 'maintenance_set',
        dryRun: true,
        window: {
          ...base,
          name: 'w',
          hosts: ['node17'],
          startsMs: NOW_MS,
          endsMs: 0,
          drain: false,
          keepCordoned: true,
        },
      },
    ]);
  });

  it.each([
    [['--for', '1h'], /^mosaic: --from is missing; say when it begins/],
    [['--from', 'soon'], /^mosaic: --from is "soon"; accepted is now, a time from now such as 10m or 2h, or a moment/],
    [['--from', '1h', '--for', '1h', '--until', '3h'], /^mosaic: --for and --until both say when it ends/],
    [['--from', '2h', '--until', '1h'], /^mosaic: --until is "1h", which is not after --from "2h"/],
    [['--from', '2h', '--no-drain', '--drain-before', '1h'], /^mosaic: --drain-before says when to drain/],
  ])('refuses %j in a sentence', async (flags, message) => {
    const master = new FakeMaster();
    const { code, err } = await run(['maintenance', 'set', 'w', 'node17', ...flags], { master });
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(master.commands).toEqual([]);
  });

  it('lists windows and shows one with its hosts', async () => {
    const master = new FakeMaster({ maintenance: windows });
    const list = await run(['maintenance', 'list', '--utc'], { master, columns: 100 });
    expect(list.out).toContain('switch-r7');
    expect(list.out).toMatch(/announced .* 2h .* 2 /);
    const one = await run(['maintenance', 'switch-r7', '--utc'], { master });
    expect(one.out).toContain('node17 node18');
    expect(one.out).toContain('30m before it begins');
    const none = await run(['maintenance', 'show', 'switch-r8'], { master });
    expect(none.code).toBe(3);
    expect(none.err).toContain('switch-r7');
    expect((await run(['maintenance', 'list', '-o', 'json'], { master })).out).toContain('"startsMs"');
    const empty = new FakeMaster({ maintenance: () => ({ kind: 'maintenance', windows: [] }) });
    expect((await run(['maintenance'], { master: empty })).out).toBe('no maintenance is announced\n');
  });

  it('deletes a window', async () => {
    const master = new FakeMaster();
    await run(['maintenance', 'delete', 'w', '--dry-run'], { master });
    expect(master.commands).toEqual([{ kind: 'maintenance_delete', name: 'w', dryRun: true }]);
  });
});

describe('mosaic host drain', () => {
  it('says how, or ends it', async () => {
    const master = new FakeMaster();
    await run(['host', 'drain', 'node17'], { master });
    await run(
      ['host', 'drain', 'node17', '--hard', '--deadline', '10m', '--grace', '30s', '--reason', 'x', '--dry-run'],
      { master },
    );
    await run(['host', 'drain', 'node17', '--cancel'], { master });
    expect(master.commands).toEqual([
      { kind: 'host_drain', host: 'node17', reason: '', hard: false, dryRun: false },
      {
        kind: 'host_drain',
        host: 'node17',
        reason: 'x',
        hard: true,
        deadlineMs: 600_000,
        graceMs: 30_000,
        dryRun: true,
      },
      { kind: 'host_drain_cancel', host: 'node17', dryRun: false },
    ]);
    const both = await run(['host', 'drain', 'node17', '--cancel', '--hard'], { master });
    expect(both.code).toBe(2);
    expect(both.err).toContain('--hard says how to drain, but --cancel ends the drain');
  });

  it('is shown with the host', async () => {
    const drain = {
      phase: 'draining' as const,
      by: 'operator:ana',
      reason: 'ana: new disk',
      hard: true,
      sinceMs: NOW_MS - 5 * MINUTE,
      deadlineMs: NOW_MS + 25 * MINUTE,
      left: 'the lease of ovirt/prod',
      waitsFor: 'MOVE_BUDGET: 2 moves are in flight',
    };
    const host = views.host({
      transition: null,
      conditions: [],
      cordoned: true,
      cordonReason: 'ana: new disk',
      drain,
      maintenance: 'w',
    });
    const master = new FakeMaster({ host: () => ({ kind: 'host', host }) });
    const { out } = await run(['host', 'node17'], { master, columns: 120 });
    expect(out).toContain('leased, draining');
    expect(out).toMatch(/draining for 5m, hard, due in 25m, the lease of ovirt\/prod left:\s+ana: new disk/);
    expect(out).toContain('MOVE_BUDGET');
    expect(out).toContain('window w (mosaic maintenance show w)');
  });
});

describe('mosaic breaker', () => {
  const condition = {
    kind: 'MASS_FAILURE' as const,
    subject: 'fleet',
    sinceMs: NOW_MS - MINUTE,
    message: '103 hosts are silent',
    remedy: 'mosaic breaker reset',
  };

  it('says whether it is open', async () => {
    const closed = new FakeMaster({ conditions: () => ({ kind: 'conditions', conditions: [] }) });
    expect((await run(['breaker'], { master: closed })).out).toBe('the breaker is closed\n');
    const open = new FakeMaster({ conditions: () => ({ kind: 'conditions', conditions: [condition] }) });
    expect((await run(['breaker', 'show'], { master: open, columns: 120 })).out).toContain('103 hosts are silent');
  });

  it('is reset only by who means it', async () => {
    const master = new FakeMaster();
    const unsure = await run(['breaker', 'reset', '--no-input'], { master });
    expect(unsure.code).toBe(2);
    expect(unsure.err).toContain('--confirm gone');
    await run(['breaker', 'reset', '--dry-run'], { master });
    await run(['breaker', 'reset', '--confirm', 'gone'], { master });
    expect(master.commands).toEqual([
      { kind: 'breaker_reset', dryRun: true },
      { kind: 'breaker_reset', dryRun: false },
    ]);
  });

  it('is what the doctor looks at first when it is open', async () => {
    const master = new FakeMaster({
      overview: () => ({ kind: 'overview', overview: views.overview() }),
      conditions: () => ({ kind: 'conditions', conditions: [condition] }),
      audit: () => ({ kind: 'audit', violations: [] }),
    });
    const { code, out } = await run(['doctor'], { master });
    expect(code).toBe(0);
    expect(out).toContain('breaker: 103 hosts are silent');
    expect(out).toContain('hosts: 2 of 1000 are away, 2 of them lost');
    expect(out).toContain('invariants: all hold');
  });
});

describe('mosaic doctor', () => {
  it('exits 1 when an invariant is broken, and says which', async () => {
    const master = new FakeMaster({
      overview: () => ({ kind: 'overview', overview: views.overview({ needsYou: [] }) }),
      conditions: () => ({ kind: 'conditions', conditions: [] }),
      audit: () => ({ kind: 'audit', violations: ['I2 host node17: is leased but has no lease'] }),
    });
    const { code, out } = await run(['doctor'], { master });
    expect(code).toBe(1);
    expect(out).toContain('invariants: I2 host node17: is leased but has no lease');
    const json = JSON.parse((await run(['doctor', '-o', 'json'], { master })).out) as { findings: unknown[] };
    expect(json.findings).toContainEqual({
      check: 'invariants',
      state: 'broken',
      text: 'I2 host node17: is leased but has no lease',
      remedy: '',
    });
  });
});
