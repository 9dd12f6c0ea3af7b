import type { HostView } from '../../scheduler/index.js';
import type { World } from '../../src/simulation/world.js';

/** Every host that the master knows, as it is now; none while no master leads. */
export function hostsOf(world: World): readonly HostView[] {
  const loop = world.loop;
  if (loop?.leading !== true) return [];
  const page = { limit: 1_000, pageToken: '' };
  const found = loop.master.query({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page });
  return found.kind === 'hosts' ? found.hosts : [];
}
