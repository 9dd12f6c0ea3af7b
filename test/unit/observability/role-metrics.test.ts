import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { RoleMetrics, ROLES_SHOWN_MAX } from '../../../src/observability/role-metrics.js';
import * as views from '../cli/views.js';

async function lines(registry: Registry): Promise<readonly string[]> {
  return (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('metrics of roles', () => {
  it('show each dimension in base units, the share as a part, and how long demand is unmet', async () => {
    const registry = new Registry();
    const metrics = new RoleMetrics(registry);
    const role = views.role({ path: '/a', used: { cpusMilli: 1_500, memoryBytes: 2, hosts: 3 }, shareMicro: 250_000 });
    const unmet = views.demand({ role: '/a' });
    metrics.show([role], [unmet], 10_000);
    metrics.show([role], [unmet], 25_000);
    const shown = await lines(registry);
    expect(shown).toEqual(
      expect.arrayContaining([
        'mosaic_role_used{role="/a",dimension="cpus"} 1.5',
        'mosaic_role_used{role="/a",dimension="memory_bytes"} 2',
        'mosaic_role_used{role="/a",dimension="hosts"} 3',
        'mosaic_role_share{role="/a"} 0.25',
        `mosaic_role_demand_unmet{role="/a"} ${unmet.status.pending}`,
        'mosaic_role_demand_unmet_seconds{role="/a"} 15',
      ]),
    );
    // Met meanwhile, and unmet again: it counts from then.
    metrics.show([role], [{ ...unmet, status: { ...unmet.status, pending: 0 } }], 30_000);
    expect((await lines(registry)).filter((line) => line.includes('unmet'))).toEqual([]);
    metrics.show([role], [unmet], 40_000);
    expect(await lines(registry)).toContain('mosaic_role_demand_unmet_seconds{role="/a"} 0');
  });

  it('sum the roles beyond the limit under "other", the busiest keep their name', async () => {
    const registry = new Registry();
    const roles = Array.from({ length: ROLES_SHOWN_MAX + 10 }, (_, index) =>
      views.role({ path: `/r${index}`, used: { hosts: index } }),
    );
    new RoleMetrics(registry).show(roles, [views.demand({ role: '/r0' })], 0);
    const used = (await lines(registry)).filter((line) => line.startsWith('mosaic_role_used'));
    expect(used).toHaveLength(ROLES_SHOWN_MAX + 1);
    expect(used).toContain('mosaic_role_used{role="other",dimension="hosts"} 45');
    expect(used).toContain(
      `mosaic_role_used{role="/r${ROLES_SHOWN_MAX + 9}",dimension="hosts"} ${ROLES_SHOWN_MAX + 9}`,
    );
    expect((await lines(registry)).some((line) => /mosaic_role_demand_unmet\{role="other"\}/.test(line))).toBe(true);
  });
});
