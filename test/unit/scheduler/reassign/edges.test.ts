/** Every edge of a transition at least once, and where it leads. The table is the machine of `edges.ts`, told by example. */
import { afterAll, describe, expect, it } from '@jest/globals';

import type { SchedulerOptions } from '../../../../scheduler/config.js';
import {
  cancelMove,
  abortMove,
  divertToFree,
  freeze,
  resendSteps,
  retryMove,
  TRANSITION_EDGES,
} from '../../../../scheduler/reassign/index.js';
import { Bench, KUBE, OVIRT } from './bench.js';

const FAST: Partial<SchedulerOptions> = {
  stepLeaseMs: 60_000,
  stepLeaseGraceMs: 10_000,
  stepRetryMs: 5_000,
  stepAttemptsMax: 3,
  drainDeadlineMs: 300_000,
  stepDeadlineMs: 300_000,
};
const LEASE_MS = 70_000;

const seen = new Set<string>();

/** h1 is held by oVirt, h2 is free, h3 is unclaimed, h4 is quarantined; Kubernetes wants hosts. */
function fleet(): Bench {
  const bench = new Bench(FAST);
  bench.framework(OVIRT, ['/']);
  bench.framework(KUBE, ['/']);
  bench.host('h1', { heldBy: OVIRT });
  bench.host('h2');
  bench.host('h3', { mode: 'unclaimed' });
  bench.host('h4', { mode: 'quarantined' });
  return bench;
}

interface Story {
  readonly edge: string;
  /** Where the host's transition stands after the story. */
  readonly place: string;
  readonly host?: string;
  readonly tell: (bench: Bench) => void;
}

function fail(bench: Bench, host: string, times: number): void {
  for (let time = 0; time < times; time += 1) {
    bench.answer(host, 'failed', { message: 'the manager said no' });
    const { notBeforeMs, outcome } = bench.transition(host);
    if (outcome === 'running') bench.pass(Math.max(0, notBeforeMs - bench.core.nowMs));
  }
}

/** Lets the move come to `step`, which is asked. */
function at(step: Parameters<Bench['until']>[1], host = 'h1', to: string | null = KUBE) {
  return (bench: Bench): void => {
    expect(bench.move(host, to)).toMatchObject({ ok: true });
    bench.until(host, step);
  };
}

function then(...acts: readonly ((bench: Bench) => void)[]): (bench: Bench) => void {
  return (bench) => acts.forEach((act) => act(bench));
}

const cancel = (bench: Bench): void =>
  void cancelMove(bench.core, bench.transition('h1').transitionId, 'operator:test');
const toShared = (bench: Bench): void => void bench.move('h1', null, { toMode: 'shared' });
const offered = then(
  at('wipe'),
  (b) => b.answer('h1', 'done'),
  (b) => b.answer('h1', 'done'),
);

