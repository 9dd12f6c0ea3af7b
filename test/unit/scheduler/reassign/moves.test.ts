/** Moves as frameworks, agents and operators see them: messages, leases, charges, refusals. */
import { describe, expect, it } from '@jest/globals';
import type { Blocker } from '../../../../scheduler/protocol.js';
import { beginJoin, freeze, holdReasons, resendSteps } from '../../../../scheduler/reassign/index.js';
import { type Bench, KUBE, OVIRT } from './bench.js';
import { asked, fleet, hosts, leaseChanges, toKube } from './move-fleet.js';

describe('a whole move', () => {
  it('asks each executor in order, tells both holders, and charges the target before it lets go of the source', () => {
    const bench = fleet();
    expect(toKube(bench)).toMatchObject({ ok: true });
    expect([hosts(bench, '/vm'), hosts(bench, '/pod')]).toEqual([
      [1, 0],
      [0, 1],
    ]);
    bench.until('h1', 'wipe');
    expect([hosts(bench, '/vm'), hosts(bench, '/pod')]).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(bench.hostRecord('h1')).toMatchObject({ mode: 'free', clean: false, leaseId: null });
    bench.until('h1', 'prepare');
    expect([hosts(bench, '/vm'), hosts(bench, '/pod')]).toEqual([
      [0, 0],
      [1, 0],
    ]);
    bench.until('h1', 'the end');
    expect(bench.place('h1')).toBe('completed');
    expect(asked(bench, `framework/${OVIRT}`)).toEqual(['forecast ovirt', 'drain ovirt', 'leave ovirt']);
    expect(asked(bench, 'agent/h1')).toEqual(['wipe ovirt', 'verify_clean ovirt', 'prepare kubernetes']);
    expect(asked(bench, `framework/${KUBE}`)).toEqual(['join kubernetes', 'verify kubernetes']);
    expect(leaseChanges(bench, OVIRT)).toEqual(['changed leaving', 'ended leaving']);
    expect(leaseChanges(bench, KUBE)).toEqual(['granted joining', 'changed serving']);
    const lease = bench.core.state.leases.get(bench.hostRecord('h1').leaseId ?? '');
    expect(lease).toMatchObject({
      frameworkId: KUBE,
      phase: 'serving',
      servingSinceMs: bench.core.nowMs,
      origin: 'claimed',
    });
    expect(bench.hostRecord('h1').transitionId).toBeNull();
    expect(bench.transition('h1').history.map((outcome) => outcome.step)).toEqual([
      'forecast',
      'drain',
      'leave',
      'wipe',
      'verify_clean',
      'offer',
      'prepare',
      'join',
      'verify',
    ]);
  });

  it('a claim of a free host starts at prepare', () => {
    const bench = fleet();
    const { leaseId } = beginJoin(bench.core, 'h2', KUBE, '/pod', 'd1', null);
    bench.until('h2', 'the end');
    expect(bench.place('h2')).toBe('completed');
    expect(asked(bench, 'agent/h2')).toEqual(['prepare kubernetes']);
    expect(bench.hostRecord('h2')).toMatchObject({ mode: 'leased', leaseId });
    expect(bench.transition('h2')).toMatchObject({ from: null, requestedBy: `framework:${KUBE}`, demandId: 'd1' });
  });

  it('a failed join takes the host out again, cleans it of the target, and leaves it free', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'join');
    bench.answer('h1', 'refused', { message: 'no such cluster' });
    expect(leaseChanges(bench, KUBE)).toEqual(['granted joining', 'changed leaving']);
    bench.until('h1', 'the end');
    expect(bench.place('h1')).toBe('returned_free');
    expect(asked(bench, `framework/${KUBE}`)).toEqual(['join kubernetes', 'leave kubernetes']);
    expect(asked(bench, 'agent/h1').slice(-2)).toEqual(['wipe kubernetes', 'verify_clean kubernetes']);
    expect(bench.hostRecord('h1')).toMatchObject({ mode: 'free', clean: true, leaseId: null, transitionId: null });
    expect([hosts(bench, '/vm'), hosts(bench, '/pod')]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('a failed drain gives the host back to its holder, which then is left alone for a while', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'drain');
    bench.answer('h1', 'failed', { message: 'vm db2 is pinned' });
    bench.answer('h1', 'done');
    expect(bench.place('h1')).toBe('rolled_back');
    expect(leaseChanges(bench, OVIRT)).toEqual(['changed leaving', 'changed serving']);
    expect(bench.core.state.leases.get('l-h1')).toMatchObject({ phase: 'serving', servingSinceMs: 1 });
    expect(bench.hostRecord('h1').coolDownUntilMs).toBe(bench.core.nowMs + 900_000);
    expect(holdReasons(bench.core, 'h1')).toEqual(['COOL_DOWN']);
    expect([hosts(bench, '/vm'), hosts(bench, '/pod')]).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });

  it('a host that cannot be proved clean is quarantined with the reason, and released through a wipe', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'verify_clean');
    bench.answer('h1', 'refused', { message: 'dirty: /var/lib/longhorn holds volumes' });
    expect(bench.hostRecord('h1')).toMatchObject({
      mode: 'quarantined',
      quarantineReason: 'dirty: /var/lib/longhorn holds volumes',
    });
    expect(bench.core.state.conditions.get('HOST_DIRTY|h1')?.remedy).toBe('mosaic host release h1');
    expect(bench.transition('h1').word).toBe('gave up');
    bench.move('h1', null);
    expect(bench.place('h1')).toBe('wipe asked');
    bench.until('h1', 'the end');
    expect(bench.hostRecord('h1')).toMatchObject({ mode: 'free', clean: true, quarantineReason: '' });
    expect(bench.core.state.conditions.has('HOST_DIRTY|h1')).toBe(false);
  });

  it('admitting an unclaimed host never wipes it', () => {
    const bench = fleet();
    bench.host('h3', { mode: 'unclaimed' });
    bench.move('h3', null);
    bench.until('h3', 'the end');
    expect(asked(bench, 'agent/h3')).toEqual(['verify_clean ']);
    expect(bench.hostRecord('h3')).toMatchObject({ mode: 'free', clean: true });
  });

  it('what blocks a drain is shown with its first blocker until work goes on', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'drain');
    const blockedBy: readonly Blocker[] = [
      { object: 'vm/db2', reason: 'PINNED', sinceMs: 0, message: 'pinned to this host' },
      { object: 'vm/db3', reason: 'PINNED', sinceMs: 0, message: 'pinned to this host' },
    ];
    bench.answer('h1', 'blocked', { blockedBy });
    expect(bench.transition('h1').word).toBe('blocked');
    expect(bench.core.state.conditions.get('TRANSITION_BLOCKED|h1')?.message).toBe(
      'drain of h1 is blocked by vm/db2 (PINNED) and 1 more: pinned to this host',
    );
    bench.answer('h1', 'running', { updateNo: 2 });
    expect(bench.transition('h1').word).toBe('working');
    expect(bench.core.state.conditions.has('TRANSITION_BLOCKED|h1')).toBe(false);
  });

  it('an undo that keeps failing is blocked after three tries, gives up after ten, and keeps the lease', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'drain');
    bench.answer('h1', 'failed');
    for (let tries = 1; tries <= 10; tries += 1) {
      expect(bench.place('h1')).toBe('cancel_drain asked');
      bench.answer('h1', 'failed', { message: 'engine is down' });
      if (tries < 10) {
        expect(bench.transition('h1')).toMatchObject({ tries, word: tries < 3 ? 'waits for time' : 'blocked' });
        expect(bench.core.state.conditions.has('TRANSITION_BLOCKED|h1')).toBe(tries >= 3);
        // 5 s, 10 s, 20 s, … at most 10 minutes
        const pauseMs = bench.transition('h1').notBeforeMs - bench.core.nowMs;
        expect(pauseMs).toBe(Math.min(600_000, 5_000 * 2 ** (tries - 1)));
        bench.pass(pauseMs);
      }
    }
    expect(bench.place('h1')).toBe('quarantined');
    expect(bench.hostRecord('h1')).toMatchObject({ mode: 'quarantined', leaseId: 'l-h1' });
    expect(bench.core.state.leases.has('l-h1')).toBe(true);
    expect(bench.core.state.conditions.get('TRANSITION_GAVE_UP|h1')?.message).toBe(
      'the move of h1 gave up at cancel_drain: engine is down',
    );
  });

  it('keeps the newest 200 ended transitions', () => {
    const bench = fleet();
    for (let time = 0; time < 205; time += 1) {
      bench.core.nowMs += 1;
      toKube(bench);
      bench.answer('h1', 'refused');
    }
    expect(bench.core.state.transitions.size).toBe(200);
    expect(bench.core.state.transitions.has(bench.transition('h1').transitionId)).toBe(true);
  });
});

