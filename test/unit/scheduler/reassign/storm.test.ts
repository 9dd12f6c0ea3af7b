/**
 * Moves under a storm of everything that can happen to them, from a seed: executors that fail, refuse, lie, answer late or
 * go away, restarts, freezes, cancels, retries, lost hosts. Safety after every event; once the storm is over every move
 * ends, and every host stands where its record says.
 */
import { describe, expect, it } from '@jest/globals';

import { auditAll } from '../../../../scheduler/invariants.js';
import {
  abortMove,
  cancelMove,
  executorGone,
  freeze,
  resendSteps,
  retryMove,
  TRANSITION_EDGES,
  unfreeze,
} from '../../../../scheduler/reassign/index.js';
import type { StepState } from '../../../../scheduler/protocol.js';
import type { TransitionRecord } from '../../../../scheduler/state/records.js';
import { sfc32 } from '../../../support/seeded-random.js';
import { Bench, KUBE, OVIRT, updateFor } from './bench.js';

const SEEDS = 60;
const EVENTS = 150;
const HOSTS = ['h1', 'h2', 'h3', 'h4', 'h5'];
const FRAMEWORKS = [OVIRT, KUBE];
const ANSWERS: readonly StepState[] = [
  ...Array<StepState>(8).fill('done'),
  'running',
  'blocked',
  'failed',
  'failed',
  'refused',
];

function fleet(): Bench {
  const bench = new Bench({
    stepLeaseMs: 20_000,
    stepLeaseGraceMs: 5_000,
    stepRetryMs: 1_000,
    drainDeadlineMs: 90_000,
  });
  for (const framework of FRAMEWORKS) bench.framework(framework, ['/']);
  bench.host('h1', { heldBy: OVIRT });
  bench.host('h2', { heldBy: OVIRT });
  bench.host('h3', { heldBy: KUBE });
  bench.host('h4');
  bench.host('h5', { mode: 'unclaimed' });
  bench.core.timers.set('plan', Number.MAX_SAFE_INTEGER);
  return bench;
}

class Storm {
  readonly bench = fleet();
  readonly #random: ReturnType<typeof sfc32>;
  readonly #away = new Set<string>();

  constructor(seed: number) {
    this.#random = sfc32(seed);
  }

  /** A whole number from 0 to `last`. */
  #upTo(last: number): number {
    return Math.floor(this.#random.next() * (last + 1));
  }

