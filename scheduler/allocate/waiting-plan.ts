/** Plans that would bring hosts if somebody said so. */
import type { Core } from '../core.js';
import { counted } from '../words.js';
import type { PlanRecord } from '../state/records.js';

export interface WaitingPlan {
  readonly plan: PlanRecord;
  /** Shapes of the hosts that it would bring. */
  readonly shapes: ReadonlySet<string>;
  /** What it would bring, and what it waits for. */
  readonly text: string;
}

/**
 * Proposed plans that would bring the role hosts; at most one plan is proposed at a time.
 * @param frameworkId only what goes to this framework; null for the whole role
 */
export function waitingPlans(core: Core, role: string, frameworkId: string | null): readonly WaitingPlan[] {
  const found: WaitingPlan[] = [];
  for (const plan of core.state.plans.values()) {
    if (plan.status !== 'proposed') continue;
    const brings = plan.moves.filter(
      ({ to }) => to.role === role && (frameworkId === null || to.frameworkId === frameworkId),
    );
    if (brings.length === 0) continue;
    const shapes = new Set(brings.flatMap(({ hostId }) => core.state.hosts.get(hostId)?.shape ?? []));
    const hosts = counted(brings.length, 'host');
    const text =
      plan.mode === 'approve'
        ? `plan ${plan.planId} version ${plan.version} would bring ${hosts} and waits for approval`
        : `plan ${plan.planId} would bring ${hosts}, but plans are only shown (mode ${plan.mode})`;
    found.push({ plan, shapes, text });
  }
  return found;
}
