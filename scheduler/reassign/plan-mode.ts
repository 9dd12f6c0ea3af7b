import type { Core } from '../core.js';
import type { PlanRecord } from '../state/records.js';

/** The mode in force: set by an operator, else as configured. */
export function planModeOf(core: Core): PlanRecord['mode'] {
  return core.state.meta.get('meta')?.planMode ?? core.options.planMode;
}
