/** Shared hosts with frameworks that launch what they are offered: what tests of the reclaim of slices start from. */
import { expect } from '@jest/globals';
import type { Resources, RoleChange, SchedulerOptions } from '../../../../scheduler/index.js';
import { type AgentPeer, CoreHarness, resources, slicesWanted } from '../../../support/core-harness.js';
import { Launcher } from '../../../support/launcher.js';

export const PERIOD_MS = 5_000;
export const NOTICE_MS = 30_000;
/** Who borrows has agreed that its tasks end when they must. */
export const HARD: RoleChange = {
  reclaim: { kind: 'hard', graceMs: 0, deadlineMs: 0, movesPerRound: 100, minHoldMs: -1 },
};

export function cpus(count: number): Resources {
  return { quantities: { cpusMilli: count * 1_000 }, ports: [] };
}

export const two = cpus(2);

export function guarantee(count: number): RoleChange {
  return { guarantee: { cpusMilli: count * 1_000 } };
}

export class SliceFleet {
  readonly harness: CoreHarness;
  readonly agents: AgentPeer[] = [];

  constructor(hosts: readonly number[], options: Partial<SchedulerOptions> = {}) {
    this.harness = new CoreHarness({ taskReclaimPeriodMs: PERIOD_MS, taskReclaimNoticeMs: NOTICE_MS, ...options });
    for (const [index, size] of hosts.entries()) {
      const name = `n${index + 1}`;
      this.agents.push(this.harness.agent(name, { resources: resources(size) }));
      this.harness.must({ kind: 'host_admit', host: name, dryRun: false });
      this.harness.advance(100);
      this.harness.must({ kind: 'host_share', host: name, shared: true, dryRun: false });
    }
    this.harness.advance(this.harness.options.recoveryBoundMs);
  }

  roles(changes: Readonly<Record<string, RoleChange>>, force = false): this {
    const roles = Object.entries(changes).map(([role, change]) => ({ role, change }));
    this.harness.must({ kind: 'quota_apply', roles, dryRun: false, ...(force ? { force: true } : {}) });
    return this;
  }

  framework(name: string, role: string): Launcher {
    const peer = new Launcher(this.harness, name, [role], false);
    this.harness.enlist(peer);
    return peer.connect();
  }

  /** CPUs that the role uses. */
  used(role: string): number {
    const view = this.harness.query({ kind: 'roles' }).roles.find(({ path }) => path === role);
    return (view?.used['cpusMilli'] ?? 0) / 1_000;
  }

  condition(role: string): string {
    const { conditions } = this.harness.query({ kind: 'conditions' });
    return conditions.find(({ kind, subject }) => kind === 'GUARANTEE_UNMET' && subject === role)?.message ?? '';
  }

  advance(ms: number): void {
    this.harness.advance(ms);
    this.harness.assertSound();
  }
}

/** /lend borrows all 8 CPUs with four tasks; /own, guaranteed `own`, comes and wants `wants` tasks. */
export function borrowed(own: number, wants: number, lend: RoleChange = HARD, options: Partial<SchedulerOptions> = {}) {
  const fleet = new SliceFleet([8], options).roles({ '/lend': lend, '/own': guarantee(own) });
  const borrower = fleet.framework('batch/b', '/lend');
  borrower.wants([slicesWanted('b', 4, two)]);
  fleet.advance(1_000);
  expect(fleet.used('/lend')).toBe(8);
  const owner = fleet.framework('web/w', '/own');
  owner.wants([slicesWanted('w', wants, two)]);
  return { fleet, borrower, owner };
}
