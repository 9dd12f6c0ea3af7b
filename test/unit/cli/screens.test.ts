// What a person sees on a terminal of 80 × 24: the bytes go through a real terminal emulator.
import { describe, expect, it } from '@jest/globals';
import { FakeMaster, NOW_MS, run, screenOf } from './support.js';
import * as views from './views.js';

/** The screen after one command against a master that answers with the sample views. */
async function screen(
  line: string,
  change: Partial<FakeMaster['answers']> = {},
  world: { columns?: number; rows?: number } = {},
): Promise<readonly string[]> {
  const master = new FakeMaster({
    overview: () => ({ kind: 'overview', overview: views.overview() }),
    host: () => ({ kind: 'host', host: views.host() }),
    why: () => ({ kind: 'why', why: views.why }),
    transition: () => ({ kind: 'transition', transition: views.move() }),
    plan: () => ({ kind: 'plan', plan: views.plan }),
    ...change,
  });
  const ran = await run([...line.split(' ').filter((word) => word !== ''), '--utc'], { master, tty: true, ...world });
  expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
  return screenOf(ran.out, world.columns ?? 80, world.rows ?? 24);
}

describe('mosaic', () => {
  it('shows owners, pools, moves, needs and unmet demand on one screen', async () => {
    expect(await screen('')).toEqual([
      'mosaic 1.2.3 · term 4 · 1,000 hosts, 998 connected · plans auto        10:07:31Z',
      'owner            hosts  guar  limit  serving  moving  need  why',
      'ovirt/prod         402   400    500      398      -4     0  has all it asks for',
      'kubernetes/east    361   300      -      352      +4    12  MIN_HOLD: waiting:…',
      'hadoop/night       180   100    400      180       0   120  DISCONNECTED: its f…',
      '(nobody)            57                                      41 free, 7 quaranti…',
      'free 41 · shared 9 · 3 open offers · 12 tasks · 212 moves completed',
      'quarantined 7 (mosaic host list --state quarantined)',
      'lost 2 (mosaic host list --state lost)',
      '',
      'moving 2  (mosaic move list)',
      '● node17  ovirt/prod → kubernetes/east  drain 40%     5m     6 VMs left',
      '▲ node9   ovirt/prod → kubernetes/east  drain         5m     waits for you',
      '',
      'needs you 1  (mosaic condition list)',
      '▲ vm-db2 is pinned to node9 → mosaic why node9',
      '',
      'unmet demand 1  (mosaic demand list)',
      '  kubernetes/east/gpu-pool  8 of 12 missing  [MIN_HOLD] 8 hosts lent, back by 1…',
    ]);
  });

  it('says so when it is frozen or recovering', async () => {
    const overview = views.overview({
      recovering: true,
      freezes: [{ scope: 'ovirt', by: 'ana', reason: 'storage upgrade', sinceMs: NOW_MS - 600_000 }],
      needsYou: [{ subject: 'ovirt', message: 'FROZEN: ana froze ovirt', remedy: 'mosaic unfreeze --workload ovirt' }],
    });
    const lines = await screen('', { overview: () => ({ kind: 'overview', overview }) });
    expect(lines.slice(1, 3)).toEqual([
      '◌ recovering: nothing is planned until enough hosts have reported again',
      '▲ frozen: ovirt, by ana for 10m: storage upgrade (mosaic unfreeze --workload ov…',
    ]);
    // What the banner says is not said twice.
    expect(lines.join('\n')).not.toContain('needs you');
  });

  it('fits the screen at any size: longer lists end with the command that shows the rest', async () => {
    const overview = views.overview({
      owners: Array.from({ length: 60 }, (_, index) =>
        views.owner({ owner: `ovirt/c${String(index)}`, wanted: index === 59 ? 500 : 402 }),
      ),
      moving: Array.from({ length: 200 }, (_, index) =>
        views.move({ transitionId: `t-${String(index)}`, hostName: `node${String(index)}` }),
      ),
      needsYou: Array.from({ length: 90 }, (_, index) => ({
        subject: `node${String(index)}`,
        message: 'x',
        remedy: 'mosaic why x',
      })),
      unmet: Array.from({ length: 100 }, (_, index) => views.demand({ demandId: `d${String(index)}` })),
    });
    const lines = await screen('', { overview: () => ({ kind: 'overview', overview }) });
    expect(lines[0]).toMatch(/^mosaic 1\.2\.3/);
    expect(lines.length).toBeLessThan(24);
    // Whoever needs most is shown, wherever the list has it.
    expect(lines.join('\n')).toContain('ovirt/c59');
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^and \d+ more \(mosaic framework list\)$/),
        expect.stringMatching(/^moving 200 {2}\(\d shown; all: mosaic move list\)$/),
      ]),
    );
  });

  it('says what to do when nobody is there yet', async () => {
    const overview = views.overview({
      owners: [],
      moving: [],
      needsYou: [],
      unmet: [],
      hostsTotal: 0,
      hostsConnected: 0,
      hostsLost: 0,
      offersOpen: 0,
      tasksRunning: 0,
      movesCompleted: 0,
      hostsByMode: { unclaimed: 0, free: 0, leased: 0, shared: 0, quarantined: 0 },
    });
    expect(await screen('', { overview: () => ({ kind: 'overview', overview }) }, { columns: 100 })).toEqual([
      'mosaic 1.2.3 · term 4 · 0 hosts · plans auto                                               10:07:31Z',
      'nobody holds or asks for hosts yet: frameworks connect to the address of the master',
      'free 0 · 0 moves completed',
    ]);
  });
});

