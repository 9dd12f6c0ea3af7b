/** Attempts are fenced: nothing new starts while an old attempt may still act, and nothing old moves a transition. */
import { describe, expect, it } from '@jest/globals';

import {
  abortMove,
  executorGone,
  freeze,
  onStepUpdate,
  resendSteps,
  retryMove,
  unfreeze,
} from '../../../../scheduler/reassign/index.js';
import { Bench, KUBE, OVIRT, updateFor } from './bench.js';

// Step lease 60 s + 10 s grace, back-off 5 s, 3 tries: the defaults.
const LEASE_MS = 70_000;
const SOURCE = `framework/${OVIRT}`;

function drainAsked(): Bench {
  const bench = new Bench();
  bench.framework(OVIRT, ['/']);
  bench.framework(KUBE, ['/']);
  bench.host('h1', { heldBy: OVIRT });
  bench.move('h1', KUBE);
  bench.until('h1', 'drain');
  return bench;
}

function requests(bench: Bench): readonly string[] {
  return bench.effects.flatMap((effect) =>
    effect.kind === 'send' && effect.message.kind === 'step_request'
      ? [`${effect.message.request.step}#${effect.message.request.attempt}`]
      : [],
  );
}

describe('fencing', () => {
  it('an attempt number never repeats within a transition, also when a step comes twice', () => {
    const bench = drainAsked();
    bench.until('h1', 'join');
    bench.answer('h1', 'refused');
    bench.until('h1', 'the end');
    expect(bench.place('h1')).toBe('returned_free');
    const asked = requests(bench);
    // wipe and leave each came twice: forward for the source, back for the target.
    expect(asked.filter((one) => one.startsWith('wipe'))).toHaveLength(2);
    expect(asked.filter((one) => one.startsWith('leave'))).toHaveLength(2);
    const numbers = asked.map((one) => one.slice(one.indexOf('#') + 1));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('no new attempt starts before the lease of the old one has ended, with grace', () => {
    const bench = drainAsked();
    const before = requests(bench).length;
    bench.pass(LEASE_MS - 1);
    expect(bench.place('h1')).toBe('drain asked');
    expect(requests(bench)).toHaveLength(before);
    bench.pass(1 + 5_000);
    expect(requests(bench).slice(before)).toEqual(['drain#3']); // forecast#1, drain#2, drain#3
  });

  it('an update extends the lease and is answered with a renewal that names it', () => {
    const bench = drainAsked();
    bench.pass(50_000);
    bench.answer('h1', 'running', { updateNo: 4, progressMilli: 300 });
    expect(bench.sent(SOURCE).at(-1)).toMatchObject({
      kind: 'step_renew',
      renew: { updateNo: 4, validForMs: 60_000, attempt: 2 },
    });
    bench.pass(LEASE_MS - 1);
    expect(bench.place('h1')).toBe('drain asked');
    expect(bench.core.state.progress.get(bench.transition('h1').transitionId)).toMatchObject({
      progressMilli: 300,
      lastUpdateNo: 4,
    });
  });

  it('an attempt that is being stopped gets no renewal, and its end is awaited', () => {
    const bench = drainAsked();
    const { deadlineMs } = bench.transition('h1');
    let updateNo = 0;
    while (bench.core.nowMs + 30_000 < deadlineMs) {
      bench.pass(30_000);
      bench.answer('h1', 'running', { updateNo: (updateNo += 1) });
    }
    bench.pass(deadlineMs - bench.core.nowMs);
    expect(bench.place('h1')).toBe('drain cancelling');
    expect(bench.kinds(SOURCE).at(-1)).toBe('step_cancel');
    bench.answer('h1', 'running', { updateNo: updateNo + 1 });
    expect(bench.kinds(SOURCE).at(-1)).toBe('step_cancel');
    const { leaseUntilMs } = bench.transition('h1');
    bench.pass(leaseUntilMs - bench.core.nowMs - 1);
    expect(bench.place('h1')).toBe('drain cancelling');
    bench.pass(1);
    expect(bench.place('h1')).toBe('cancel_drain asked');
  });

  it('a drain that is done although its deadline just passed counts as done', () => {
    const bench = drainAsked();
    const { deadlineMs } = bench.transition('h1');
    let updateNo = 0;
    while (bench.core.nowMs < deadlineMs) {
      bench.pass(30_000);
      bench.answer('h1', 'running', { updateNo: (updateNo += 1) });
    }
    expect(bench.place('h1')).toBe('drain cancelling');
    bench.answer('h1', 'done');
    expect(bench.place('h1')).toBe('leave asked');
  });

  it('a second DONE of the same attempt changes nothing', () => {
    const bench = drainAsked();
    const { peerId, request } = bench.lastRequest('h1');
    bench.update(peerId, updateFor(request, 'done'));
    const after = bench.transition('h1');
    bench.update(peerId, updateFor(request, 'done'));
    expect(bench.transition('h1')).toBe(after);
    expect(bench.kinds(SOURCE)).not.toContain('error');
  });

  it('a late FAILED of an expired attempt does not count twice', () => {
    const bench = drainAsked();
    bench.pass(LEASE_MS);
    const { tries } = bench.transition('h1');
    bench.answer('h1', 'failed');
    expect(bench.transition('h1').tries).toBe(tries);
    expect(bench.place('h1')).toBe('drain pending');
  });

  it('an executor that goes away keeps its attempt until the lease ends, and gets the next one when it is back', () => {
    const bench = drainAsked();
    bench.presence(OVIRT, false);
    executorGone(bench.core, SOURCE);
    const before = requests(bench).length;
    bench.pass(LEASE_MS - 1);
    expect(bench.place('h1')).toBe('drain asked');
    bench.pass(60_000);
    expect(bench.place('h1')).toBe('drain pending');
    expect(bench.transition('h1').word).toBe('blocked');
    expect(requests(bench)).toHaveLength(before);
    bench.presence(OVIRT, true);
    resendSteps(bench.core, SOURCE, false);
    expect(requests(bench).slice(before)).toEqual([]); // not collected yet
    bench.collect();
    expect(requests(bench).slice(before)).toEqual(['drain#3']);
  });

  it('a peer without memory is sent the same attempt again', () => {
    const bench = drainAsked();
    bench.pass(60_000);
    bench.answer('h1', 'running', { updateNo: 7 });
    resendSteps(bench.core, SOURCE);
    bench.collect();
    expect(requests(bench).slice(-2)).toEqual(['drain#2', 'drain#2']);
    // It counts its updates anew.
    bench.answer('h1', 'running', { updateNo: 1 });
    expect(bench.kinds(SOURCE).at(-1)).toBe('step_renew');
  });

  it('after a restart the answer to the attempt that was out still counts', () => {
    const bench = drainAsked();
    bench.restart();
    expect(bench.place('h1')).toBe('drain asked');
    bench.answer('h1', 'done');
    expect(bench.place('h1')).toBe('leave asked');
  });

  it('after a restart the attempt that was out is taken to run for a whole lease', () => {
    const bench = drainAsked();
    bench.pass(LEASE_MS - 1);
    bench.restart();
    const before = requests(bench).length;
    bench.pass(LEASE_MS - 1);
    expect(bench.place('h1')).toBe('drain asked');
    bench.pass(1 + 5_000);
    expect(requests(bench).slice(before)).toEqual(['drain#3']);
  });

  it('a directed offer that was open at a restart is made again', () => {
    const bench = drainAsked();
    bench.until('h1', 'verify_clean');
    bench.answer('h1', 'done');
    expect(bench.place('h1')).toBe('offer asked');
    bench.restart();
    expect(bench.core.state.offers.size).toBe(0);
    bench.runTimers();
    expect(bench.place('h1')).toBe('offer asked');
    expect(bench.core.state.offers.size).toBe(1);
    bench.until('h1', 'prepare');
    expect(bench.place('h1')).toBe('prepare asked');
  });

  it.each([
    ['another framework', `framework/${KUBE}x`, {}, 'PERMISSION_DENIED'],
    ['the target while the source drains', `framework/${KUBE}`, {}, 'INVALID_ARGUMENT'],
    ['the source about a step it was not asked for', SOURCE, { step: 'leave' as const }, 'INVALID_ARGUMENT'],
    ['the source about an attempt to come', SOURCE, { attempt: 9 }, 'INVALID_ARGUMENT'],
    ['the source about a transition that does not exist', SOURCE, { transitionId: 't-9-9' }, 'NOT_FOUND'],
  ])('%s is answered with an error and moves nothing', (_who, peerId, given, code) => {
    const bench = drainAsked();
    const before = bench.transition('h1');
    const { request } = bench.lastRequest('h1');
    bench.update(peerId, { ...updateFor(request, 'done'), ...given });
    expect(bench.sent(peerId).at(-1)).toMatchObject({ kind: 'error', code });
    expect(bench.transition('h1')).toBe(before);
  });

  it('an agent that lies about another host is shown to admins', () => {
    const bench = drainAsked();
    bench.host('h2');
    const before = bench.transition('h1');
    onStepUpdate(bench.core, 'agent/h2', updateFor(bench.lastRequest('h1').request, 'done'));
    bench.collect();
    expect(bench.transition('h1')).toBe(before);
    expect(bench.sent('agent/h2')).toEqual([]);
    expect(bench.effects.at(-1)).toMatchObject({
      kind: 'decision',
      decision: { about: 'session', subject: 'agent/h2' },
    });
  });

  it('a host that is lost in the middle waits, and goes on when it is back', () => {
    const bench = drainAsked();
    bench.until('h1', 'wipe');
    bench.agent('h1', false, true);
    bench.pass(3_600_000);
    expect(bench.place('h1')).toBe('wipe pending');
    expect(bench.transition('h1').word).toBe('blocked');
    bench.agent('h1', true);
    bench.pass(5_000);
    expect(bench.place('h1')).toBe('wipe asked');
  });
});

describe('an executor that renews its step lease for ever', () => {
  const HOUR_MS = 3_600_000;

  /** Says every 30 s that it works, whatever it is told, until the attempt is no longer out or `forMs` have passed. */
  function worksOn(bench: Bench, forMs: number): void {
    const untilMs = bench.core.nowMs + forMs;
    const { attempt } = bench.transition('h1');
    for (let updateNo = 1; bench.core.nowMs < untilMs; updateNo += 1) {
      bench.pass(Math.min(30_000, untilMs - bench.core.nowMs));
      const now = bench.transition('h1');
      if (now.outcome !== 'running' || now.attempt !== attempt || now.stepPhase === 'pending') return;
      bench.answer('h1', 'running', { updateNo });
    }
  }

  it.each(['leave', 'wipe', 'verify_clean', 'prepare'] as const)(
    'at %s is stopped after an hour; the next attempt waits until its lease and grace are over',
    (step) => {
      const bench = drainAsked();
      bench.until('h1', step);
      const { peerId } = bench.lastRequest('h1');
      worksOn(bench, HOUR_MS - 1);
      expect(bench.place('h1')).toBe(`${step} asked`);
      bench.pass(1);
      expect(bench.place('h1')).toBe(`${step} cancelling`);
      expect(bench.kinds(peerId).at(-1)).toBe('step_cancel');
      expect(bench.core.state.conditions.get('TRANSITION_BLOCKED|h1')?.message).toBe(
        `${step} of h1 is still at work after 1h, as long as an attempt may last (stepDeadlineMs): ${peerId} is told to stop`,
      );
      // It goes on to say that it works, and gets no more time.
      const { leaseUntilMs, attempt } = bench.transition('h1');
      worksOn(bench, leaseUntilMs - bench.core.nowMs - 1);
      expect(bench.place('h1')).toBe(`${step} cancelling`);
      bench.pass(1);
      expect(bench.place('h1')).toBe(`${step} pending`);
      expect(bench.transition('h1').history.at(-1)).toMatchObject({ attempt, state: 'expired' });
      bench.pass(5_000);
      expect(bench.transition('h1')).toMatchObject({ step, stepPhase: 'asked', attempt: attempt + 1, tries: 1 });
    },
  );

  it.each([
    ['leave', 'cancel_drain asked'],
    ['wipe', 'quarantined'],
    ['verify_clean', 'quarantined'],
    ['prepare', 'wipe asked'],
    ['join', 'leave asked'],
    ['verify', 'leave asked'],
  ] as const)('at %s does not hold the move for ever: after its attempts it is at %s', (step, place) => {
    const bench = drainAsked();
    bench.until('h1', step);
    for (let guard = 0; guard < 4 && bench.place('h1').startsWith(step); guard += 1) {
      worksOn(bench, 2 * HOUR_MS);
      bench.pass(20_000);
    }
    expect(bench.place('h1')).toBe(place);
  });

  it('at cancel_drain ends in quarantine, and the reason says why', () => {
    const bench = drainAsked();
    bench.answer('h1', 'failed');
    expect(bench.place('h1')).toBe('cancel_drain asked');
    for (let guard = 0; guard < 12 && bench.place('h1') !== 'quarantined'; guard += 1) {
      worksOn(bench, 2 * HOUR_MS);
      while (bench.place('h1') === 'cancel_drain pending') bench.pass(5_000);
    }
    expect(bench.place('h1')).toBe('quarantined');
    expect(bench.hostRecord('h1').quarantineReason).toMatch(/still at work after 1h, as long as an attempt may last/);
  });

  it('at a hard drain has an hour beyond its deadline, then is asked anew', () => {
    const bench = new Bench();
    bench.framework(OVIRT, ['/']);
    bench.framework(KUBE, ['/']);
    bench.host('h1', { heldBy: OVIRT });
    bench.move('h1', KUBE, { hard: true });
    bench.until('h1', 'drain');
    worksOn(bench, bench.core.options.drainDeadlineMs + HOUR_MS - 1);
    expect(bench.place('h1')).toBe('drain asked');
    bench.pass(1);
    expect(bench.place('h1')).toBe('drain cancelling');
    // Its answer to the cancel does not make it a drain that the manager gave up.
    bench.answer('h1', 'failed', { message: 'CANCELLED' });
    expect(bench.place('h1')).toBe('drain pending');
  });

  it('gains nothing by starting anew again and again', () => {
    const bench = drainAsked();
    bench.until('h1', 'leave');
    const until = bench.core.nowMs + 2 * HOUR_MS;
    while (bench.core.nowMs < until && bench.place('h1').startsWith('leave') && bench.transition('h1').tries === 0) {
      bench.pass(30_000);
      resendSteps(bench.core, SOURCE);
      bench.collect();
    }
    expect(bench.transition('h1')).toMatchObject({ step: 'leave', tries: 1 });
    expect(bench.core.nowMs).toBeLessThan(until - HOUR_MS / 2);
  });

  it('is stopped at the same time after a restart of the master', () => {
    const bench = drainAsked();
    bench.until('h1', 'leave');
    worksOn(bench, HOUR_MS / 2);
    bench.restart();
    worksOn(bench, HOUR_MS / 2 - 1);
    expect(bench.place('h1')).toBe('leave asked');
    bench.pass(1);
    expect(bench.place('h1')).toBe('leave cancelling');
  });

  it('that is done when it is told to stop has done it', () => {
    const bench = drainAsked();
    bench.until('h1', 'leave');
    worksOn(bench, HOUR_MS);
    expect(bench.place('h1')).toBe('leave cancelling');
    bench.answer('h1', 'done');
    expect(bench.place('h1')).toBe('wipe asked');
  });
});

describe('freeze', () => {
  it('lets the running step end, holds the next one, and gives it its full time afterwards', () => {
    const bench = drainAsked();
    expect(freeze(bench.core, 'ann', '*', 'change window', false)).toMatchObject({ ok: true });
    bench.answer('h1', 'done');
    expect(bench.place('h1')).toBe('leave pending');
    expect(bench.transition('h1').word).toBe('waits for you');
    bench.pass(3_600_000);
    expect(bench.place('h1')).toBe('leave pending');
    expect(bench.core.state.conditions.get('FROZEN|*')).toMatchObject({ remedy: 'mosaic unfreeze' });
    expect(unfreeze(bench.core, 'ann', '*', '', false)).toMatchObject({ ok: true });
    bench.collect();
    expect(bench.place('h1')).toBe('leave asked');
    expect(bench.core.state.conditions.has('FROZEN|*')).toBe(false);
  });

  it('survives a restart', () => {
    const bench = drainAsked();
    freeze(bench.core, 'ann', 'ovirt', 'change window', false);
    bench.answer('h1', 'done');
    bench.restart();
    bench.pass(3_600_000);
    expect(bench.place('h1')).toBe('leave pending');
    expect(bench.core.state.conditions.has('FROZEN|ovirt')).toBe(true);
  });

  it('of another workload does not concern a move', () => {
    const bench = drainAsked();
    freeze(bench.core, 'ann', 'hadoop', 'change window', false);
    bench.answer('h1', 'done');
    expect(bench.place('h1')).toBe('leave asked');
  });

  it('a join that waited frozen has its whole deadline left', () => {
    const bench = drainAsked();
    bench.until('h1', 'prepare');
    freeze(bench.core, 'ann', 'kubernetes', 'change window', false);
    bench.answer('h1', 'done');
    bench.pass(10 * 3_600_000);
    expect(bench.place('h1')).toBe('join pending');
    unfreeze(bench.core, 'ann', 'kubernetes', '', false);
    bench.collect();
    expect(bench.place('h1')).toBe('join asked');
    expect(bench.transition('h1').deadlineMs).toBe(bench.core.nowMs + 3_600_000);
  });

  it('of what is frozen already changes nothing, and another reason changes the reason', () => {
    const bench = drainAsked();
    expect(unfreeze(bench.core, 'ann', '*', '', false)).toMatchObject({ ok: false, message: 'nothing is frozen' });
    freeze(bench.core, 'ann', 'ovirt', 'change window', false);
    expect(unfreeze(bench.core, 'ann', '*', '', false)).toMatchObject({
      ok: false,
      message: 'not every workload is frozen; frozen are: ovirt',
    });
    bench.core.takeEffects();
    bench.core.state.takeMutations();
    for (const reason of ['change window', ''])
      expect(freeze(bench.core, 'bob', 'ovirt', reason, false)).toEqual({
        ok: true,
        changes: [],
        remarks: ['ovirt is frozen already (ann: change window)'],
        ids: [],
      });
    expect(bench.core.takeEffects()).toEqual([]);
    expect(bench.core.state.takeMutations()).toEqual([]);
    expect(freeze(bench.core, 'bob', 'ovirt', 'storage', false)).toMatchObject({
      changes: ['the reason for the freeze of ovirt is "storage" (was "change window")'],
    });
    expect(bench.core.state.freezes.get('ovirt')).toMatchObject({ by: 'bob', reason: 'storage' });
  });

  it('refuses a scope that is no workload, tries first, and names what is frozen when asked to end another', () => {
    const bench = drainAsked();
    expect(freeze(bench.core, 'ann', 'Not A Name', '', false)).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
    expect(freeze(bench.core, 'ann', 'ovirt', '', true)).toMatchObject({ ok: true });
    expect(bench.core.state.freezes.size).toBe(0);
    freeze(bench.core, 'ann', 'ovirt', '', false);
    expect(unfreeze(bench.core, 'ann', 'hadoop', '', false)).toEqual({
      ok: false,
      code: 'NOT_FOUND',
      message: 'hadoop is not frozen; frozen are: ovirt',
    });
  });
});

describe('a move that an operator ended where it stood', () => {
  it.each(['operator', 'restart'] as const)(
    'fences its host until the attempt that was out has run out (%s)',
    (who) => {
      const bench = drainAsked();
      bench.until('h1', 'join');
      const { transitionId, leaseUntilMs } = bench.transition('h1');
      bench.pass(10_000);
      abortMove(bench.core, transitionId, 'ana: smells', false);
      expect(bench.kinds(`framework/${KUBE}`).at(-1)).toBe('step_cancel');
      expect(bench.move('h1', null)).toMatchObject({ ok: true });
      const before = requests(bench).length;
      if (who === 'restart') bench.restart();
      const untilMs = who === 'restart' ? bench.core.nowMs + LEASE_MS : leaseUntilMs;
      bench.pass(untilMs - bench.core.nowMs - 1);
      expect(bench.place('h1')).toBe('forecast pending');
      retryMove(bench.core, bench.transition('h1').transitionId);
      expect(requests(bench)).toHaveLength(before);
      bench.pass(1);
      expect(bench.place('h1')).toBe('forecast asked');
      bench.until('h1', 'the end');
      expect(bench.hostRecord('h1')).not.toHaveProperty('fencedUntilMs');
    },
  );
});
