/**
 * Accepting offers: all of the named ones or none. The outcome is kept with the command id and the first offer id, so that a
 * repeat, with the same or with a new command id, is answered as before.
 */
import { assertNever } from '../assert-never.js';
import { knownOutcome, outcomeOfOffer, recordOutcome } from '../commands-seen.js';
import type { Core } from '../core.js';
import type { CommandOutcome, ErrorCode, FrameworkMessage, TaskSpec } from '../protocol.js';
import {
  addResources,
  EMPTY,
  fitsResources,
  isEmpty,
  problems,
  roundedUp,
  type Resources,
} from '../resources/index.js';
import { TASKS_PER_HOST_MAX } from '../state/limits.js';
import type { OfferRecord } from '../state/records.js';
import { closeOffer, isOpenOffer, withGroup } from './offer-book.js';
import { forgiveRefusals } from './open-offers.js';
import { reserveOffers, unreserveOffers } from './reserve-offers.js';

type AcceptMessage = Extract<FrameworkMessage, { readonly kind: 'accept' }>;

const OFFERS_PER_ACCEPT_MAX = 10_000;
const TASKS_PER_LAUNCH_MAX = 1_000;
const ID_MAX = 200;

/** Answers with `result`: the ids of the leases or tasks, or why nothing was done. */
export function acceptOffers(core: Core, frameworkId: string, message: AcceptMessage): void {
  const peerId = `framework/${frameworkId}`;
  const { commandId, offerIds, action } = message;
  const body = JSON.stringify({ accept: offerIds, action });
  const [firstOfferId] = offerIds;
  const known = knownOutcome(core, peerId, commandId, body) ?? outcomeOfOffer(core, peerId, firstOfferId ?? '', body);
  const outcome = known ?? accept(core, frameworkId, message);
  // What was refused may be tried again with the same offers; what was done may not.
  recordOutcome(core, peerId, commandId, body, outcome, known === null && outcome.ok ? firstOfferId : undefined);
  core.sendFramework(frameworkId, { kind: 'result', commandId, outcome });
}

function accept(core: Core, frameworkId: string, message: AcceptMessage): CommandOutcome {
  const { offerIds, action } = message;
  if (offerIds.length === 0 || offerIds.length > OFFERS_PER_ACCEPT_MAX)
    return refuse(
      'INVALID_ARGUMENT',
      `accept.offerIds has ${offerIds.length} members; 1 to ${OFFERS_PER_ACCEPT_MAX} are accepted`,
    );
  if (new Set(offerIds).size < offerIds.length)
    return refuse('INVALID_ARGUMENT', 'accept.offerIds names an offer twice');
  if (core.state.frameworks.get(frameworkId)?.tornDown !== false)
    return refuse('FAILED_PRECONDITION', `${frameworkId} is being torn down; it gets nothing more`);
  const offers: OfferRecord[] = [];
  for (const offerId of offerIds) {
    const offer = core.state.offers.get(offerId);
    if (offer?.frameworkId !== frameworkId || offer.expiresMs <= core.nowMs)
      return refuse(
        'OFFER_LOST',
        `offer ${offerId} is not open for ${frameworkId}: it has expired, was withdrawn or was answered`,
      );
    offers.push(offer);
  }
  const split = splitGroup(core, offers);
  if (split !== null)
    return refuse(
      'INVALID_ARGUMENT',
      `offer ${split.offerId} belongs to group ${split.groupId ?? ''}; accept all of the group or none`,
    );
  switch (action.kind) {
    case 'claim':
      return claim(core, offers);
    case 'launch':
      return launch(core, frameworkId, offers, action.tasks);
    case 'reserve':
      return reserveOffers(core, frameworkId, offers);
    case 'unreserve':
      return unreserveOffers(core, frameworkId, offers);
    default:
      return assertNever(action);
  }
}

