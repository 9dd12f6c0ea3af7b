import type { HostView, OperatorCommand, ReclaimPolicy } from '../../scheduler/index.js';
import type { Prng } from '../../src/scenario/index.js';
import type { World } from '../../src/simulation/world.js';
import { hostsOf } from './hosts-of.js';
import { TASK_ROLE } from './task-framework.js';

export const SCOPES = ['*', 'ovirt', 'kubernetes', 'hadoop'] as const;
const ROLES = ['/prod/vms', '/prod/pods', '/batch/hadoop', '/batch/tasks'];
const TARGETS = [
  { to: 'ovirt/prod', role: '/prod/vms' },
  { to: 'kubernetes/east', role: '/prod/pods' },
  { to: 'hadoop/night', role: '/batch/hadoop' },
  { to: 'free', role: '' },
  { to: 'shared', role: '' },
] as const;
const GIB = 1024 ** 3;
const REASON = 'an operator wants it';

const SHARE = { kind: 'move', to: 'shared', role: '', hard: false, reason: REASON } as const;

/** Draws one command of a restless operator; half of them make no sense now and have to be refused. */
export function drawCommand(prng: Prng, world: World): OperatorCommand {
  const host = prng.pick(world.hostNames);
  const dryRun = prng.chance(0.1);
  return prng.pick<() => OperatorCommand>([
    () => move(prng, dryRun, host),
    () => move(prng, dryRun, host),
    () => ({ ...SHARE, dryRun, host }),
    () => move(prng, dryRun, anyFreeHost(prng, world) ?? host),
    () => give(prng, dryRun, host),
    () => ({ kind: 'move_cancel', dryRun, transition: host }),
    () => ({ kind: 'move_retry', dryRun, transition: host }),
    () => ({ kind: 'host_cordon', dryRun, host, reason: 'looking at it' }),
    () => ({ kind: 'host_uncordon', dryRun, host }),
    () => ({ kind: 'host_quarantine', dryRun, host, reason: 'smells of smoke' }),
    () => ({ kind: 'host_release', dryRun, host }),
    () => ({ kind: 'host_admit', dryRun, host }),
    () => ({ kind: 'host_share', dryRun, host: anyFreeHost(prng, world) ?? host, shared: true }),
    () => ({ kind: 'host_share', dryRun, host, shared: true }),
    () => ({ kind: 'host_share', dryRun, host, shared: false }),
    () => drawReservation(prng, world),
    () => ({ kind: 'role_set', dryRun, role: prng.pick(ROLES), change: { weight: prng.int(1, 5), force: true } }),
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
    () => applyQuota(prng, dryRun),
    () => applyQuota(prng, dryRun),
    () => ({
      kind: 'role_set',
      dryRun,
      role: '/batch/urgent',
      change: { guarantee: { cpusMilli: prng.int(1, 8) * 4_000 }, force: true },
    }),
    () => ({ kind: 'role_set', dryRun, role: '/batch/tasks', change: { reclaim: reclaimPolicy(prng) } }),
    () => sliceQuota(prng, dryRun),
    () => ({ kind: 'freeze', dryRun, scope: prng.pick(SCOPES), reason: 'a release goes out' }),
    () => ({ kind: 'unfreeze', dryRun, scope: prng.pick(SCOPES) }),
    () => ({ kind: 'plan_mode', dryRun, mode: prng.pick(['observe', 'approve', 'auto', 'auto', 'auto'] as const) }),
    () => decidePlan(prng, world, dryRun),
    () => ({ kind: 'adopt', dryRun, frameworkId: prng.pick(TARGETS).to }),
    () => ({ kind: 'peer_release', dryRun, peer: prng.chance(0.5) ? host : prng.pick(TARGETS).to }),
  ])();
}

/** Several roles as one; what one gives up another may get. */
function applyQuota(prng: Prng, dryRun: boolean): OperatorCommand {
  const [from, to] = prng.chance(0.5) ? ['/prod/vms', '/prod/pods'] : ['/batch/hadoop', '/prod/vms'];
  const roles = [
    { role: from, change: { guarantee: { hosts: prng.int(0, 2) }, weight: prng.int(1, 4) } },
    { role: to, change: { guarantee: { hosts: prng.int(0, 5) }, priority: prng.int(0, 2) } },
    { role: '/batch/tasks', change: { reclaim: reclaimPolicy(prng), weight: prng.int(0, 4) } },
  ];
  return { kind: 'quota_apply', dryRun, roles, ...(prng.chance(0.4) ? { force: true } : {}) };
}

