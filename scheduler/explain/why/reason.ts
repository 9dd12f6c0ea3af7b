import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import type { ConditionKind, WaitWord } from '../../state/records.js';
import { conditionsAbout } from '../conditions.js';
import { assertNever } from '../../assert-never.js';
import { changeText, remedies } from '../remedies.js';
import type { WhyView } from '../views.js';
import { counted, duration } from '../../words.js';
import type { Context } from './context.js';
import { guaranteeRemedies, limitRemedies, weightRemedies } from './quota-remedies.js';

export type Reason = WhyView['reasons'][number];

/** An answer may be long, but a person reads the top of it. */
const REASONS_SHOWN_MAX = 20;
const REMEDIES_SHOWN_MAX = 8;

/** Puts an answer together: without doubles, bounded, and never without a reason. */
export function whyView(
  subject: string,
  about: WhyView['about'],
  headline: string,
  word: WaitWord,
  reasons: readonly Reason[],
  wouldChangeIt: readonly string[],
): WhyView {
  const unique = reasons.filter((reason, index) => reasons.findIndex((other) => other.text === reason.text) === index);
  return {
    subject,
    about,
    headline,
    word,
    reasons: unique.slice(0, REASONS_SHOWN_MAX),
    wouldChangeIt: [...new Set(wouldChangeIt)].slice(0, REMEDIES_SHOWN_MAX),
  };
}

/** Conditions about the subjects as reasons with their remedies, oldest first; not those whose kind is `told` already. */
export function conditionReasons(
  core: Core,
  subjects: readonly string[],
  told: readonly ConditionKind[] = [],
): { readonly reasons: readonly Reason[]; readonly remedies: readonly string[] } {
  const conditions = conditionsAbout(core, subjects).filter((condition) => !told.includes(condition.kind));
  return {
    reasons: conditions.map(({ kind, message, sinceMs }) => ({ code: kind, text: message, sinceMs })),
    remedies: conditions.map((condition) => changeText(condition.remedy)),
  };
}

/** Which of the five words fits a reason: who or what is waited for. */
export function wordFor(reason: WaitReason): WaitWord {
  switch (reason) {
    case 'NONE':
    case 'OFFERED':
    case 'MOVING_IN':
      return 'working';
    case 'MIN_HOLD':
    case 'COOL_DOWN':
    case 'MOVE_BUDGET':
    case 'HYSTERESIS':
    case 'RECOVERING':
    case 'GROUP_INCOMPLETE':
    case 'FAIR_SHARE':
    case 'PRIORITY':
      return 'waits for time';
    case 'ROLE_LIMIT':
    case 'FROZEN':
    case 'AWAITING_APPROVAL':
    case 'NOT_CLEAN':
    case 'DISCONNECTED':
    case 'SOFT_POLICY':
    case 'MASS_FAILURE':
      return 'waits for you';
    case 'NO_CAPACITY':
    case 'NO_MATCH':
    case 'BLOCKED_DRAIN':
      return 'blocked';
    case 'DEADLINE_PASSED':
      return 'gave up';
    default:
      return assertNever(reason);
  }
}

