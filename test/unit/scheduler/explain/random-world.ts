// A small data center to which random things happen: everything a peer, an operator or time can do to the core.
import type { Effect, OperatorCommand, StepName } from '../../../../scheduler/index.js';
import {
  CoreHarness,
  hostsWanted,
  resources,
  slicesWanted,
  type AgentPeer,
  type FrameworkPeer,
  type StepPlay,
} from '../../../support/core-harness.js';

const STEPS: readonly StepName[] = [
  'forecast',
  'drain',
  'cancel_drain',
  'leave',
  'wipe',
  'verify_clean',
  'prepare',
  'join',
  'verify',
];
const PLAYS: readonly StepPlay[] = ['done', 'done', 'done', 'done', 'failed', 'refused', 'silent'];

/** Seeded; the same seed does the same things. */
export class RandomWorld {
  readonly harness: CoreHarness;
  readonly #agents: AgentPeer[] = [];
  readonly #frameworks: FrameworkPeer[] = [];
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
    this.harness = new CoreHarness({
      hysteresisRounds: 1,
      minHoldMs: 120_000,
      planPeriodMs: 30_000,
      coolDownMs: 60_000,
      recoveryBoundMs: 20_000,
    });
    this.#found();
  }

  /** Effects since the last call, as text. */
  takeTranscript(): string {
    return JSON.stringify(this.harness.takeEffects() satisfies readonly Effect[]);
  }

  /** Lets one random thing happen and everything settle. */
  act(): void {
    const { harness } = this;
    const roll = this.#below(100);
    if (roll < 30) harness.advance(this.#pick([10, 1_000, 7_000, 31_000, 65_000, 130_000]));
    else if (roll < 50) this.#demand();
    else if (roll < 62) this.#connection();
    else if (roll < 72) this.#replay();
    else if (roll < 92) harness.command(this.#command());
    else if (roll < 95) this.#launch();
    else if (roll < 97) this.#return();
    else this.#restart();
    harness.settle();
  }

  /** Everybody is there, answers well, and nothing is frozen: from here on things must get done. */
  heal(): void {
    for (const peer of [...this.#agents, ...this.#frameworks]) {
      peer.steps.clear();
      if (!peer.connected) peer.connect();
      peer.unanswered.length = 0;
    }
    for (const framework of this.#frameworks) framework.claims = true;
    for (const { scope } of this.harness.query({ kind: 'freezes' }).freezes)
      this.harness.must({ kind: 'unfreeze', scope, dryRun: false });
    this.harness.must({ kind: 'plan_mode', mode: 'auto', dryRun: false });
    this.harness.settle();
  }

  #found(): void {
    const { harness } = this;
    for (const role of ['/prod', '/batch', '/batch/deep'])
      harness.must({ kind: 'role_set', role, change: {}, dryRun: false });
    for (let n = 1; n <= 8; n += 1)
      this.#agents.push(
        harness.agent(`node${n}`, {
          resources: resources(4, 16),
          faultDomain: { region: 'r', zone: 'z', rack: `k${n % 3}` },
        }),
      );
    this.#frameworks.push(
      harness.framework('ovirt/prod', ['/prod']),
      harness.framework('kubernetes/east', ['/prod', '/batch']),
      harness.framework('hadoop/night', ['/batch/deep']),
      harness.framework('jobs/small', ['/batch'], false),
    );
    const [ovirt, kubernetes, hadoop] = this.#frameworks;
    ovirt?.observes(this.#agents.slice(0, 3));
    kubernetes?.observes(this.#agents.slice(3, 5));
    hadoop?.observes([]);
    harness.settle();
    harness.must({ kind: 'adopt', frameworkId: 'ovirt/prod', dryRun: false });
    harness.must({ kind: 'adopt', frameworkId: 'kubernetes/east', dryRun: false });
    for (const host of ['node6', 'node7', 'node8']) harness.command({ kind: 'host_admit', host, dryRun: false });
    harness.command({ kind: 'host_share', host: 'node8', shared: true, dryRun: false });
  }

  #demand(): void {
    const framework = this.#pick(this.#frameworks);
    if (!framework.connected) return;
    const role = this.#pick(framework.roles);
    const count = this.#below(6);
    const entry = framework.executesSteps
      ? hostsWanted('d', count, {
          priority: this.#below(3),
          allOrNothing: this.#below(5) === 0,
          deadlineMs: this.#below(8) === 0 ? 40_000 : 0,
        })
      : slicesWanted('s', count, { quantities: { cpusMilli: 1_000, memoryBytes: 2 ** 30 }, ports: [] });
    const constraints = this.#below(6) === 0 ? [{ attribute: 'gpu', op: 'exists' as const, values: [] }] : [];
    framework.wants(this.#below(6) === 0 ? [] : [{ ...entry, constraints }], role);
  }

  #connection(): void {
    const peer = this.#pick<AgentPeer | FrameworkPeer>([...this.#agents, ...this.#frameworks]);
    if (!peer.connected) peer.connect();
    else if (this.#below(3) === 0) peer.restart();
    else if (this.#below(2) === 0) peer.disconnect();
    else if ('claims' in peer) peer.claims = !peer.claims;
  }

  /** Someone plays a step otherwise from now on, or answers one that it left open. */
  #replay(): void {
    const peer = this.#pick<AgentPeer | FrameworkPeer>([...this.#agents, ...this.#frameworks]);
    peer.steps.set(this.#pick(STEPS), this.#pick(PLAYS));
    const open = this.#pick(
      [...this.#agents, ...this.#frameworks].filter((one) => one.unanswered.length > 0 && one.connected),
    );
    const request = open?.unanswered.shift();
    if (open === undefined || request === undefined) return;
    const state = this.#pick(['done', 'failed', 'running', 'blocked'] as const);
    open.answer(request, {
      state,
      updateNo: 1 + this.#below(3),
      blockedBy: state === 'blocked' ? [{ object: 'vm/x', reason: 'PINNED', sinceMs: 0, message: 'pinned' }] : [],
    });
  }

  #command(): OperatorCommand {
    const dryRun = this.#below(6) === 0;
    const host = `node${1 + this.#below(8)}`;
    const role = this.#pick(['/prod', '/batch', '/batch/deep']);
    const scope = this.#pick(['*', 'ovirt', 'kubernetes', 'hadoop']);
    const to = this.#pick(['ovirt/prod', 'kubernetes/east', 'hadoop/night', 'free', 'shared']);
    return this.#pick<OperatorCommand>([
      {
        kind: 'move',
        host,
        to,
        role: to === 'kubernetes/east' ? this.#pick(['/prod', '/batch']) : '',
        hard: false,
        reason: 'why not',
        dryRun,
      },
      {
        kind: 'move',
        host,
        to,
        role: to === 'kubernetes/east' ? '/prod' : '',
        hard: this.#below(2) === 0,
        reason: '',
        dryRun,
      },
      { kind: 'move_cancel', transition: host, dryRun },
      { kind: 'move_retry', transition: host, dryRun },
      { kind: 'role_set', role, change: { guarantee: { hosts: this.#below(4) }, force: true }, dryRun },
      {
        kind: 'role_set',
        role,
        change: {
          limit: this.#below(3) === 0 ? {} : { hosts: 1 + this.#below(6) },
          guarantee: {},
          force: this.#below(2) === 0,
        },
        dryRun,
      },
      { kind: 'role_set', role, change: { weight: 1 + this.#below(5), priority: this.#below(3) }, dryRun },
      { kind: 'freeze', scope, reason: 'works', dryRun },
      { kind: 'unfreeze', scope, dryRun },
      { kind: 'unfreeze', scope, dryRun },
      { kind: 'host_cordon', host, reason: 'fan', dryRun },
      { kind: 'host_uncordon', host, dryRun },
      { kind: 'host_quarantine', host, reason: 'odd', dryRun },
      { kind: 'host_release', host, dryRun },
      { kind: 'host_release', host, dryRun },
      { kind: 'host_admit', host, dryRun },
      { kind: 'host_confirm_off', host, dryRun },
      { kind: 'host_share', host, shared: this.#below(2) === 0, dryRun },
      { kind: 'plan_mode', mode: this.#pick(['observe', 'approve', 'auto', 'auto']), dryRun },
    ]);
  }

  #launch(): void {
    const framework = this.#pick(this.#frameworks.filter((one) => one.connected));
    const offers = framework?.received.flatMap((message) => (message.kind === 'offers' ? message.offers : [])) ?? [];
    const offer = offers.findLast((one) => !one.wholeHost);
    if (framework === undefined || offer === undefined) return;
    const taskId = `t${this.#below(1_000_000)}`;
    const each = { quantities: { cpusMilli: 500, memoryBytes: 2 ** 29 }, ports: [] };
    const spec = {
      taskId,
      name: taskId,
      resources: each,
      image: 'i',
      command: [],
      env: {},
      killGraceMs: 0,
      labels: {},
    };
    framework.say({
      kind: 'accept',
      commandId: taskId,
      offerIds: [offer.offerId],
      action: { kind: 'launch', tasks: [spec] },
    });
  }

  #return(): void {
    const framework = this.#pick(this.#frameworks.filter((one) => one.connected));
    const leases = framework?.received.flatMap((message) => (message.kind === 'lease' ? [message.lease] : [])) ?? [];
    const lease = leases.at(-1);
    if (framework === undefined || lease === undefined) return;
    framework.say({
      kind: 'return_host',
      commandId: `r${this.#below(1_000_000)}`,
      leaseId: lease.leaseId,
      reason: 'less to do',
    });
  }

  #restart(): void {
    this.harness.restart();
    for (const peer of [...this.#agents, ...this.#frameworks]) if (this.#below(8) > 0) peer.connect();
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(Math.max(1, from.length))] as T;
  }

  /** 0 to n - 1 (mulberry32). */
  #below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }
}