  #pick<T>(of: readonly T[]): T {
    const found = of[this.#upTo(of.length - 1)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  event(): void {
    const { bench } = this;
    const { core } = bench;
    const host = this.#pick(HOSTS);
    const id = core.state.hosts.get(host)?.transitionId ?? '';
    switch (this.#upTo(20)) {
      case 0:
        if (this.#upTo(3) === 0) bench.move(host, null, { toMode: 'shared' });
        else bench.move(host, this.#pick([...FRAMEWORKS, null]), { hard: this.#upTo(3) === 0 });
        break;
      case 15:
      case 16:
      case 17:
      case 18:
      case 1:
      case 2:
      case 3:
      case 4:
        this.#answer(host, this.#pick(ANSWERS));
        break;
      case 5:
        if ([...core.state.offersByHost.get(host)].length > 0) bench.accept(host);
        break;
      case 6:
        bench.pass(1 + this.#upTo(40_000));
        break;
      case 7:
        this.#toggle(this.#pick(this.#away.size > 0 ? [...this.#away] : FRAMEWORKS));
        break;
      case 8:
        this.#toggle(this.#pick(this.#away.size > 0 ? [...this.#away] : HOSTS));
        break;
      case 9:
        cancelMove(core, id, 'operator:test');
        break;
      case 10:
        retryMove(core, id);
        break;
      case 11:
        if (this.#upTo(3) === 0) freeze(core, 'ann', this.#pick(['*', 'ovirt']), 'storm', false);
        else for (const scope of ['*', 'ovirt']) unfreeze(core, 'ann', scope, '', false);
        break;
      case 12:
        if (this.#upTo(5) === 0) abortMove(core, id, 'pulled', this.#upTo(1) === 0);
        break;
      case 13:
        for (let steps = this.#upTo(9); steps > 0; steps -= 1) this.#work(host);
        this.#stubborn(host);
        break;
      case 14:
        for (let steps = this.#upTo(9); steps > 0; steps -= 1) this.#work(host);
        this.#busy(host);
        break;
      case 19:
        for (let steps = this.#upTo(8); steps > 0; steps -= 1) this.#work(host);
        break;
      default:
        if (this.#upTo(2) === 0) this.#restart();
    }
    bench.runTimers();
  }

  /** The executor answers what it was asked last; sometimes it lies about the attempt, or somebody else answers. */
  #answer(host: string, state: StepState): void {
    const { bench } = this;
    if (!bench.wasAsked(host)) return;
    const { peerId, request } = bench.lastRequest(host);
    const attempt = request.attempt - (this.#upTo(7) === 0 ? 1 : 0);
    const by = this.#upTo(15) === 0 ? this.#pick([`framework/${OVIRT}`, 'agent/h4']) : peerId;
    bench.update(by, { ...updateFor(request, state), attempt, updateNo: 1 + this.#upTo(8) });
  }

  /** Everyone does what the host needs next, if they are there. */
  #work(host: string): void {
    const { bench } = this;
    if ([...bench.core.state.offersByHost.get(host)].length > 0) bench.accept(host);
    else if (this.#running(host)?.stepPhase === 'asked' && bench.wasAsked(host))
      bench.answer(host, 'done', { updateNo: 50 });
  }

  /** The executor fails the step that the host is at, time after time. */
  #stubborn(host: string): void {
    const step = this.#running(host)?.step;
    for (let time = 0; time < 12 && this.#running(host)?.step === step; time += 1) {
      this.#answer(host, 'failed');
      this.bench.pass(Math.max(0, (this.#running(host)?.notBeforeMs ?? 0) - this.bench.core.nowMs));
    }
  }

  /** The executor is busy past any deadline. */
  #busy(host: string): void {
    const { bench } = this;
    for (let time = 1; time < 12 && this.#running(host)?.stepPhase === 'asked' && bench.wasAsked(host); time += 1) {
      const durationLowMs = this.#upTo(1) * 10 ** 9;
      const forecast = { durationLowMs, durationHighMs: 10 ** 9, units: 1, wouldKill: [], blockers: [] };
      bench.answer(host, time === 11 ? 'done' : 'running', { updateNo: 20 + time, forecast });
      bench.pass(10_000);
    }
  }

  #running(host: string): TransitionRecord | undefined {
    return this.bench.core.state.transitions.get(this.bench.hostRecord(host).transitionId ?? '');
  }

  #toggle(name: string): void {
    const { bench } = this;
    const isHost = HOSTS.includes(name);
    const peerId = isHost ? `agent/${name}` : `framework/${name}`;
    const back = this.#away.delete(name);
    if (!back) this.#away.add(name);
    if (isHost) bench.agent(name, back, !back && this.#upTo(1) === 0);
    else bench.presence(name, back);
    if (back) resendSteps(bench.core, peerId, this.#upTo(1) === 0);
    else executorGone(bench.core, peerId);
  }

  #restart(): void {
    this.#away.clear();
    this.bench.restart();
    this.bench.core.timers.set('plan', Number.MAX_SAFE_INTEGER);
  }

  /** Everyone is back and does what it is asked. @returns whether every move ended */
  calm(): boolean {
    const { bench } = this;
    for (const scope of ['*', 'ovirt']) unfreeze(bench.core, 'ann', scope, '', false);
    for (const name of this.#away) {
      if (HOSTS.includes(name)) bench.agent(name, true);
      else bench.presence(name, true);
    }
    for (let round = 0; round < 200; round += 1) {
      const running = [...bench.core.state.runningTransitions.get('running')];
      if (running.length === 0) return true;
      for (const id of running) {
        const host = bench.core.state.transitions.get(id)?.hostId ?? '';
        if ([...bench.core.state.offersByHost.get(host)].length > 0) bench.accept(host);
        if (bench.wasAsked(host) && bench.lastRequest(host).request.transitionId === id) bench.answer(host, 'done');
      }
      bench.pass(5_000);
    }
    return false;
  }

  /** What must be true now, as sentences about what is not. */
  violations(): readonly string[] {
    // Waiting for lost hosts, offers and plans is the business of parts that are not driven here.
    return auditAll(this.bench.core)
      .filter(
        (violation) => !violation.message.includes('never be declared lost') && violation.subject !== 'the allocator',
      )
      .map((violation) => `${violation.invariant} ${violation.subject} ${violation.message}`);
  }
}

describe('moves in a storm', () => {
  const seen = new Set<string>();

  it.each(Array.from({ length: SEEDS }, (_, at) => at + 1))(
    'seed %i: safe throughout, and every move ends after it',
    (seed) => {
      const storm = new Storm(seed);
      for (let at = 0; at < EVENTS; at += 1) {
        storm.event();
        expect({ at, violations: storm.violations() }).toEqual({ at, violations: [] });
      }
      expect(storm.calm()).toBe(true);
      expect(storm.violations()).toEqual([]);
      for (const host of storm.bench.core.state.hosts.values()) {
        expect(host.transitionId).toBeNull();
        const lease = storm.bench.core.state.leases.get(host.leaseId ?? '');
        // What was shared stays so; everything else ended in a place of its own.
        if (host.mode === 'leased') expect(lease?.phase).toBe('serving');
        if (host.mode === 'free') expect(lease).toBeUndefined();
      }
      storm.bench.edges().forEach((edge) => seen.add(edge));
    },
  );

  it('the storms take nearly every edge between them', () => {
    // What needs ten failures in a row, or a cancel at the right moment, may not come about; edges.test.ts has those.
    const missed = TRANSITION_EDGES.filter((edge) => !seen.has(edge));
    expect(missed.length).toBeLessThanOrEqual(12);
  });
});