/** What would change a reason: commands first, then what to wait for. Never empty but for `NONE`. */
export function remediesFor(core: Core, reason: WaitReason, context: Context): readonly string[] {
  const { role, host, frameworkId } = context;
  switch (reason) {
    case 'NONE':
      return [];
    case 'NO_CAPACITY':
      return capacityRemedies(core, context);
    case 'ROLE_LIMIT':
      return role === undefined ? ['mosaic quota list'] : limitRemedies(core, role, context);
    case 'FAIR_SHARE':
      // The root is everybody: a share of it can only be changed for the roles below.
      return role === undefined || role === '/'
        ? ['mosaic quota list', 'wait until others ask for less']
        : [
            ...commandsFirst([...guaranteeRemedies(core, context, false), ...weightRemedies(core, context)]),
            'wait until others ask for less',
          ];
    case 'NO_MATCH':
      return [
        remedies.demandList,
        'wait until hosts with these attributes join, or let the framework relax its constraints',
      ];
    case 'GROUP_INCOMPLETE':
      return ['wait until enough hosts are free at the same time'];
    case 'MIN_HOLD':
      return [
        ...moveByHand(host, frameworkId),
        `wait until the minimum hold of ${duration(core.options.minHoldMs)} is over`,
      ];
    case 'COOL_DOWN':
      return [
        ...moveByHand(host, frameworkId),
        `wait until the cool-down of ${duration(core.options.coolDownMs)} is over`,
      ];
    case 'MOVE_BUDGET':
      return [remedies.moveList, 'wait until a running move ends'];
    case 'MOVING_IN':
      return [remedies.moveList, 'wait until the moves end'];
    case 'OFFERED':
      return [`wait until the offer is answered, at most ${duration(core.options.offerLeaseMs)}`];
    case 'FROZEN':
      return freezeRemedies(core);
    case 'AWAITING_APPROVAL':
      return approvalRemedies(core);
    case 'BLOCKED_DRAIN':
      return host === undefined ? [remedies.moveList] : [remedies.why(host)];
    case 'RECOVERING':
      return [
        `wait until ${core.options.recoveryHostsMilli / 10} % of the hosts have reported, at most ${duration(core.options.recoveryBoundMs)} after the start`,
      ];
    case 'MASS_FAILURE':
      return [remedies.hostsIn('away'), remedies.breakerReset, 'wait until they are back'];
    case 'DISCONNECTED':
      return [remedies.frameworkList, `wait until ${frameworkId ?? 'it'} is back`];
    case 'NOT_CLEAN':
      return host === undefined ? [remedies.hostsIn('dirty')] : [remedies.hostRelease(host)];
    case 'DEADLINE_PASSED':
      return [remedies.demandList, 'wait until the framework states the demand again'];
    case 'PRIORITY':
      return ['mosaic quota list', 'wait until who has the higher priority asks for less'];
    case 'SOFT_POLICY':
      return ['mosaic quota list', 'let who borrows have a hard reclaim policy: mosaic quota set ROLE --reclaim hard'];
    case 'HYSTERESIS':
      return [...moveByHand(host, frameworkId), ...shortageRemedies(core, context)];
    default:
      return assertNever(reason);
  }
}

function capacityRemedies(core: Core, context: Context): readonly string[] {
  const found: string[] = [];
  if (core.state.hostsByMode.count('unclaimed') > 0) found.push(remedies.hostsIn('unclaimed'));
  if (core.state.hostsByMode.count('quarantined') > 0) found.push(remedies.hostsIn('quarantined'));
  return [...found, ...guaranteeRemedies(core, context), 'wait until a host becomes free or new hosts join'];
}

function commandsFirst(changes: readonly string[]): readonly string[] {
  const isCommand = (change: string): boolean => change.startsWith('mosaic ');
  return [...changes.filter(isCommand), ...changes.filter((change) => !isCommand(change))];
}

function moveByHand(host: string | undefined, frameworkId: string | undefined): readonly string[] {
  return host === undefined || frameworkId === undefined ? [] : [remedies.moveTo(host, frameworkId)];
}

/** Some shortages are too small to move hosts for, unless they are guaranteed; all have to last. */
function shortageRemedies(core: Core, context: Context): readonly string[] {
  const { hysteresisHosts, hysteresisRounds, planPeriodMs } = core.options;
  if (context.isSmall === true)
    return [
      ...guaranteeRemedies(core, context),
      `wait until more than ${counted(hysteresisHosts, 'host')} ${hysteresisHosts === 1 ? 'is' : 'are'} missing`,
    ];
  const each = planPeriodMs < 1_000 ? '' : `, one every ${duration(planPeriodMs)}`;
  return [`wait until the shortage has lasted ${counted(hysteresisRounds, 'planning round')}${each}`];
}

function freezeRemedies(core: Core): readonly string[] {
  const scopes = [...core.state.freezes.values()].map((freeze) => freeze.scope);
  return scopes.length === 0 ? ['mosaic freeze list'] : scopes.map((scope) => remedies.unfreeze(scope));
}

function approvalRemedies(core: Core): readonly string[] {
  const proposed = [...core.state.plans.values()].filter(
    (plan) => plan.status === 'proposed' && plan.mode === 'approve',
  );
  const approvals = proposed.map((plan) => remedies.planApprove(plan.planId, plan.version));
  return [remedies.planShow, ...approvals, remedies.planMode('auto')];
}
