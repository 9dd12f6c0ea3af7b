import { World } from '../../unit/scheduler/allocate/world.js';
import type { SchedulerOptions } from '../../../scheduler/config.js';
import type { ReferenceCluster } from './cluster.js';

/** A core with the cluster in it: everything stated, nothing given out yet. */
export function worldOf(cluster: ReferenceCluster, options: Partial<SchedulerOptions> = {}): World {
  const world = new World(options);
  const { core } = world;
  for (const [rank, shape] of cluster.shapes.entries()) world.shape(shape, rank);
  for (const { path, ...quota } of cluster.roles) world.role(path, quota);
  for (const { shared, ...host } of cluster.hosts) world.host({ ...host, mode: shared ? 'shared' : 'free' });
  const rolesOf = new Map<string, Set<string>>();
  for (const { frameworkId, role } of [...cluster.demands, ...cluster.leases, ...cluster.tasks])
    rolesOf.set(frameworkId, (rolesOf.get(frameworkId) ?? new Set()).add(role));
  for (const [frameworkId, roles] of rolesOf) world.framework(frameworkId, [...roles]);
  for (const { host, frameworkId, role } of cluster.leases) world.lease(host, frameworkId, role);
  for (const [number, { host, frameworkId, role, resources }] of cluster.tasks.entries()) {
    const spec = { name: '', image: '', command: [], env: {}, killGraceMs: 0, labels: {} };
    world.runTask(host, frameworkId, role, { ...spec, taskId: `t${number}`, resources });
  }
  for (const { name, lost } of cluster.hosts) {
    const presence = core.state.hostPresence.get(name);
    if (lost && presence !== undefined) core.state.hostPresence.put({ ...presence, lost, connected: false });
  }
  for (const { frameworkId, role, entries, declined } of cluster.demands) {
    for (const host of declined) core.filters.add(frameworkId, role, host, core.nowMs + 1);
    world.demand(frameworkId, role, entries);
  }
  return world;
}
