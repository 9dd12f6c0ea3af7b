/** Operators keep a part of a shared host for a role, and give it up again. Running tasks are never touched. */
import { unusedOf } from '../allocate/pass-hosts.js';
import {
  endReservation,
  idleOf,
  makeReservation,
  offersOf,
  freeResources,
  reservationsFull,
  rescindOffers,
  shrinkReservation,
  tasksOf,
} from '../allocate/index.js';
import type { Core } from '../core.js';
import { findHost, findReservation, findRole } from '../explain/lookup.js';
import { remedies } from '../explain/remedies.js';
import type { ErrorCode } from '../protocol.js';
import { firstCeilingHit, isWithin, limitText } from '../quota/index.js';
import {
  add,
  addResources,
  fitsResources,
  isEmpty,
  problems,
  roundedUp,
  subtractFloor,
  subtractResourcesFloor,
  type Quantities,
  type Resources,
} from '../resources/index.js';
import { endOvercommitment } from '../reconcile/capacity.js';
import type { HostRecord, OfferRecord, ReservationRecord, RoleRecord } from '../state/records.js';
import { counted, countedAre, resourcesText } from '../words.js';
import { invalid, notFound, reasonProblem } from './arguments.js';
import type { OperatorCommand, OperatorReply } from './commands.js';

type ReserveCommand = Extract<OperatorCommand, { readonly kind: 'reserve' }>;
type UnreserveCommand = Extract<OperatorCommand, { readonly kind: 'unreserve' }>;

export function reservationCommand(
  core: Core,
  principal: string,
  command: ReserveCommand | UnreserveCommand,
): OperatorReply {
  return command.kind === 'reserve' ? reserve(core, principal, command) : unreserve(core, principal, command);
}

/** Keeps `resources` of the host for the role: out of what is unused, with as few open offers rescinded as that takes. */
function reserve(core: Core, principal: string, command: ReserveCommand): OperatorReply {
  const { reason, dryRun } = command;
  const foundHost = findHost(core, command.host);
  if (!foundHost.ok) return notFound(foundHost.message);
  const foundRole = findRole(core, command.role);
  if (!foundRole.ok) return notFound(foundRole.message);
  const [host, role] = [foundHost.value, foundRole.value];
  const malformed = reasonProblem(reason) ?? resourcesProblem(command.resources, 'resources');
  if (malformed !== null) return malformed;
  const resources = roundedUp(command.resources);
  const unfit = hostProblem(core, host);
  if (unfit !== null) return refuse('FAILED_PRECONDITION', unfit);
  const full = reservationsFull(core, new Map([[host.hostId, 1]]));
  if (full !== null) return refuse('RESOURCE_EXHAUSTED', full);
  const unused = unusedOf(core.state, host);
  if (!fitsResources(resources, unused))
    return refuse(
      'FAILED_PRECONDITION',
      `${host.name} has no ${resourcesText(resources)} to keep: what is neither used nor reserved is ${resourcesText(unused)}; ` +
        `running tasks are left alone (${remedies.why(host.name)})`,
    );
  const rescinded = offersInTheWay(core, host, resources);
  const hit = firstCeilingHit(core, role.path, resources.quantities, (path) => totalWithout(core, path, rescinded));
  if (hit !== null) return refuse('OVER_LIMIT', `${limitText(hit)}; ${resourcesText(resources)} more would pass it`);

  const changes = [`${host.name} keeps ${resourcesText(resources)} for role ${role.path}`];
  if (rescinded.length > 0) changes.push(`${countedAre(rescinded.length, 'open offer')} rescinded`);
  if (dryRun) return { ok: true, changes, remarks: unservedRemark(core, role), ids: [] };
  const why = `${principal} reserves ${resourcesText(resources)} of ${host.name} for role ${role.path}`;
  rescindOffers(
    core,
    rescinded.map(({ offerId }) => offerId),
    why,
  );
  const by = `operator:${principal}`;
  const made = { hostId: host.hostId, role: role.path, resources, by, reason };
  const { reservationId } = makeReservation(core, made);
  core.decide('reservation', host.name, `${why}${reason === '' ? '' : `: ${reason}`}`, {
    reservationId,
    role: role.path,
  });
  return { ok: true, changes, remarks: unservedRemark(core, role), ids: [reservationId] };
}

/** Ends a reservation, or with `resources` gives up that much of what no task uses of it. */
function unreserve(core: Core, principal: string, command: UnreserveCommand): OperatorReply {
  const found = findReservation(core, command.reservation);
  if (!found.ok) return notFound(found.message);
  const reservation = found.value;
  const hostName = core.state.hosts.get(reservation.hostId)?.name ?? reservation.hostId;
  const { resources, dryRun } = command;
  if (!isEmpty(resources)) return giveUpPart(core, principal, reservation, hostName, resources, dryRun);
  const { reservationId, role } = reservation;
  const [offers, tasks] = [offersOf(core, reservation).length, tasksOf(core, reservation).length];
  const changes = [
    `${reservationId} ends: ${hostName} no longer keeps ${resourcesText(reservation.resources)} for role ${role}`,
  ];
  if (offers > 0) changes.push(`${countedAre(offers, 'open offer')} rescinded`);
  if (tasks > 0)
    changes.push(
      `${counted(tasks, 'task')} on it ${tasks === 1 ? 'goes' : 'go'} on, charged to role ${role} as any other`,
    );
  if (dryRun) return { ok: true, changes, ids: [reservationId] };
  endReservation(core, reservation, `${principal} ends reservation ${reservationId}`);
  endOvercommitment(core, reservation.hostId);
  core.decide('reservation', hostName, `${changes.join('; ')} (${principal})`, {
    reservationId,
    role,
  });
  return { ok: true, changes, ids: [reservationId] };
}

