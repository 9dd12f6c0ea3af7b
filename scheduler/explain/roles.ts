import type { Core } from '../core.js';
import { entitlements, usage, type Entitlements } from '../quota/index.js';
import type { Quantities } from '../resources/types.js';
import type { RoleRecord } from '../state/records.js';
import { naturalCompare } from './natural-order.js';
import type { RoleView } from './views.js';

/** The quota tree, parents before their children. */
export function roleViews(core: Core): readonly RoleView[] {
  const entitled = entitlements(core);
  return [...core.state.roles.values()]
    .sort((a, b) => naturalCompare(a.path, b.path))
    .map((role) => roleView(core, role, entitled));
}

export function roleView(core: Core, role: RoleRecord, entitled: Entitlements): RoleView {
  const { path, weight, priority, guarantee, limit, lendingLimit, borrowingLimit, reclaim } = role;
  const { used, offered, movingIn, reserved } = usage(core, path);
  return {
    ...{ path, weight, priority, guarantee, limit, lendingLimit, borrowingLimit, reclaim, used, offered, movingIn },
    reserved,
    effectiveGuarantee: entitled.effectiveGuarantee(path),
    demanded: perShape(core, (shape) => entitled.demanded(path, shape)),
    entitled: perShape(core, (shape) => entitled.of(path, shape)),
    shareMicro: entitled.shareMicro(path),
    frameworks: [...core.state.frameworks.values()]
      .filter((framework) => framework.roles.includes(path))
      .map((framework) => framework.frameworkId)
      .sort(naturalCompare),
  };
}

/** `hosts` in all and `hosts/<shape>` for each shape with any. */
function perShape(core: Core, hostsOf: (shape: string) => number): Quantities {
  const quantities: Record<string, number> = { hosts: 0 };
  for (const { shape } of core.state.shapes.values()) {
    const hosts = hostsOf(shape);
    if (hosts === 0) continue;
    quantities[`hosts/${shape}`] = hosts;
    quantities['hosts'] = (quantities['hosts'] ?? 0) + hosts;
  }
  return quantities;
}
