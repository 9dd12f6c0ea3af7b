import type { Core } from '../core.js';
import { conditionViews } from './conditions.js';
import { blockerText } from '../reassign/index.js';
import { commandIn, remedies } from './remedies.js';
import { routeText, runningTransitions } from './transitions.js';
import type { NeedView } from './views.js';
import { counted } from '../words.js';

/** More would not be read; the rest is behind `mosaic host list` and `mosaic move list`. */
const NEEDS_SHOWN_MAX = 50;

/** What waits for a person, each with the command to run: plans first, then blocked moves, then conditions, then hosts. */
export function needs(core: Core): readonly NeedView[] {
  const moves = moveNeeds(core);
  const told = new Set(moves.map((need) => need.subject));
  const found = [...planNeeds(core), ...moves, ...conditionNeeds(core, told), ...hostNeeds(core)];
  const seen = new Set<string>();
  return found
    .filter((need) => {
      const key = `${need.subject}|${need.remedy}`;
      const fresh = !seen.has(key);
      seen.add(key);
      return fresh;
    })
    .slice(0, NEEDS_SHOWN_MAX);
}

function planNeeds(core: Core): readonly NeedView[] {
  return [...core.state.plans.values()]
    .filter((plan) => plan.status === 'proposed' && plan.mode === 'approve')
    .map((plan) => ({
      subject: plan.planId,
      message: `a plan of ${counted(plan.moves.length, 'move')} waits for approval`,
      remedy: remedies.planApprove(plan.planId, plan.version),
    }));
}

function moveNeeds(core: Core): readonly NeedView[] {
  return runningTransitions(core)
    .filter((transition) => transition.word === 'waits for you' || transition.word === 'blocked')
    .map((transition) => {
      const name = core.state.hosts.get(transition.hostId)?.name ?? transition.hostId;
      const blocker = core.state.progress.get(transition.transitionId)?.blockedBy[0];
      const what = blocker === undefined ? `stands at ${transition.step}` : blockerText(blocker);
      return { subject: name, message: `${routeText(transition)}: ${what}`, remedy: remedies.why(name) };
    });
}

/** @param moving hosts whose move is told: that it is blocked would be the same once more */
function conditionNeeds(core: Core, moving: ReadonlySet<string>): readonly NeedView[] {
  return conditionViews(core).flatMap(({ subject, kind, message, remedy }) => {
    if (kind === 'TRANSITION_BLOCKED' && moving.has(subject)) return [];
    const command = commandIn(remedy);
    return command === null ? [] : [{ subject, message: `${kind}: ${message}`, remedy: command }];
  });
}

/** Folded to one line a kind: a fresh fleet has thousands of them. */
function hostNeeds(core: Core): readonly NeedView[] {
  const found: NeedView[] = [];
  const unclaimed = core.state.hostsByMode.get('unclaimed');
  if (unclaimed.size > 0) {
    const adopter = [...core.state.frameworkPresence.values()].find((presence) =>
      [...presence.hosts.keys()].some((hostId) => core.state.hosts.get(hostId)?.mode === 'unclaimed'),
    );
    found.push({
      subject: 'hosts',
      message: `${counted(unclaimed.size, 'host')} unclaimed: nobody may use them yet`,
      remedy: adopter === undefined ? remedies.hostsIn('unclaimed') : remedies.adopt(adopter.frameworkId),
    });
  }
  const quarantined = core.state.hostsByMode.count('quarantined');
  if (quarantined > 0)
    found.push({
      subject: 'hosts',
      message: `${counted(quarantined, 'host')} quarantined`,
      remedy: remedies.hostsIn('quarantined'),
    });
  return found;
}