describe('mosaic host NAME', () => {
  it('shows who, why, what moves and what is wrong on one screen', async () => {
    expect(await screen('host node17', {}, { rows: 30 })).toEqual([
      'node17  ovirt/prod  drain',
      '  held by     ovirt/prod in role /prod/vms (adopted, leaving), lease l-4-9',
      '  serving     1d1h, since 2026-08-20 09:07Z',
      '  mode        leased for 1d2h',
      '  agent       connected',
      '  load        0 tasks, 0 open offers',
      '  total       cpus=64 memory=256GiB',
      '  free        -',
      '  shape       standard, eu / z1 / r7',
      '  image       quay.io/fleet/base@sha256:1f3a',
      '  identity    uuid 4c4c4544-0042-3510-8052-b4c04f4d4732, serial B5QRMG2',
      '  macs        52:54:00:12:34:56',
      '  attributes  arch=x86_64 disk=nvme',
      '  id          h-17',
      '',
      'moving',
      '  move    t-4-31  ovirt/prod → kubernetes/east',
      '  now     drain 40%: 6 VMs left',
      '  state   ● working',
      '  why     east is below its guarantee',
      '  follow  mosaic move watch t-4-31',
      '',
      'conditions',
      '  ! drain is blocked by vm-db2 [TRANSITION_BLOCKED] → mosaic why node17',
      '',
      'why: mosaic why node17',
    ]);
  });

  it('says why a host is set aside', async () => {
    const host = views.host({
      mode: 'quarantined',
      owner: '',
      leaseId: '',
      role: '',
      transition: null,
      conditions: [],
      quarantineReason: 'two machines have its uuid',
      lost: true,
      connected: false,
      lastSeenMs: NOW_MS - 90_000,
    });
    const lines = await screen('host node17', { host: () => ({ kind: 'host', host }) });
    expect(lines[0]).toBe('node17  quarantined  lost');
    expect(lines).toEqual(
      expect.arrayContaining(['  quarantined  two machines have its uuid', '  agent        lost: last seen 1m30s ago']),
    );
  });
});

describe('mosaic why THING', () => {
  it('puts the binding reason first and says what would change it', async () => {
    expect(await screen('why demand kubernetes/east/gpu-pool')).toEqual([
      'kubernetes/east waits 14m for 12 hosts (shape gpu-a, all or nothing)',
      '◌ waits for time',
      '',
      '1 because       6 hosts fit but are in minimum hold until 11:20 (14m) [MIN_HOLD]',
      '2 also          41 free hosts: 30 lack a gpu, 11 stand in rack r7,    [NO_MATCH]',
      '                which the demand excludes',
      '',
      'would change it mosaic quota set /prod/pods --guarantee hosts=312',
      'or              wait 1h12m until the hold ends',
    ]);
  });
});