function giveUpPart(
  core: Core,
  principal: string,
  reservation: ReservationRecord,
  hostName: string,
  asked: Resources,
  dryRun: boolean,
): OperatorReply {
  const malformed = resourcesProblem(asked, 'resources');
  if (malformed !== null) return malformed;
  const resources = roundedUp(asked);
  const { reservationId, role } = reservation;
  const idle = idleOf(core, reservation);
  if (!fitsResources(resources, idle))
    return refuse(
      'FAILED_PRECONDITION',
      `${reservationId} has no ${resourcesText(resources)} to give up: what no task uses is ${resourcesText(idle)}; without amounts all of it ends`,
    );
  const rescinded = neededOf(offersOf(core, reservation), resources, idle);
  const changes = [`${hostName} keeps ${resourcesText(resources)} less for role ${role}`];
  if (rescinded.length > 0) changes.push(`${countedAre(rescinded.length, 'open offer')} rescinded`);
  if (dryRun) return { ok: true, changes, ids: [reservationId] };
  const why = `${principal} gives up a part of ${reservationId}`;
  rescindOffers(
    core,
    rescinded.map(({ offerId }) => offerId),
    why,
  );
  shrinkReservation(core, reservation, resources);
  endOvercommitment(core, reservation.hostId);
  core.decide('reservation', hostName, `${why}: ${changes.join('; ')}`, { reservationId, role });
  return { ok: true, changes, ids: [reservationId] };
}

function resourcesProblem(resources: Resources, name: string): OperatorReply | null {
  const found = problems(resources, name);
  if (found.length > 0) return invalid(found.slice(0, 3).join('; '));
  if (isEmpty(resources))
    return invalid(`${name} is empty; name at least one amount above 0, as in --cpus 2 or --ports 8000-8009`);
  return null;
}

/** Why nothing can be reserved on the host, as a sentence; null when it can. */
function hostProblem(core: Core, host: HostRecord): string | null {
  if (host.mode !== 'shared')
    return `${host.name} is ${host.mode}; only parts of shared hosts are reserved${host.mode === 'free' ? ` (mosaic host share ${host.name})` : ''}`;
  if (host.transitionId !== null) return `${host.name} is moving (${host.transitionId}); wait until that has ended`;
  if (host.cordoned)
    return `${host.name} is cordoned (${host.cordonReason}); first: ${remedies.hostUncordon(host.name)}`;
  const presence = core.state.hostPresence.get(host.hostId);
  if (presence?.reported !== true || presence.lost)
    return `${host.name} ${presence?.lost === true ? 'is lost' : 'has not reported since this master started'}; what it has is known when its agent reports`;
  return null;
}

/** Open offers of what is not reserved that must go to make room, as few as that takes. */
function offersInTheWay(core: Core, host: HostRecord, resources: Resources): readonly OfferRecord[] {
  const offers: OfferRecord[] = [];
  for (const offerId of core.state.offersByHost.get(host.hostId)) {
    const offer = core.state.offers.get(offerId);
    if (offer !== undefined && offer.reservationId === undefined) offers.push(offer);
  }
  return fitsResources(resources, freeResources(core, host.hostId))
    ? []
    : neededOf(offers, resources, unusedOf(core.state, host));
}

/**
 * Which of `offers`, all cut out of `whole`, must go so that `resources` fit beside the rest: the newest first, and of these
 * only what turned out to be needed.
 */
function neededOf(offers: readonly OfferRecord[], resources: Resources, whole: Resources): readonly OfferRecord[] {
  let left = whole;
  for (const offer of offers) left = subtractResourcesFloor(left, offer.resources);
  const gone: OfferRecord[] = [];
  for (const offer of [...offers].reverse()) {
    if (fitsResources(resources, left)) break;
    gone.push(offer);
    left = addResources(left, offer.resources);
  }
  return gone.reverse().filter((offer) => {
    const without = subtractResourcesFloor(left, offer.resources);
    if (!fitsResources(resources, without)) return true;
    left = without;
    return false;
  });
}

/** What the role is charged once these offers are gone. */
function totalWithout(core: Core, path: string, offers: readonly OfferRecord[]): Quantities {
  let freed: Quantities = {};
  for (const offer of offers) if (isWithin(offer.role, path)) freed = add(freed, offer.resources.quantities);
  return subtractFloor(core.ledger.account(path).total, freed);
}

function unservedRemark(core: Core, role: RoleRecord): readonly string[] {
  for (const framework of core.state.frameworks.values())
    if (!framework.tornDown && framework.roles.includes(role.path)) return [];
  return [`no framework is registered for role ${role.path} now; what is kept for it stays idle until one is`];
}

function refuse(code: ErrorCode, message: string): OperatorReply {
  return { ok: false, code, message };
}