describe('starting a move', () => {
  it.each<[string, (bench: Bench) => void, string, RegExp]>([
    ['while another move runs', (b) => void toKube(b), 'FAILED_PRECONDITION', /already moving \(t-1-/],
    ['without its agent', (b) => b.agent('h1', false), 'UNAVAILABLE', /agent of h1 is not connected/],
    ['without its holder', (b) => b.presence(OVIRT, false), 'UNAVAILABLE', /ovirt\/prod holds h1 and is not connected/],
    ['without its target', (b) => b.presence(KUBE, false), 'UNAVAILABLE', /kubernetes\/east is not connected/],
    ['past a limit', (b) => b.role('/pod', { limit: { hosts: 0 } }), 'OVER_LIMIT', /limit of 0 hosts/],
    [
      'while frozen',
      (b) => void freeze(b.core, 'ann', 'ovirt', 'audit', false),
      'FAILED_PRECONDITION',
      /ann froze ovirt \(audit\)/,
    ],
    [
      'to one that executes no steps',
      (b) => b.framework(KUBE, ['/pod'], false),
      'FAILED_PRECONDITION',
      /executes no steps/,
    ],
    [
      'to a role it is not in',
      (b) => b.framework(KUBE, ['/vm']),
      'INVALID_ARGUMENT',
      /not in role \/pod; it is in \/vm/,
    ],
    ['of an unclaimed host', (b) => b.host('h1', { mode: 'unclaimed' }), 'FAILED_PRECONDITION', /mosaic host admit h1/],
  ])('%s is refused in a sentence', (_when, prepare, code, message) => {
    const bench = fleet();
    prepare(bench);
    const mutations = bench.core.state.transitions.size;
    const reply = toKube(bench);
    expect(reply).toMatchObject({ ok: false, code });
    expect(reply.ok ? '' : reply.message).toMatch(message);
    expect(bench.core.state.transitions.size).toBe(mutations);
  });

  it('can be tried first', () => {
    const bench = fleet();
    expect(toKube(bench, 'h1', true)).toEqual({ ok: true, transitionId: '' });
    expect(bench.core.state.transitions.size).toBe(0);
  });

  it('of a free host goes straight to the directed offer', () => {
    const bench = fleet();
    toKube(bench, 'h2');
    bench.collect();
    expect(bench.place('h2')).toBe('offer asked');
    expect(bench.sent(`framework/${KUBE}`).at(-1)).toMatchObject({
      kind: 'offers',
      offers: [{ hostId: 'h2', demandId: 'd1' }],
    });
  });

  it('of a shared host with tasks is refused; without, it is wiped and free', () => {
    const bench = fleet();
    bench.host('h3', { mode: 'shared' });
    bench.agent('h3', true, false, 'shared');
    bench.move('h3', null);
    bench.until('h3', 'the end');
    expect(asked(bench, 'agent/h3')).toEqual(['wipe shared', 'verify_clean shared']);
    expect(bench.hostRecord('h3')).toMatchObject({ mode: 'free', clean: true });
  });
});

describe('waiting', () => {
  it('for its target to come back ends at the join deadline, and the host is taken out when it is back', () => {
    const bench = fleet();
    toKube(bench);
    bench.until('h1', 'prepare');
    bench.presence(KUBE, false);
    bench.answer('h1', 'done');
    expect(bench.place('h1')).toBe('join pending');
    bench.pass(3_600_000);
    expect(bench.transition('h1')).toMatchObject({
      step: 'leave',
      direction: 'rollback',
      stepPhase: 'pending',
      word: 'blocked',
    });
    bench.presence(KUBE, true);
    resendSteps(bench.core, `framework/${KUBE}`, false);
    bench.until('h1', 'the end');
    expect(bench.place('h1')).toBe('returned_free');
  });

  it('says why a host is held, binding reason first', () => {
    const bench = fleet();
    const lease = bench.core.state.leases.get('l-h1');
    if (lease !== undefined)
      bench.core.state.leases.put({ ...lease, origin: 'claimed', servingSinceMs: bench.core.nowMs });
    expect(holdReasons(bench.core, 'h1')).toEqual(['MIN_HOLD']);
    bench.presence(OVIRT, false);
    expect(holdReasons(bench.core, 'h1')).toEqual(['DISCONNECTED', 'MIN_HOLD']);
    expect(holdReasons(bench.core, 'h2')).toEqual([]);
    toKube(bench, 'h2');
    expect(holdReasons(bench.core, 'h2')).toEqual(['MOVING_IN']);
  });
});