describe('mosaic move THING', () => {
  it('shows the steps, what blocks, and when it ends', async () => {
    const transition = views.move({
      word: 'waits for you',
      blockedBy: [{ object: 'vm/db2', reason: 'PINNED', sinceMs: NOW_MS - 60_000, message: 'pinned to this host' }],
    });
    expect(await screen('move node17', { transition: () => ({ kind: 'transition', transition }) })).toEqual([
      'node17  ovirt/prod → kubernetes/east  t-4-31',
      'why  east is below its guarantee (by planner, plan p-4-88)',
      '',
      '✔ forecast      2s',
      '▲ drain         4m58s   40%, 6 VMs left',
      '○ leave · wipe · verify_clean · offer · prepare · join · verify',
      '',
      'blocked by',
      '  ■ vm/db2: pinned to this host [PINNED], for 1m',
      '',
      'state     ▲ waits for you',
      'drain     4m to 9m for 15 units (forecast)',
      'deadline  10:32:31Z, in 25m',
      'next      mosaic why t-4-31',
    ]);
  });

  it('calls complete only what the new owner holds and has verified', async () => {
    const ended = { step: 'verify', endedMs: NOW_MS, deadlineMs: 0, forecast: null, message: '' } as const;
    const done = await screen('move t-4-31', {
      transition: () => ({ kind: 'transition', transition: views.move({ ...ended, outcome: 'completed' }) }),
    });
    expect(done.at(-1)).toBe('✔ complete after 5m: kubernetes/east holds the verified host (10:07:31Z)');
    const back = await screen('move t-4-31', {
      transition: () => ({
        kind: 'transition',
        transition: views.move({ ...ended, outcome: 'rolled_back', word: 'gave up' }),
      }),
    });
    expect(back.at(-1)).toBe('✖ rolled back after 5m (10:07:31Z)');
  });
});

describe('mosaic plan', () => {
  it('shows each line with its reason and price, and how to answer exactly this version', async () => {
    expect(await screen('plan')).toEqual([
      'plan p-4-88 version 3  proposed  mode approve  made 10:06:31Z',
      '2 moves',
      'host    from        to               price  reclaim  why',
      'node17  ovirt/prod  kubernetes/east    11m  yes      east is below its guarantee',
      'node3   free        hadoop/night        4m           free and wanted',
      '',
      'why not more',
      '  · 6 hosts are in minimum hold until 11:20',
      '',
      'approve mosaic plan approve p-4-88 --version 3',
      'reject  mosaic plan reject p-4-88 --version 3',
    ]);
  });
});

describe('a terminal without colours or other characters', () => {
  const colors = /\u001b\[/;
  const answers = { overview: () => ({ kind: 'overview' as const, overview: views.overview() }) };

  it('has colours only where there is a terminal that wants them', async () => {
    const master = new FakeMaster(answers);
    expect((await run([], { master, tty: true })).out).toMatch(colors);
    expect((await run([], { master })).out).not.toMatch(colors);
    expect((await run(['--no-color'], { master, tty: true })).out).not.toMatch(colors);
    expect((await run([], { master, tty: true, env: { NO_COLOR: '1' } })).out).not.toMatch(colors);
    expect((await run([], { master, tty: true, env: { TERM: 'dumb' } })).out).not.toMatch(colors);
  });

  it('has only ASCII with --ascii, and where the locale says so', async () => {
    const ascii = /^[\x00-\x7f]*$/;
    const master = new FakeMaster(answers);
    expect((await run([], { master })).out).not.toMatch(ascii);
    expect((await run(['--ascii'], { master })).out).toMatch(ascii);
    expect((await run([], { master, env: { LANG: 'C' } })).out).toMatch(ascii);
  });

  it('cannot be commanded by names that come from other machines', async () => {
    const host = views.host({ name: 'node\u001b[2J\u0007x', conditions: [] });
    const master = new FakeMaster({ host: () => ({ kind: 'host', host }) });
    const { out } = await run(['host', 'x', '--no-color'], { master, tty: true });
    expect(out).toContain('node?[2J?x');
    expect(out).not.toContain('\u001b');
  });
});

describe('mosaic reservations', () => {
  it('shows age, use and maker of each, idle ones among them', async () => {
    const reservations = [
      views.reservation(),
      views.reservation({ reservationId: 'r-4-13', tasks: 0, by: 'framework:batch/main', reason: '' }),
    ];
    const lines = await screen('reservations', {
      reservations: () => ({ kind: 'reservations', reservations, total: 2, nextPageToken: '' }),
    });
    expect(lines[0]).toMatch(/^reservation +host +role +reserved +use +age/);
    expect(lines[1]).toMatch(/^r-4-12 +node5 +\/batch .* 1 task +3h/);
    expect(lines[2]).toMatch(/^r-4-13 +node5 +\/batch .* idle +3h/);
  });

  it('stand on the screen of their host', async () => {
    const host = views.host({ mode: 'shared', transition: null, conditions: [], reservations: [views.reservation()] });
    expect((await screen('host node17', { host: () => ({ kind: 'host', host }) })).join('\n')).toContain(
      'r-4-12: cpus=4 memory=8GiB ports=8000-8009 for role /batch',
    );
  });
});
