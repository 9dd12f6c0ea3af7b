import type { OperatorCommand, OperatorReply } from '../../scheduler/index.js';
import { Prng } from '../../src/scenario/index.js';
import type { World } from '../../src/simulation/world.js';
import type { SimOptions } from './options.js';

const HOUR_MS = 3_600_000;
const ROLES = ['/prod/vms', '/prod/pods', '/batch/hadoop', '/batch/tasks'];
const FRAMEWORKS = ['ovirt/prod', 'kubernetes/east', 'hadoop/night'];

/** An operator who changes quotas, moves and cordons hosts, freezes and changes their mind, at random. */
export class RandomOperator {
  /** Commands by kind and outcome. */
  readonly counts = new Map<string, number>();
  /** Hosts whose power an operator confirmed off: their leases may end without leaving. */
  readonly confirmedOff = new Set<string>();
  readonly #options: SimOptions;
  readonly #prng: Prng;
  readonly #world: World;
  #healed = false;

  constructor(options: SimOptions, world: World) {
    this.#options = options;
    this.#prng = new Prng(options.seed, 'operator');
    this.#world = world;
  }

  start(): void {
    const { operatorActionsPerHour } = this.#options;
    if (operatorActionsPerHour === 0) return;
    const again = (): void => {
      const waitMs = Math.ceil(-Math.log(1 - this.#prng.next()) * (HOUR_MS / operatorActionsPerHour));
      this.#world.clock.setTimer(waitMs, () => {
        if (this.#healed) return;
        this.#send(this.#draw());
        again();
      });
    };
    again();
  }

  /** Takes back everything that would keep the fleet from settling. */
  heal(): void {
    this.#healed = true;
    this.#repair();
  }

  /** Again until the master is there and nothing is left to repair. */
  #repair(): void {
    const loop = this.#world.loop;
    if (loop?.leading === true) {
      for (const scope of ['*', 'ovirt', 'kubernetes', 'hadoop'])
        this.#send({ kind: 'unfreeze', dryRun: false, scope });
      this.#send({ kind: 'plan_mode', dryRun: false, mode: 'auto' });
      for (const host of this.#world.hostNames) {
        this.#send({ kind: 'host_uncordon', dryRun: false, host });
        this.#send({ kind: 'host_release', dryRun: false, host });
      }
    }
    this.#world.clock.setTimer(600_000, () => {
      this.#repair();
    });
  }

  #draw(): OperatorCommand {
    const prng = this.#prng;
    const host = prng.pick(this.#world.hostNames);
    const dryRun = prng.chance(0.1);
    const to = prng.pick(FRAMEWORKS);
    const role =
      { 'ovirt/prod': '/prod/vms', 'kubernetes/east': '/prod/pods', 'hadoop/night': '/batch/hadoop' }[to] ?? '/';
    return prng.pick<() => OperatorCommand>([
      () => ({ kind: 'move', dryRun, host, to, role, hard: prng.chance(0.2), reason: 'an operator wants it' }),
      () => ({ kind: 'move', dryRun, host, to, role, hard: false, reason: 'an operator wants it' }),
      () => ({ kind: 'move_cancel', dryRun, transition: host }),
      () => ({ kind: 'move_retry', dryRun, transition: host }),
      () => ({ kind: 'host_cordon', dryRun, host, reason: 'looking at it' }),
      () => ({ kind: 'host_uncordon', dryRun, host }),
      () => ({ kind: 'host_quarantine', dryRun, host, reason: 'smells of smoke' }),
      () => ({ kind: 'host_release', dryRun, host }),
      () => ({ kind: 'host_admit', dryRun, host }),
      () => ({ kind: 'host_share', dryRun, host, shared: true }),
      () => ({ kind: 'host_share', dryRun, host, shared: true }),
      () => ({ kind: 'host_share', dryRun, host, shared: false }),
      () => this.#confirmOff(host, dryRun),
      () => ({
        kind: 'role_set',
        dryRun,
        role: prng.pick(ROLES),
        change: { weight: prng.int(1, 5), force: prng.chance(0.5) },
      }),
      () => ({
        kind: 'role_set',
        dryRun,
        role: prng.pick(ROLES),
        change: { guarantee: { hosts: prng.int(0, 5) }, force: prng.chance(0.3) },
      }),
      () => ({
        kind: 'role_set',
        dryRun,
        role: prng.pick(ROLES),
        change: { limit: { hosts: prng.int(1, 14) }, force: prng.chance(0.5) },
      }),
      () => ({ kind: 'role_set', dryRun, role: prng.pick(ROLES), change: { limit: {} } }),
      () => ({
        kind: 'freeze',
        dryRun,
        scope: prng.pick(['*', 'ovirt', 'kubernetes', 'hadoop']),
        reason: 'a release goes out',
      }),
      () => ({ kind: 'unfreeze', dryRun, scope: prng.pick(['*', 'ovirt', 'kubernetes', 'hadoop']) }),
      () => ({ kind: 'plan_mode', dryRun, mode: prng.pick(['observe', 'approve', 'auto', 'auto', 'auto'] as const) }),
      () => this.#decidePlan(dryRun),
      () => ({ kind: 'adopt', dryRun, frameworkId: to }),
    ])();
  }

  #confirmOff(host: string, dryRun: boolean): OperatorCommand {
    // An honest operator: only a machine whose power really is off is confirmed.
    const off = !this.#world.agentUp(host);
    if (off && !dryRun) this.confirmedOff.add(host);
    return { kind: 'host_confirm_off', dryRun: dryRun || !off, host };
  }

  #decidePlan(dryRun: boolean): OperatorCommand {
    const loop = this.#world.loop;
    const result = loop?.leading === true ? loop.master.query({ kind: 'plan' }) : null;
    const plan = result?.kind === 'plan' ? result.plan : null;
    const kind = this.#prng.chance(0.7) ? 'plan_approve' : 'plan_reject';
    return { kind, dryRun, planId: plan?.planId ?? 'p-0-0', version: plan?.version ?? 0 };
  }

  #send(command: OperatorCommand): void {
    const loop = this.#world.loop;
    if (loop === null) return;
    const count = (reply: OperatorReply): void => {
      const key = `${command.kind} ${reply.ok ? 'ok' : reply.code}`;
      this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    };
    void loop.command('simulated', command).then(count);
  }
}
