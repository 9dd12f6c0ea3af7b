import type { Core } from '../core.js';
import { lastPlan } from '../reassign/index.js';
import type { PlanView } from './views.js';

/** The newest plan with the reasons why no more was moved; null before the first round. */
export function planView(core: Core): PlanView | null {
  return lastPlan(core);
}
