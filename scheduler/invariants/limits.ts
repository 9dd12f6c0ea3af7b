import type { Core } from '../core.js';
import type { Report } from './violation.js';

/** Ended transitions are kept for `why` and `move list --ended`; more would make every load slower for ever. */
export const ENDED_TRANSITIONS_MAX = 200;
/** Outcomes of commands kept for repeats, per session. */
export const COMMANDS_PER_SESSION_MAX = 1_000;
/** Plans that are not proposed or running any more are history of no use to a restart. */
export const PLANS_MAX = 100;

/** I8: tables that grow with what peers send stay below their named limits. */
export function checkLimits(core: Core, report: Report): void {
  const ended = core.state.runningTransitions.get('ended').size;
  if (ended > ENDED_TRANSITIONS_MAX)
    report('I8', 'ended transitions', `are ${ended}; at most ${ENDED_TRANSITIONS_MAX} are kept`);
  if (core.state.plans.size > PLANS_MAX)
    report('I8', 'plans', `are ${core.state.plans.size}; at most ${PLANS_MAX} are kept`);
  const perPeer = new Map<string, number>();
  for (const command of core.state.commands.values()) {
    const peer = command.key.slice(0, command.key.indexOf('#'));
    perPeer.set(peer, (perPeer.get(peer) ?? 0) + 1);
  }
  for (const [peer, count] of perPeer)
    if (count > COMMANDS_PER_SESSION_MAX)
      report('I8', `commands of ${peer}`, `are ${count}; at most ${COMMANDS_PER_SESSION_MAX} are kept`);
  // One filter per declined pair, so never more than the pairs that exist.
  const pairs = core.state.hosts.size * Math.max(1, core.state.frameworks.size) * Math.max(1, core.state.roles.size);
  if (core.state.filters.size > pairs)
    report('I8', 'filters', `are ${core.state.filters.size} for ${pairs} pairs of host and framework`);
}