/** An offer whose group is not named in full, or null. Each group is looked at once: gangs have thousands of members. */
function splitGroup(core: Core, offers: readonly OfferRecord[]): OfferRecord | null {
  const named = new Set(offers);
  const whole = new Set<string>();
  for (const offer of offers) {
    if (offer.groupId === null || whole.has(offer.groupId)) continue;
    if (withGroup(core, offer).some((member) => !named.has(member))) return offer;
    whole.add(offer.groupId);
  }
  return null;
}

function claim(core: Core, offers: readonly OfferRecord[]): CommandOutcome {
  for (const offer of offers) {
    if (!offer.wholeHost)
      return refuse(
        'INVALID_ARGUMENT',
        `offer ${offer.offerId} is a slice of a shared host; claim takes whole hosts, launch takes slices`,
      );
    const host = core.state.hosts.get(offer.hostId);
    if (host?.mode !== 'free' || !host.clean || host.transitionId !== offer.transitionId)
      return refuse('OFFER_LOST', `host ${host?.name ?? offer.hostId} of offer ${offer.offerId} is not free any more`);
  }
  const leaseIds: string[] = [];
  for (const offer of offers) {
    closeOffer(core, offer);
    const { hostId, frameworkId, role, demandId, transitionId } = offer;
    leaseIds.push(core.upcalls.beginJoin(core, hostId, frameworkId, role, demandId, transitionId).leaseId);
  }
  return { ok: true, ids: leaseIds };
}

/** What lands on one host in one launch. */
interface Landing {
  readonly hostId: string;
  offered: Resources;
  readonly tasks: TaskSpec[];
}

function launch(
  core: Core,
  frameworkId: string,
  offers: readonly OfferRecord[],
  specs: readonly TaskSpec[],
): CommandOutcome {
  const [first] = offers;
  if (first === undefined) return refuse('INVALID_ARGUMENT', 'accept.offerIds is empty');
  for (const offer of offers) {
    if (offer.wholeHost)
      return refuse(
        'INVALID_ARGUMENT',
        `offer ${offer.offerId} is a whole host; launch takes slices, claim takes whole hosts`,
      );
    if (offer.role !== first.role)
      return refuse(
        'INVALID_ARGUMENT',
        `offers ${first.offerId} and ${offer.offerId} are of different roles; launch in one at a time`,
      );
    if (offer.reservationId !== first.reservationId)
      return refuse(
        'INVALID_ARGUMENT',
        `offers ${first.offerId} (${ofWhat(first)}) and ${offer.offerId} (${ofWhat(offer)}) are charged apart; ` +
          'launch on one reservation, or on what is not reserved, at a time',
      );
  }
  const wrong = taskProblem(core, frameworkId, specs);
  if (wrong !== null) return wrong;
  const tasks = specs.map(inWholeUnits);
  const landings = landingsOf(offers, tasks);
  if (landings === null)
    return refuse(
      'INVALID_ARGUMENT',
      `the offers are of several hosts: name one task for each, in their order; there are ${offers.length} offers and ${tasks.length} tasks`,
    );
  for (const landing of landings) {
    const problem = landingProblem(core, landing);
    if (problem !== null) return problem;
  }
  for (const offer of offers) {
    closeOffer(core, offer);
    if (isOpenOffer(offer)) forgiveRefusals(core, offer);
    else countLaunched(core, offer);
  }
  for (const { hostId, tasks: ofHost } of landings)
    core.upcalls.launchTasks(core, frameworkId, first.role, hostId, ofHost, first.reservationId);
  return { ok: true, ids: tasks.map(({ taskId }) => taskId) };
}

/** Amounts in bytes as they are charged: in whole MiB. */
function inWholeUnits(spec: TaskSpec): TaskSpec {
  const resources = roundedUp(spec.resources);
  return resources === spec.resources ? spec : { ...spec, resources };
}