const STORIES: readonly Story[] = [
  { edge: 'start->forecast', place: 'forecast asked', tell: at('forecast') },
  { edge: 'start->offer', place: 'offer asked', host: 'h2', tell: (b) => void b.move('h2', KUBE) },
  {
    edge: 'start->prepare',
    place: 'prepare asked',
    host: 'h2',
    tell: (b) => void b.move('h2', null, { toMode: 'shared' }),
  },
  { edge: 'start->wipe', place: 'wipe asked', host: 'h4', tell: (b) => void b.move('h4', null) },
  { edge: 'start->verify_clean', place: 'verify_clean asked', host: 'h3', tell: (b) => void b.move('h3', null) },

  { edge: 'forecast:done->drain', place: 'drain asked', tell: at('drain') },
  {
    edge: 'forecast:too_long->end(cancelled)',
    place: 'cancelled',
    tell: then(at('forecast'), (b) =>
      b.answer('h1', 'done', {
        forecast: { durationLowMs: 300_001, durationHighMs: 400_000, units: 9, wouldKill: [], blockers: [] },
      }),
    ),
  },
  {
    edge: 'forecast:blocked->end(cancelled)',
    place: 'cancelled',
    tell: (b) => {
      b.move('h1', KUBE, { requestedBy: 'planner' });
      const blocker = { object: 'vm db2', reason: 'PINNED', sinceMs: 0, message: 'it has a GPU' };
      b.answer('h1', 'done', {
        forecast: { durationLowMs: 1, durationHighMs: 2, units: 1, wouldKill: [], blockers: [blocker] },
      });
    },
  },
  {
    edge: 'forecast:expired->forecast',
    place: 'forecast asked',
    tell: then(at('forecast'), (b) => b.pass(LEASE_MS + 5_000)),
  },
  {
    edge: 'forecast:failed->end(cancelled)',
    place: 'cancelled',
    tell: then(at('forecast'), (b) => b.answer('h1', 'failed')),
  },
  {
    edge: 'forecast:cancel->end(cancelled)',
    place: 'cancelled',
    tell: then(at('forecast'), cancel, (b) => b.answer('h1', 'failed')),
  },

  { edge: 'drain:done->leave', place: 'leave asked', tell: at('leave') },
  { edge: 'drain:expired->drain', place: 'drain asked', tell: then(at('drain'), (b) => b.pass(LEASE_MS + 5_000)) },
  {
    edge: 'drain:failed->cancel_drain',
    place: 'cancel_drain asked',
    tell: then(at('drain'), (b) => b.answer('h1', 'refused')),
  },
  {
    edge: 'drain:deadline->cancel_drain',
    place: 'cancel_drain asked',
    tell: then(at('drain'), keepWorking(10, 30_000), (b) => b.answer('h1', 'failed', { updateNo: 99 })),
  },
  {
    edge: 'drain:cancel->cancel_drain',
    place: 'cancel_drain asked',
    tell: then(at('drain'), cancel, (b) => b.answer('h1', 'done')),
  },

  {
    edge: 'cancel_drain:done->end(rolled_back)',
    place: 'rolled_back',
    tell: then(undrain(), (b) => b.answer('h1', 'done')),
  },
  {
    edge: 'cancel_drain:failed->cancel_drain',
    place: 'cancel_drain asked',
    tell: then(undrain(), (b) => fail(b, 'h1', 1)),
  },
  {
    edge: 'cancel_drain:failed->end(quarantined)',
    place: 'quarantined',
    tell: then(undrain(), (b) => fail(b, 'h1', 10)),
  },

  { edge: 'leave:done->wipe', place: 'wipe asked', tell: at('wipe') },
  { edge: 'leave:failed->leave', place: 'leave asked', tell: then(at('leave'), (b) => fail(b, 'h1', 1)) },
  { edge: 'leave:failed->cancel_drain', place: 'cancel_drain asked', tell: then(at('leave'), (b) => fail(b, 'h1', 3)) },
  {
    edge: 'leave:cancel->cancel_drain',
    place: 'cancel_drain asked',
    tell: then(
      at('drain'),
      (b) => b.presence(OVIRT, false),
      (b) => b.answer('h1', 'done'),
      cancel,
      reconnect(OVIRT),
    ),
  },

  { edge: 'wipe:done->verify_clean', place: 'verify_clean asked', tell: at('verify_clean') },
  { edge: 'wipe:failed->wipe', place: 'wipe asked', tell: then(at('wipe'), (b) => fail(b, 'h1', 1)) },
  { edge: 'wipe:failed->end(quarantined)', place: 'quarantined', tell: then(at('wipe'), (b) => fail(b, 'h1', 3)) },

  { edge: 'verify_clean:done->offer', place: 'offer asked', tell: offered },
  { edge: 'verify_clean:done->prepare', place: 'prepare asked', tell: then(toShared, (b) => b.until('h1', 'prepare')) },
  {
    edge: 'verify_clean:done->end(completed)',
    place: 'completed',
    tell: then(at('verify_clean', 'h1', null), (b) => b.answer('h1', 'done')),
  },
  {
    edge: 'verify_clean:done->end(returned_free)',
    place: 'returned_free',
    tell: then(at('verify_clean'), cancel, (b) => b.answer('h1', 'done')),
  },
  {
    edge: 'verify_clean:failed->verify_clean',
    place: 'verify_clean asked',
    tell: then(at('verify_clean'), (b) => fail(b, 'h1', 1)),
  },
  {
    edge: 'verify_clean:failed->end(quarantined)',
    place: 'quarantined',
    tell: then(at('verify_clean'), (b) => fail(b, 'h1', 3)),
  },

  { edge: 'offer:accepted->prepare', place: 'prepare asked', tell: at('prepare') },
  { edge: 'offer:lost->end(returned_free)', place: 'returned_free', tell: then(offered, (b) => b.pass(30_000)) },
  { edge: 'offer:cancel->end(returned_free)', place: 'returned_free', tell: then(offered, cancel) },

  { edge: 'prepare:done->join', place: 'join asked', tell: at('join') },
  {
    edge: 'prepare:done->end(completed)',
    place: 'completed',
    tell: then(
      toShared,
      (b) => b.until('h1', 'prepare'),
      (b) => b.answer('h1', 'done'),
    ),
  },
  { edge: 'prepare:failed->prepare', place: 'prepare asked', tell: then(at('prepare'), (b) => fail(b, 'h1', 1)) },
  { edge: 'prepare:failed->wipe', place: 'wipe asked', tell: then(at('prepare'), (b) => fail(b, 'h1', 3)) },
  {
    edge: 'prepare:cancel->wipe',
    place: 'wipe asked',
    tell: then(at('prepare'), cancel, (b) => b.answer('h1', 'done')),
  },

  { edge: 'join:done->verify', place: 'verify asked', tell: at('verify') },
  {
    edge: 'join:failed->join',
    place: 'join asked',
    tell: then(
      at('join'),
      (b) => b.answer('h1', 'failed'),
      (b) => b.pass(5_000),
    ),
  },
  {
    edge: 'join:failed->leave(rollback)',
    place: 'leave asked',
    tell: then(at('join'), (b) => b.answer('h1', 'refused')),
  },
  {
    edge: 'join:cancel->leave(rollback)',
    place: 'leave asked',
    tell: then(at('join'), cancel, (b) => b.answer('h1', 'failed')),
  },

  {
    edge: 'verify:done->end(completed)',
    place: 'completed',
    tell: then(at('verify'), (b) => b.answer('h1', 'done')),
  },
  {
    edge: 'verify:failed->verify',
    place: 'verify asked',
    tell: then(
      at('verify'),
      (b) => b.answer('h1', 'failed'),
      (b) => b.pass(5_000),
    ),
  },
  {
    edge: 'verify:failed->leave(rollback)',
    place: 'leave asked',
    tell: then(at('verify'), keepWorking(10, 30_000), (b) => b.answer('h1', 'failed', { updateNo: 99 })),
  },
  {
    edge: 'verify:cancel->leave(rollback)',
    place: 'leave asked',
    tell: then(at('verify'), cancel, (b) => b.answer('h1', 'done')),
  },

  { edge: 'leave(rollback):done->wipe', place: 'wipe asked', tell: then(unjoin(), (b) => b.answer('h1', 'done')) },
  {
    edge: 'leave(rollback):failed->leave(rollback)',
    place: 'leave asked',
    tell: then(unjoin(), (b) => fail(b, 'h1', 1)),
  },
  {
    edge: 'leave(rollback):failed->end(quarantined)',
    place: 'quarantined',
    tell: then(unjoin(), (b) => fail(b, 'h1', 10)),
  },

  { edge: 'cancel->to free', place: 'wipe asked', tell: then(at('wipe'), cancel) },
  {
    edge: 'drain->to free',
    place: 'drain asked',
    tell: then(at('drain'), (b) => divertToFree(b.core, b.transition('h1').transitionId, 'operator:ana')),
  },
  {
    edge: 'operator:retry',
    place: 'wipe asked',
    tell: then(
      at('wipe'),
      (b) => b.answer('h1', 'failed'),
      (b) => void retryMove(b.core, b.transition('h1').transitionId),
    ),
  },
  {
    edge: 'operator:abort->end(quarantined)',
    place: 'quarantined',
    tell: then(at('wipe'), (b) => abortMove(b.core, b.transition('h1').transitionId, 'pulled out of the rack', true)),
  },

  { edge: 'attempt:asked', place: 'forecast asked', tell: at('forecast') },
  { edge: 'attempt:renewed', place: 'drain asked', tell: then(at('drain'), (b) => b.answer('h1', 'running')) },
  { edge: 'attempt:expired', place: 'drain pending', tell: then(at('drain'), (b) => b.pass(LEASE_MS)) },
  { edge: 'attempt:stopped', place: 'drain cancelling', tell: then(at('drain'), cancel) },
  {
    edge: 'attempt:sent again',
    place: 'drain asked',
    tell: then(at('drain'), (b) => resendSteps(b.core, `framework/${OVIRT}`)),
  },
  { edge: 'attempt:unknown after restart', place: 'drain asked', tell: then(at('drain'), (b) => b.restart()) },
  {
    edge: 'attempt:late done',
    place: 'leave asked',
    tell: then(
      at('drain'),
      (b) => b.pass(LEASE_MS),
      (b) => b.answer('h1', 'done'),
    ),
  },
  {
    edge: 'attempt:duplicate ignored',
    place: 'drain asked',
    tell: then(
      at('drain'),
      (b) => b.answer('h1', 'running'),
      (b) => b.answer('h1', 'running'),
    ),
  },
  {
    edge: 'attempt:stale ignored',
    place: 'wipe asked',
    tell: then(at('leave'), (b) => {
      const { peerId, request } = b.lastRequest('h1');
      const done = {
        transitionId: request.transitionId,
        step: request.step,
        attempt: request.attempt,
        updateNo: 1,
        state: 'done',
        progressMilli: 1000,
        message: '',
        blockedBy: [],
        forecast: null,
      } as const;
      b.update(peerId, done);
      b.update(peerId, done);
    }),
  },
  {
    edge: 'attempt:alien refused',
    place: 'drain asked',
    tell: then(at('drain'), (b) => b.answer('h1', 'done', { attempt: 77 })),
  },

  { edge: 'wait:back-off', place: 'wipe pending', tell: then(at('wipe'), (b) => b.answer('h1', 'failed')) },
  {
    edge: 'wait:executor',
    place: 'leave pending',
    tell: then(
      at('drain'),
      (b) => b.presence(OVIRT, false),
      (b) => b.answer('h1', 'done'),
    ),
  },
  {
    edge: 'wait:host lost',
    place: 'leave pending',
    tell: then(
      at('drain'),
      (b) => b.agent('h1', false, true),
      (b) => b.answer('h1', 'done'),
    ),
  },
  {
    edge: 'wait:frozen',
    place: 'leave pending',
    tell: then(
      at('drain'),
      (b) => void freeze(b.core, 'ann', 'ovirt', 'a test', false),
      (b) => b.answer('h1', 'done'),
    ),
  },
];