function reclaimPolicy(prng: Prng): ReclaimPolicy {
  const kind = prng.chance(0.8) ? 'hard' : 'soft';
  return { kind, graceMs: 0, deadlineMs: prng.int(0, 2) * 20_000, movesPerRound: prng.int(0, 6), minHoldMs: -1 };
}

/** Quota of what tasks are charged, lent in full, in part or not at all. */
function sliceQuota(prng: Prng, dryRun: boolean): OperatorCommand {
  const cpusMilli = prng.int(0, 16) * 4_000;
  const change = prng.pick([
    { limit: { cpusMilli: cpusMilli + 4_000 } },
    { guarantee: { cpusMilli }, lendingLimit: { cpusMilli: prng.int(0, cpusMilli) } },
    { guarantee: { cpusMilli }, borrowingLimit: { cpusMilli: prng.int(0, 32_000) } },
    { guarantee: {}, lendingLimit: {}, borrowingLimit: {}, limit: {} },
  ]);
  return { kind: 'role_set', dryRun, role: '/batch/tasks', change: { ...change, force: prng.chance(0.5) } };
}

function move(prng: Prng, dryRun: boolean, host: string): OperatorCommand {
  return { kind: 'move', dryRun, host, ...prng.pick(TARGETS), hard: prng.chance(0.2), reason: REASON };
}

/** Straight to a framework or to the shared hosts, whoever wants the host. */
export function give(prng: Prng, dryRun: boolean, host: string): OperatorCommand {
  return {
    kind: 'move',
    dryRun,
    host,
    ...prng.pick(TARGETS.filter(({ to }) => to !== 'free')),
    hard: false,
    reason: REASON,
  };
}

export function anyFreeHost(prng: Prng, world: World): string | null {
  return anyHost(prng, world, ({ mode, transition }) => mode === 'free' && transition === null);
}

function anyHost(prng: Prng, world: World, suits: (host: HostView) => boolean): string | null {
  const suiting = hostsOf(world).filter(suits);
  return suiting.length === 0 ? null : prng.pick(suiting).name;
}

/** Keeps some of a shared host, now and then more than it has, for whoever may be there to use it; or ends that again. */
export function drawReservation(prng: Prng, world: World): OperatorCommand {
  const dryRun = prng.chance(0.1);
  const ids = reservationIds(world);
  if (prng.chance(0.4)) {
    const reservation = ids.length === 0 ? 'r-0-0' : prng.pick(ids);
    const quantities = prng.chance(0.3) ? { cpusMilli: prng.int(1, 4) * 1_000 } : {};
    return { kind: 'unreserve', dryRun, reservation, resources: { quantities, ports: [] } };
  }
  const host = anyHost(prng, world, ({ mode }) => mode === 'shared') ?? prng.pick(world.hostNames);
  const role = prng.chance(0.7) ? TASK_ROLE : prng.pick(ROLES);
  const quantities = { cpusMilli: prng.int(1, 24) * 1_000, memoryBytes: prng.int(0, 48) * GIB };
  return { kind: 'reserve', dryRun, host, role, resources: { quantities, ports: [] }, reason: REASON };
}

export function reservationIds(world: World): readonly string[] {
  const loop = world.loop;
  if (loop?.leading !== true) return [];
  const page = { limit: 1_000, pageToken: '' };
  const found = loop.master.query({ kind: 'reservations', host: '', role: '', idle: false, page });
  return found.kind === 'reservations' ? found.reservations.map(({ reservationId }) => reservationId) : [];
}

function decidePlan(prng: Prng, world: World, dryRun: boolean): OperatorCommand {
  const loop = world.loop;
  const result = loop?.leading === true ? loop.master.query({ kind: 'plan' }) : null;
  const plan = result?.kind === 'plan' ? result.plan : null;
  const kind = prng.chance(0.7) ? 'plan_approve' : 'plan_reject';
  return { kind, dryRun, planId: plan?.planId ?? 'p-0-0', version: plan?.version ?? 0 };
}