/** Of one host: all tasks with all offers. Of several, as groups are: each task with the offer of its place; null otherwise. */
function landingsOf(offers: readonly OfferRecord[], tasks: readonly TaskSpec[]): readonly Landing[] | null {
  const byHost = new Map<string, Landing>();
  for (const [index, offer] of offers.entries()) {
    let landing = byHost.get(offer.hostId);
    if (landing === undefined) {
      landing = { hostId: offer.hostId, offered: EMPTY, tasks: [] };
      byHost.set(offer.hostId, landing);
    }
    landing.offered = addResources(landing.offered, offer.resources);
    const task = tasks[index];
    if (task !== undefined) landing.tasks.push(task);
  }
  const landings = [...byHost.values()];
  const [only] = landings;
  if (landings.length === 1 && only !== undefined) return [{ ...only, tasks: [...tasks] }];
  return tasks.length === offers.length ? landings : null;
}

/** Why the tasks cannot run on the host with what is offered of it, or null. */
function landingProblem(core: Core, { hostId, offered, tasks }: Landing): CommandOutcome | null {
  const present = core.state.tasksByHost.count(hostId);
  if (present + tasks.length > TASKS_PER_HOST_MAX)
    return refuse(
      'RESOURCE_EXHAUSTED',
      `the host has ${present} tasks and would get ${tasks.length} more; at most ${TASKS_PER_HOST_MAX} are kept on one host`,
    );
  let needed: Resources = EMPTY;
  for (const { taskId, resources } of tasks) {
    const before = needed;
    needed = addResources(before, resources);
    const portsTwice = portCount(needed) < portCount(before) + portCount(resources);
    if (portsTwice || !fitsResources(needed, offered))
      return refuse(
        'INVALID_ARGUMENT',
        `task ${taskId} does not fit: the tasks up to it need more than the offers hold (bytes in whole MiB), or a port twice`,
      );
  }
  return null;
}

function ofWhat({ reservationId }: OfferRecord): string {
  return reservationId === undefined ? 'not reserved' : `of ${reservationId}`;
}

function taskProblem(core: Core, frameworkId: string, tasks: readonly TaskSpec[]): CommandOutcome | null {
  if (tasks.length === 0 || tasks.length > TASKS_PER_LAUNCH_MAX)
    return refuse(
      'INVALID_ARGUMENT',
      `launch.tasks has ${tasks.length} members; 1 to ${TASKS_PER_LAUNCH_MAX} are accepted`,
    );
  const ids = new Set<string>();
  for (const [index, { taskId, resources }] of tasks.entries()) {
    if (taskId === '' || taskId.length > ID_MAX)
      return refuse(
        'INVALID_ARGUMENT',
        `launch.tasks[${index}].taskId has ${taskId.length} characters; 1 to ${ID_MAX} are accepted`,
      );
    if (ids.has(taskId)) return refuse('INVALID_ARGUMENT', `launch.tasks names task ${taskId} twice`);
    if (core.state.tasks.has(`${frameworkId}/${taskId}`))
      return refuse('ALREADY_EXISTS', `task ${taskId} exists already; task ids are unique for ever`);
    ids.add(taskId);
    const found = problems(resources, `launch.tasks[${index}].resources`);
    if (found.length > 0) return refuse('INVALID_ARGUMENT', found.slice(0, 3).join('; '));
    if (isEmpty(resources))
      return refuse(
        'INVALID_ARGUMENT',
        `launch.tasks[${index}].resources is empty; at least one quantity must be above 0`,
      );
  }
  return null;
}

/** One unit of the demand behind the offer is launched; its count is what is not launched yet. */
function countLaunched(core: Core, offer: OfferRecord): void {
  const record = core.state.demands.get(`${offer.frameworkId}|${offer.role}`);
  if (record === undefined) return;
  const launchedSince = new Map(record.launchedSince);
  launchedSince.set(offer.demandId, (record.launchedSince.get(offer.demandId) ?? 0) + 1);
  core.state.demands.put({ ...record, launchedSince });
}

function portCount({ ports }: Resources): number {
  return ports.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

function refuse(code: ErrorCode, message: string): CommandOutcome {
  return { ok: false, code, message };
}