/** The executor reports progress every `everyMs`, so that its step lease never ends. */
function keepWorking(times: number, everyMs: number): (bench: Bench) => void {
  return (bench) => {
    for (let time = 1; time <= times; time += 1) {
      bench.pass(everyMs);
      bench.answer('h1', 'running', { updateNo: time });
    }
  };
}

function reconnect(frameworkId: string): (bench: Bench) => void {
  return (bench) => {
    bench.presence(frameworkId, true);
    resendSteps(bench.core, `framework/${frameworkId}`, false);
  };
}

function undrain(): (bench: Bench) => void {
  return then(at('drain'), (bench) => bench.answer('h1', 'failed'));
}

function unjoin(): (bench: Bench) => void {
  return then(at('join'), (bench) => bench.answer('h1', 'refused'));
}

describe('edges of a transition', () => {
  it.each(STORIES)('$edge leads to: $place', ({ edge, place, host, tell }) => {
    const bench = fleet();
    tell(bench);
    bench.collect();
    bench.edges().forEach((name) => seen.add(name));
    expect(bench.edges()).toContain(edge);
    expect(bench.place(host ?? 'h1')).toBe(place);
  });

  it('the table above names every edge exactly once', () => {
    expect(STORIES.map((story) => story.edge).sort()).toEqual([...TRANSITION_EDGES].sort());
  });

  afterAll(() => {
    expect([...seen].sort()).toEqual([...TRANSITION_EDGES].sort());
  });
});
