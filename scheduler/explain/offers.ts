import type { Core } from '../core.js';
import type { OfferRecord, TaskRecord } from '../state/records.js';
import { pageOf } from './page.js';
import type { Page, QueryResult } from './query.js';
import type { OfferView, TaskView } from './views.js';

/** Open offers, by host and then in the order they were made. */
export function offersPage(core: Core, page: Page): QueryResult {
  const paged = pageOf(core.state.offers.values(), (offer) => `${hostName(core, offer.hostId)} ${offer.offerId}`, page);
  return {
    kind: 'offers',
    offers: paged.items.map((offer) => offerView(core, offer)),
    total: paged.total,
    nextPageToken: paged.nextPageToken,
  };
}

/** Tasks of one framework, or of all with an empty id, ended ones included until they are acknowledged. */
export function tasksPage(core: Core, frameworkId: string, page: Page): QueryResult {
  const records =
    frameworkId === ''
      ? core.state.tasks.values()
      : [...core.state.tasksByFramework.get(frameworkId)].flatMap((key) => core.state.tasks.get(key) ?? []);
  const paged = pageOf(records, (task) => task.taskKey, page);
  return {
    kind: 'tasks',
    tasks: paged.items.map((task) => taskView(core, task)),
    total: paged.total,
    nextPageToken: paged.nextPageToken,
  };
}

function offerView(core: Core, offer: OfferRecord): OfferView {
  const { offerId, frameworkId, role, demandId, wholeHost, resources, madeMs, expiresMs } = offer;
  return {
    ...{ offerId, frameworkId, role, demandId, wholeHost, resources, madeMs, expiresMs },
    hostName: hostName(core, offer.hostId),
    transitionId: offer.transitionId ?? '',
    groupId: offer.groupId ?? '',
    reservationId: offer.reservationId ?? '',
  };
}

function taskView(core: Core, task: TaskRecord): TaskView {
  const { taskId, frameworkId, role, state, message, updatedMs } = task;
  return {
    taskId,
    frameworkId,
    role,
    state,
    message,
    updatedMs,
    hostName: hostName(core, task.hostId),
    resources: task.spec.resources,
    reservationId: task.reservationId ?? '',
  };
}

function hostName(core: Core, hostId: string): string {
  return core.state.hosts.get(hostId)?.name ?? hostId;
}
