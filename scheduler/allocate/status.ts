/**
 * What became of each entry of a demand, with one reason from the closed set: the one that binds first. The order in
 * which reasons are tried is the order in which rules decide (DESIGN §3: limit before fair share before capacity). What only a
 * walk over all hosts could tell is taken from the last pass (`Refusal`), so that a status costs no more than its entry.
 */
import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import { counted, duration } from '../words.js';
import type { DemandEntry, DemandStatus, WaitReason } from '../protocol.js';
import { averageHost, HOSTS, isLive, limitText, shapeDimension, wouldExceedLimit } from '../quota/index.js';
import { frozenBy } from '../reassign/frozen.js';
import { planModeOf } from '../reassign/plan-mode.js';
import { matchesConstraints } from '../state/constraints.js';
import { amount, coversDemand, type Quantities, type Resources } from '../resources/index.js';
import type { DemandRecord, HostRecord } from '../state/records.js';
import type { StatusFacts } from './memory.js';
import { freeResources, isOfferableShared, isOfferableWhole } from './offerable.js';
import { missing, standings, type Standing } from './standing.js';
import { CurrentFacts } from './status-facts.js';
import { waitingPlans } from './waiting-plan.js';

/**
 * One per entry, in the framework's order; empty when it has stated no demand in the role.
 * @param facts what is known of the fleet already; asked anew when left out
 */
export function demandStatuses(
  core: Core,
  frameworkId: string,
  role: string,
  facts: StatusFacts = new CurrentFacts(core),
): readonly DemandStatus[] {
  const record = core.state.demands.get(`${frameworkId}|${role}`);
  if (record === undefined) return [];
  const found = standings(core, record);
  return record.entries.map((entry, index) => status(core, record, entry, found[index] ?? NONE, facts));
}

const NONE: Standing = { granted: 0, offered: 0, movingIn: 0 };

/** Of the hosts that a framework declined, these are looked at to say that it declined what it wants. */
const DECLINED_LOOKED_AT_MAX = 20;

interface Reason {
  readonly unmetReason: WaitReason;
  readonly message: string;
}

/** Lending limits leave nothing of what is free. */
export const KEPT: Reason = {
  unmetReason: 'FAIR_SHARE',
  message: 'what is free is kept for roles that do not lend all of their guarantee',
};

function status(
  core: Core,
  record: DemandRecord,
  entry: DemandEntry,
  standing: Standing,
  facts: StatusFacts,
): DemandStatus {
  const pending = missing(entry, standing);
  const { granted, offered, movingIn } = standing;
  const reason = pending === 0 ? metReason(standing) : unmetReason(core, record, entry, facts);
  return { demandId: entry.demandId, granted, offered, movingIn, pending, ...reason };
}

function metReason({ offered, movingIn }: Standing): Reason {
  if (offered > 0) return { unmetReason: 'OFFERED', message: `${offered} under offer; accept or decline them` };
  if (movingIn > 0) return { unmetReason: 'MOVING_IN', message: `${movingIn} on their way` };
  return { unmetReason: 'NONE', message: 'met' };
}

function unmetReason(core: Core, record: DemandRecord, entry: DemandEntry, facts: StatusFacts): Reason {
  const { frameworkId, role } = record;
  if (!isLive(core, record, entry))
    return {
      unmetReason: 'DEADLINE_PASSED',
      message: `its deadline of ${duration(entry.deadlineMs)} has passed; state it anew`,
    };
  if (core.state.frameworkPresence.get(frameworkId)?.connected !== true)
    return { unmetReason: 'DISCONNECTED', message: `${frameworkId} is away; offers start when it is back` };
  const impossible = facts.impossible(record, entry);
  if (impossible !== null) return impossible;
  const hit = wouldExceedLimit(core, role, unitCharge(core, entry));
  if (hit !== null)
    return {
      unmetReason: 'ROLE_LIMIT',
      message: `${limitText(hit)}; raise it: mosaic quota set ${hit.role} --limit ...`,
    };
  if (entry.want.kind === 'slices') return sliceReason(core, record, entry, entry.want.resources);
  const workload = core.state.frameworks.get(frameworkId)?.workload ?? '';
  const freeze = frozenBy(core, [workload]);
  if (freeze !== null) return { unmetReason: 'FROZEN', message: `frozen by ${freeze.by}: ${freeze.reason}` };
  return hostReason(core, record, entry, entry.want.shape, facts);
}

/** What one more unit would be charged. */
function unitCharge(core: Core, entry: DemandEntry): Quantities {
  if (entry.want.kind === 'slices') return entry.want.resources.quantities;
  const { shape } = entry.want;
  return { ...averageHost(core.capacity, shape), [HOSTS]: 1, [shapeDimension(shape)]: 1 };
}

