import { execFileSync } from 'node:child_process';
import { constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Decision, MasterMessage, QueryResult } from '../../../scheduler/index.js';
import {
  combineObservers,
  createLog,
  decisionLine,
  loggingObserver,
  Metrics,
  type MetricsSource,
} from '../../../src/observability/index.js';
import * as views from '../cli/views.js';

const moved: Decision = {
  about: 'move',
  subject: 'node17',
  text: 'node17 is drained and wipes now',
  fields: { transitionId: 't-4-31', attempt: 1 },
};

describe('a decision line', () => {
  it('reads as a sentence with its facts', () => {
    expect(decisionLine(moved)).toBe('move: node17 is drained and wipes now (transitionId=t-4-31 attempt=1)');
    expect(decisionLine({ about: 'plan', subject: 'p-1', text: 'approved by ana', fields: {} })).toBe(
      'plan p-1: approved by ana',
    );
    expect(decisionLine({ about: 'freeze', subject: '', text: 'all is frozen', fields: {} })).toBe(
      'freeze: all is frozen',
    );
  });

  it('is one line of a bounded length, whatever is in it', () => {
    const line = decisionLine({
      about: 'host',
      subject: 'a\nb',
      text: `x\u001b[2J\u2028${'y'.repeat(2_000)}`,
      fields: { 'k\r': 'v' },
    });
    expect(line).toHaveLength(500);
    expect(line).toMatch(/^host a\?b: x\?\[2J\?y+…$/);
  });
});

async function logged(
  level: 'trace' | 'info' | 'warn' | 'silent',
  write: (log: Awaited<ReturnType<typeof createLog>>) => void,
): Promise<readonly Record<string, unknown>[]> {
  const lines: string[] = [];
  const log = await createLog({
    name: 'master',
    level,
    format: 'json',
    destination: { write: (line: string) => void lines.push(line) },
  });
  write(log);
  log.flush();
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('says process, part, level and time in each line', async () => {
    const [line] = await logged('info', (log) => log.component('grpc').info({ peer: 'agent/h-1' }, 'connected'));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      process: 'master',
      component: 'grpc',
      peer: 'agent/h-1',
      msg: 'connected',
    });
  });

  it('keeps below its level and can be silent', async () => {
    expect(await logged('warn', (log) => log.logger.info('x'))).toEqual([]);
    expect(await logged('silent', (log) => log.logger.fatal('x'))).toEqual([]);
  });

  it('hides secrets', async () => {
    const [line] = await logged('info', (log) =>
      log.logger.info({ secret: 's', hello: { secretHash: 'h', token: 't' }, password: 'p' }, 'x'),
    );
    expect(line).toMatchObject({
      secret: '(hidden)',
      hello: { secretHash: '(hidden)', token: '(hidden)' },
      password: '(hidden)',
    });
  });

  it('can be written for people', async () => {
    const lines: string[] = [];
    const log = await createLog({
      name: 'master',
      level: 'info',
      format: 'pretty',
      destination: { write: (line: string) => void lines.push(line) },
    });
    log.component('core').info('leading');
    expect(lines.join('')).toMatch(/^\[\d\d:\d\d:\d\d\.\d+\] INFO: leading\n {4}component: "core"\n$/);
  });

  it('loses lines rather than its memory when nobody reads it, says how many, and holds up no end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mosaic-log-'));
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    // Open at both ends, as a pipe is whose reader is stuck. It stays open while this process runs: the log goes on
    // writing what waits, and a closed descriptor's number soon belongs to another file.
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    try {
      const log = await createLog({ name: 'master', level: 'info', format: 'json', fd });
      const text = 'x'.repeat(1_000);
      for (let n = 0; n < 6_000; n++) log.logger.info(text);
      expect(log.droppedCount).toBeGreaterThan(1_000);
      expect(log.droppedCount).toBeLessThan(3_000);
      let read = '';
      const bytes = Buffer.alloc(65_536);
      while (!read.includes('nobody read the log"')) {
        try {
          read += bytes.toString('latin1', 0, readSync(fd, bytes));
        } catch (error) {
          expect(error).toMatchObject({ code: 'EAGAIN' });
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(read).toContain(`"msg":"${log.droppedCount} lines before this one are lost: nobody read the log"`);
      for (let n = 0; n < 200; n++) log.logger.info(text);
      log.flush();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('has a line for each decision and each turn in the life of the master', async () => {
    const lines = await logged('info', (log) => {
      const observer = loggingObserver(log.component('core'));
      observer.onLeading(4);
      observer.onCommitted(1, [moved], []);
      observer.onCommit?.(10, 3);
      observer.onCommit?.(900, 3);
      observer.onStall?.(4_000);
      observer.onStallEnded?.(61_000);
      observer.onReload('the disk is full');
      observer.onEnded(new Error('another master took over'));
      observer.onEnded(null);
    });
    expect(lines.map(({ level, msg }) => `${String(level)} ${String(msg)}`)).toEqual([
      'info leading, term 4',
      'info move: node17 is drained and wipes now (transitionId=t-4-31 attempt=1)',
      'warn a commit of 3 records took 900 ms: is the disk slow?',
      'error the store does not take commits: one has been in flight for 4 s; everything waits for it',
      'warn the store takes commits again, after 61 s',
      'error memory is dropped and loaded again: the disk is full',
      'fatal ended: another master took over',
      'info stopped',
    ]);
  });
});

describe('combined observers', () => {
  it('are told in order, all of them, even when one fails', () => {
    const told: string[] = [];
    const failures: unknown[] = [];
    const observer = combineObservers(
      [
        { onLeading: (term) => void told.push(`a ${String(term)}`) },
        {
          onLeading: () => {
            throw new Error('b fails');
          },
        },
        {
          onLeading: (term) => void told.push(`c ${String(term)}`),
          onStep: (kind) => void told.push(kind),
          onEnded: () => void told.push('end'),
        },
      ],
      (error) => failures.push(error),
    );
    observer.onLeading(4);
    observer.onStep?.('tick', 0);
    observer.onCommit?.(1, 1);
    observer.onCommitted(0, [], []);
    observer.onReload('x');
    observer.onEnded(null);
    expect(told).toEqual(['a 4', 'c 4', 'tick', 'end']);
    expect(failures).toEqual([new Error('b fails')]);
  });
});

function source(change: Partial<MetricsSource> = {}): MetricsSource {
  return {
    leading: () => true,
    query: async (query): Promise<QueryResult> => {
      if (query.kind === 'overview') return { kind: 'overview', overview: views.overview() };
      if (query.kind === 'roles') return { kind: 'roles', roles: [views.role()] };
      if (query.kind === 'demands') return { kind: 'demands', demands: [views.demand()] };
      throw new Error(query.kind);
    },
    gauges: () => ({
      filters: 7,
      dirtyHosts: 2,
      movesByCause: { reclaim: 1, planner: 2, operator: 0, framework: 0, maintenance: 3 },
      heldBackHosts: 0,
      outOfUse: { draining: 4, drained: 5, cordoned: 0 },
      windows: 1,
      tasksByState: { staging: 1, running: 2, killing: 0, finished: 0, failed: 0, killed: 0, lost: 0 },
    }),
    stopwatchMs: () => 0,
    nowMs: () => 1_007,
    sessions: () => ({ connections: 5, open: 3 }),
    queueLength: () => 2,
    watchers: () => 1,
    commitAgeMs: () => 0,
    logDroppedCount: () => 0,
    ...change,
  };
}

describe('metrics', () => {
  /** Lines of the text format that are about the master, not about its process. */
  async function lines(metrics: Metrics): Promise<readonly string[]> {
    const { body, contentType } = await metrics.text();
    expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
    return body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  }

  it('show the fleet as of now', async () => {
    const shown = await lines(new Metrics(source()));
    expect(shown).toEqual(
      expect.arrayContaining([
        'mosaic_hosts{mode="free"} 41',
        'mosaic_hosts{mode="quarantined"} 7',
        'mosaic_hosts_connected 998',
        'mosaic_hosts_lost 2',
        'mosaic_owner_hosts{framework="ovirt/prod",role="/prod/vms"} 402',
        'mosaic_owner_hosts_wanted{framework="kubernetes/east",role="/prod/pods"} 373',
        'mosaic_framework_connected{framework="hadoop/night"} 0',
        'mosaic_offers_open 3',
        'mosaic_moves_running{word="working"} 1',
        'mosaic_moves_running{word="waits for you"} 1',
        'mosaic_demand_unmet{framework="kubernetes/east",reason="MIN_HOLD"} 8',
        'mosaic_needs_you 1',
        'mosaic_tasks{state="running"} 2',
        'mosaic_tasks{state="staging"} 1',
        'mosaic_connections{state="open"} 3',
        'mosaic_connections{state="opening"} 2',
        'mosaic_event_queue 2',
        'mosaic_watchers 1',
        'mosaic_leading 1',
        'mosaic_filters 7',
        'mosaic_moves_by_cause{cause="reclaim"} 1',
        'mosaic_hosts_out_of_use{phase="drained"} 5',
        'mosaic_hosts_held_back 0',
        'mosaic_maintenance_windows 1',
      ]),
    );
    expect(shown.some((line) => line.startsWith('mosaic_process_'))).toBe(true);
    expect(shown.filter((line) => /framework=""/.test(line))).toEqual([]);
  });

  it('sum up all unmet demand, however much of it an overview has room for', async () => {
    const unmet = Array.from({ length: 150 }, (_, at) => views.demand({ demandId: `d${String(at)}` }));
    const { query } = source();
    const shown = await lines(
      new Metrics(
        source({
          query: async (asked) => (asked.kind === 'demands' ? { kind: 'demands', demands: unmet } : query(asked)),
        }),
      ),
    );
    expect(shown).toContain(`mosaic_demand_unmet{framework="kubernetes/east",reason="MIN_HOLD"} ${String(150 * 8)}`);
  });

  it('forget what is no longer there', async () => {
    let overview = views.overview();
    const metrics = new Metrics(
      source({
        query: async (query) =>
          query.kind === 'overview'
            ? { kind: 'overview', overview }
            : query.kind === 'roles'
              ? { kind: 'roles', roles: [] }
              : { kind: 'demands', demands: [] },
      }),
    );
    await lines(metrics);
    overview = views.overview({ owners: [], moving: [], unmet: [] });
    const shown = await lines(metrics);
    expect(shown.filter((line) => /^mosaic_(owner|framework|moves_running|demand_unmet)/.test(line))).toEqual([]);
  });

  it('ask nothing of a master that does not lead', async () => {
    const metrics = new Metrics(
      source({ leading: () => false, query: async () => Promise.reject(new Error('asked')) }),
    );
    expect(await lines(metrics)).toContain('mosaic_leading 0');
  });

  it('count offers by what became of them', async () => {
    const metrics = new Metrics(source());
    const offer = { offerId: 'o-1' } as never;
    const send = (message: MasterMessage, causedMs?: number): void => {
      metrics.onSend({ kind: 'send', peerId: 'framework/f', message, ...(causedMs === undefined ? {} : { causedMs }) });
    };
    send({ kind: 'offers', offers: [offer, offer, offer] }, 1_000);
    send({ kind: 'rescind', offerIds: ['o-1'], reason: 'its host is lost' });
    send({ kind: 'rescind', offerIds: ['o-2', 'o-3'], reason: 'it expired' });
    metrics.probe.onOffersMade(3);
    metrics.probe.onOfferEnded('rescinded', 10);
    metrics.probe.onOfferEnded('expired', 30_000);
    metrics.probe.onOfferEnded('expired', 30_000);
    metrics.probe.onOfferEnded('accepted', 20);
    metrics.probe.onOfferEnded('accepted', 4);
    metrics.probe.onOfferEnded('declined', 4);
    const say = (message: object): void =>
      metrics.onEvent({ kind: 'framework_message', peerId: 'p', seq: 1, message: message as never });
    say({ kind: 'accept', offerIds: ['o-1', 'o-2'] });
    say({ kind: 'decline', offerIds: ['o-3'] });
    say({ kind: 'renew', offerIds: ['o-4'] });
    metrics.onEvent({ kind: 'tick' });
    expect(await lines(metrics)).toEqual(
      expect.arrayContaining([
        'mosaic_offers_total{event="made"} 3',
        'mosaic_offers_total{event="rescinded"} 1',
        'mosaic_offers_total{event="expired"} 2',
        'mosaic_offers_total{event="accepted"} 2',
        'mosaic_offers_total{event="declined"} 1',
        'mosaic_offers_total{event="renewed"} 1',
        'mosaic_offer_held_seconds_bucket{le="0.005",outcome="accepted"} 1',
        'mosaic_offer_held_seconds_count{outcome="accepted"} 2',
        'mosaic_offer_latency_seconds_bucket{le="0.006"} 0',
        'mosaic_offer_latency_seconds_bucket{le="0.008"} 1',
        'mosaic_offer_latency_seconds_count 1',
        'mosaic_messages_sent_total{kind="offers"} 1',
        'mosaic_messages_sent_total{kind="rescind"} 2',
      ]),
    );
  });

  it('measure steps, commits, and moves when they end', async () => {
    const metrics = new Metrics(source());
    const { observer } = metrics;
    observer.onLeading(4);
    observer.onStep?.('tick', 1_000);
    observer.onCommit?.(30, 2);
    observer.onReload('x');
    const history = [{ step: 'drain', state: 'done', startedMs: 0, endedMs: 60_000 }, { step: 7 }, null];
    observer.onCommitted(
      0,
      [moved, moved],
      [
        { key: 'transition/t-1', value: { outcome: 'running', startedMs: 0, endedMs: 0, history } },
        { key: 'transition/t-1', value: { outcome: 'completed', startedMs: 0, endedMs: 120_000, history } },
        { key: 'transition/t-2', value: null },
        { key: 'transition/t-3', value: { outcome: 'completed' } },
        { key: 'host/h-1', value: { outcome: 'completed', startedMs: 0, endedMs: 1 } },
      ],
    );
    expect(await lines(metrics)).toEqual(
      expect.arrayContaining([
        'mosaic_term 4',
        'mosaic_events_total{kind="tick"} 1',
        'mosaic_step_seconds_sum 0.007',
        'mosaic_commit_seconds_sum 0.03',
        'mosaic_reloads_total 1',
        'mosaic_decisions_total{about="move"} 2',
        'mosaic_mutations_total 5',
        'mosaic_moves_ended_total{outcome="completed"} 1',
        'mosaic_move_seconds_sum{outcome="completed"} 120',
        'mosaic_host_step_seconds_count{step="drain",state="done"} 1',
        'mosaic_host_step_seconds_sum{step="drain",state="done"} 60',
      ]),
    );
  });

  it('of two masters in one process are apart', async () => {
    const [a, b] = [new Metrics(source()), new Metrics(source())];
    a.observer.onReload('x');
    expect(await lines(b)).toContain('mosaic_reloads_total 0');
  });
});
