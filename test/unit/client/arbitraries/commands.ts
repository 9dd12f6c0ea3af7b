/** What operators command. */
import fc from 'fast-check';
import type { OperatorCommand } from '../../../../scheduler/index.js';
import { constraint, quantities, resources } from './protocol.js';
import {
  DAY_MS,
  type Table,
  anyName,
  count,
  durationMs,
  flag,
  kindOf,
  many,
  required,
  signed,
  words,
} from './words.js';

const dryRun = { dryRun: flag };
export const reclaim = fc.record({
  kind: fc.constantFrom('soft' as const, 'hard' as const),
  graceMs: durationMs,
  deadlineMs: durationMs,
  movesPerRound: count,
  minHoldMs: fc.integer({ min: -1, max: DAY_MS }),
});
const roleChange = fc.record(
  {
    guarantee: quantities,
    limit: quantities,
    lendingLimit: quantities,
    borrowingLimit: quantities,
    weight: fc.integer({ min: 1, max: 1_000_000 }),
    priority: fc.integer({ min: -1_000, max: 1_000 }),
    reclaim,
    force: fc.constant(true),
  },
  { requiredKeys: [] },
);
const onHost = <K extends string>(kind: K) => ({ ...kindOf(kind), ...dryRun, host: required });

export const COMMANDS: Table<OperatorCommand> = {
  host_admit: fc.record(onHost('host_admit')),
  host_cordon: fc.record({ ...onHost('host_cordon'), reason: words }),
  host_uncordon: fc.record(onHost('host_uncordon')),
  host_quarantine: fc.record({ ...onHost('host_quarantine'), reason: words }),
  host_release: fc.oneof(
    fc.record(onHost('host_release')),
    fc.record({ ...onHost('host_release'), wipe: fc.constant<true>(true) }),
  ),
  host_confirm_off: fc.record(onHost('host_confirm_off')),
  host_share: fc.record({ ...onHost('host_share'), shared: flag }),
  host_drain: fc.record(
    { ...onHost('host_drain'), reason: words, hard: flag, deadlineMs: durationMs, graceMs: durationMs },
    { requiredKeys: ['kind', 'dryRun', 'host', 'reason', 'hard'] },
  ),
  host_drain_cancel: fc.record(onHost('host_drain_cancel')),
  breaker_reset: fc.record({ ...kindOf('breaker_reset'), ...dryRun }),
  maintenance_set: fc.record({
    ...kindOf('maintenance_set'),
    ...dryRun,
    window: fc.record(
      {
        name: required,
        hosts: fc.array(required, { minLength: 1, maxLength: 3 }),
        startsMs: count,
        endsMs: count,
        reason: words,
        drain: flag,
        hard: flag,
        drainBeforeMs: durationMs,
        keepCordoned: flag,
      },
      { requiredKeys: ['name', 'hosts', 'startsMs', 'endsMs', 'reason', 'drain', 'hard', 'keepCordoned'] },
    ),
  }),
  maintenance_delete: fc.record({ ...kindOf('maintenance_delete'), ...dryRun, name: required }),
  host_forget: fc.record(onHost('host_forget')),
  adopt: fc.record({ ...kindOf('adopt'), ...dryRun, frameworkId: required }),
  role_set: fc.record({ ...kindOf('role_set'), ...dryRun, role: required, change: roleChange }),
  quota_apply: fc.record(
    {
      ...kindOf('quota_apply'),
      ...dryRun,
      roles: many(fc.record({ role: required, change: roleChange })),
      force: fc.constant<true>(true),
    },
    { requiredKeys: ['kind', 'dryRun', 'roles'] },
  ),
  role_delete: fc.record({ ...kindOf('role_delete'), ...dryRun, role: required }),
  shape_set: fc.record({
    ...kindOf('shape_set'),
    ...dryRun,
    shape: required,
    rank: signed,
    constraints: many(constraint),
    minimum: quantities,
  }),
  move: fc.record({ ...onHost('move'), to: required, role: anyName, hard: flag, reason: words }),
  move_cancel: fc.record({ ...kindOf('move_cancel'), ...dryRun, transition: required }),
  move_retry: fc.record({ ...kindOf('move_retry'), ...dryRun, transition: required }),
  plan_mode: fc.record({ ...kindOf('plan_mode'), ...dryRun, mode: fc.constantFrom('observe', 'approve', 'auto') }),
  plan_approve: fc.record({ ...kindOf('plan_approve'), ...dryRun, planId: required, version: count }),
  plan_reject: fc.record({ ...kindOf('plan_reject'), ...dryRun, planId: required, version: count }),
  reserve: fc.record({ ...onHost('reserve'), role: required, resources, reason: words }),
  unreserve: fc.record({ ...kindOf('unreserve'), ...dryRun, reservation: required, resources }),
  freeze: fc.record({ ...kindOf('freeze'), ...dryRun, scope: required, reason: words }),
  unfreeze: fc.record({ ...kindOf('unfreeze'), ...dryRun, scope: required }),
  framework_teardown: fc.record({ ...kindOf('framework_teardown'), ...dryRun, frameworkId: required }),
  peer_release: fc.record({ ...kindOf('peer_release'), ...dryRun, peer: required }),
};