function hostReason(core: Core, record: DemandRecord, entry: DemandEntry, shape: string, facts: StatusFacts): Reason {
  const refusal = core.allocationMemory.refusals.get(record.key)?.get(entry.demandId);
  // Others may have taken since what was free then.
  const free = facts.free(shape);
  if (refusal?.kind === 'too_few')
    return {
      unmetReason: 'GROUP_INCOMPLETE',
      message: `${refusal.needed} are wanted at once, ${Math.min(refusal.found, free)} are free`,
    };
  if (refusal?.kind === 'limits')
    return {
      unmetReason: 'ROLE_LIMIT',
      message:
        `${refusal.needed} are wanted at once, and no ${refusal.needed} of the free hosts together stay below the limits of role ${record.role}` +
        `${refusal.isCutShort ? ' as far as could be searched' : ''}; raise them: mosaic quota set ${record.role} --limit ...`,
    };
  if (refusal?.kind === 'kept' && free > 0) return KEPT;
  const declined = declinedMatches(core, record, entry, (host) => host.shape === shape && isOfferableWhole(core, host));
  if (declined > 0) return declinedReason(record, declined);
  const { role } = record;
  const entitled = facts.entitled(role, shape);
  const holds = amount(core.ledger.served(role), shapeDimension(shape));
  if (entitled <= holds)
    return {
      unmetReason: 'FAIR_SHARE',
      message: `role ${role} has ${counted(holds, 'host')} of shape ${shape} and is owed ${entitled} now`,
    };
  const unclean = facts.unclean(shape);
  if (unclean > 0)
    return {
      unmetReason: 'NOT_CLEAN',
      message: `${unclean} free hosts of shape ${shape} are not verified clean yet`,
    };
  const lacks = `no host of shape ${shape} is free; role ${role} is owed ${entitled - holds} more`;
  const waiting = waitingPlans(core, role, record.frameworkId).find(({ shapes }) => shapes.has(shape));
  if (waiting !== undefined) return { unmetReason: 'AWAITING_APPROVAL', message: waiting.text };
  if (core.state.isMassFailure)
    return {
      unmetReason: 'MASS_FAILURE',
      message: `${lacks}, but too many hosts vanished at once to take one from anyone`,
    };
  return { unmetReason: 'NO_CAPACITY', message: `${lacks}, ${whoMoves(core)}` };
}

/** What becomes of hosts that are owed and that others have. */
function whoMoves(core: Core): string {
  if (core.options.planner === 'off') return 'but the planner is off: only operators move hosts';
  const mode = planModeOf(core);
  switch (mode) {
    case 'auto':
      return 'which the planner moves';
    case 'approve':
      return 'for which the planner proposes moves';
    case 'observe':
      return 'but the planner only shows what it would move (plan mode observe)';
    default:
      return assertNever(mode);
  }
}

function sliceReason(core: Core, record: DemandRecord, entry: DemandEntry, wanted: Resources): Reason {
  const refusal = core.allocationMemory.refusals.get(record.key)?.get(entry.demandId);
  switch (refusal?.kind) {
    case 'too_few':
      return {
        unmetReason: 'GROUP_INCOMPLETE',
        message: `${refusal.needed} are wanted at once, there is room for ${refusal.found}`,
      };
    case 'distinct':
      return { unmetReason: 'NO_MATCH', message: 'every shared host with room carries one already' };
    case 'kept':
      return KEPT;
    case 'limits':
    case 'no_host':
    case undefined: {
      const declined = declinedMatches(
        core,
        record,
        entry,
        (host) => isOfferableShared(core, host) && coversDemand(wanted, freeResources(core, host.hostId)),
      );
      if (declined > 0) return declinedReason(record, declined);
      return { unmetReason: 'NO_CAPACITY', message: 'no shared host has that much free' };
    }
    default:
      return assertNever(refusal);
  }
}

/** How many of the hosts that the framework declined would do; the first few are looked at. */
function declinedMatches(
  core: Core,
  record: DemandRecord,
  entry: DemandEntry,
  isOpen: (host: HostRecord) => boolean,
): number {
  let matching = 0;
  let looked = 0;
  for (const hostId of core.filters.recentHosts(record.frameworkId, record.role)) {
    if (looked === DECLINED_LOOKED_AT_MAX) break;
    looked += 1;
    const host = core.state.hosts.get(hostId);
    if (host !== undefined && isOpen(host) && matchesConstraints(host, entry.constraints)) matching += 1;
  }
  return matching;
}

function declinedReason(record: DemandRecord, hosts: number): Reason {
  const message = `${counted(hosts, 'host')} would do, but ${record.frameworkId} declined them; they come again when its filters end`;
  return { unmetReason: 'NO_MATCH', message };
}
