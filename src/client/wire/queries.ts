import type { Page, Query, QueryResult } from '../../../scheduler/index.js';
import {
  type Codec,
  type Input,
  type MessageName,
  type Output,
  empty,
  list,
  mapped,
  message,
  nullable,
} from './codec.js';
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from './limits.js';
import { count, flag, integer, plain } from './scalars.js';
import { anyName, required } from './steps.js';
import {
  conditionView,
  demandView,
  frameworkView,
  freezeView,
  hostView,
  offerView,
  overviewView,
  planView,
  reservationView,
  roleView,
  taskView,
  transitionView,
  whyView,
  windowView,
} from './views.js';

export type QueryKind = Query['kind'];
type Asked<K extends QueryKind> = Omit<Extract<Query, { kind: K }>, 'kind'>;
/** What answers a query of that kind; `not_found` and `invalid` travel as status codes. */
export type Answer<K extends QueryKind> = Extract<QueryResult, { kind: K }>;
type Answered<K extends QueryKind> = Omit<Answer<K>, 'kind'>;
type Call = { [N in MessageName]: N extends `${infer C}Request` ? C : never }[MessageName];

/** One query of the domain and the call that carries it. */
export interface QueryCall<K extends QueryKind = QueryKind> {
  readonly kind: K;
  readonly call: Call;
  readonly request: Codec<Asked<K>, unknown, unknown>;
  readonly response: Codec<Answered<K>, unknown, unknown>;
}

type Wire<D, N> = N extends MessageName ? Codec<D, Input<N>, Output<N> | null | undefined> : never;

function query<K extends QueryKind, C extends Call>(
  kind: K,
  call: C,
  request: Wire<Asked<K>, `${C}Request`>,
  response: Wire<Answered<K>, `${C}Response`>,
): QueryCall<K> {
  return {
    kind,
    call,
    request: request as Codec<Asked<K>, unknown, unknown>,
    response: response as Codec<Answered<K>, unknown, unknown>,
  };
}

const MANY = { max: Number.MAX_SAFE_INTEGER };

const page = message<'PageRequest', Page>(
  {
    limit: mapped(
      integer(0, PAGE_LIMIT_MAX),
      (limit: number) => limit,
      (limit) => (limit === 0 ? PAGE_LIMIT_DEFAULT : limit),
    ),
    pageToken: anyName,
  },
  { limit: PAGE_LIMIT_DEFAULT, pageToken: '' },
);

const paged = { total: count, nextPageToken: plain };

/** Every query with its call: a query without one does not compile. */
export const QUERY_CALLS: { readonly [K in QueryKind]: QueryCall<K> } = {
  overview: query(
    'overview',
    'GetOverview',
    empty<'GetOverviewRequest'>(),
    message<'GetOverviewResponse', Answered<'overview'>>({ overview: overviewView }),
  ),
  hosts: query(
    'hosts',
    'ListHosts',
    message<'ListHostsRequest', Asked<'hosts'>>({
      owner: anyName,
      state: anyName,
      rack: anyName,
      name: anyName,
      page,
    }),
    message<'ListHostsResponse', Answered<'hosts'>>({ hosts: list(hostView, MANY), ...paged }),
  ),
  host: query(
    'host',
    'GetHost',
    message<'GetHostRequest', Asked<'host'>>({ host: required }),
    message<'GetHostResponse', Answered<'host'>>({ host: hostView }),
  ),
  frameworks: query(
    'frameworks',
    'ListFrameworks',
    message<'ListFrameworksRequest', Asked<'frameworks'>>({ workload: anyName }),
    message<'ListFrameworksResponse', Answered<'frameworks'>>({ frameworks: list(frameworkView, MANY) }),
  ),
  roles: query(
    'roles',
    'ListRoles',
    empty<'ListRolesRequest'>(),
    message<'ListRolesResponse', Answered<'roles'>>({ roles: list(roleView, MANY) }),
  ),
  offers: query(
    'offers',
    'ListOffers',
    message<'ListOffersRequest', Asked<'offers'>>({ page }),
    message<'ListOffersResponse', Answered<'offers'>>({ offers: list(offerView, MANY), ...paged }),
  ),
  demands: query(
    'demands',
    'ListDemands',
    empty<'ListDemandsRequest'>(),
    message<'ListDemandsResponse', Answered<'demands'>>({ demands: list(demandView, MANY) }),
  ),
  tasks: query(
    'tasks',
    'ListTasks',
    message<'ListTasksRequest', Asked<'tasks'>>({ frameworkId: anyName, page }),
    message<'ListTasksResponse', Answered<'tasks'>>({ tasks: list(taskView, MANY), ...paged }),
  ),
  reservations: query(
    'reservations',
    'ListReservations',
    message<'ListReservationsRequest', Asked<'reservations'>>({ host: anyName, role: anyName, idle: flag, page }),
    message<'ListReservationsResponse', Answered<'reservations'>>({
      reservations: list(reservationView, MANY),
      ...paged,
    }),
  ),
  transitions: query(
    'transitions',
    'ListTransitions',
    message<'ListTransitionsRequest', Asked<'transitions'>>({ ended: flag, page }),
    message<'ListTransitionsResponse', Answered<'transitions'>>({
      transitions: list(transitionView, MANY),
      ...paged,
    }),
  ),
  transition: query(
    'transition',
    'GetTransition',
    message<'GetTransitionRequest', Asked<'transition'>>({ transition: required }),
    message<'GetTransitionResponse', Answered<'transition'>>({ transition: transitionView }),
  ),
  plan: query(
    'plan',
    'GetPlan',
    empty<'GetPlanRequest'>(),
    message<'GetPlanResponse', Answered<'plan'>>({ plan: nullable(planView) }),
  ),
  conditions: query(
    'conditions',
    'ListConditions',
    empty<'ListConditionsRequest'>(),
    message<'ListConditionsResponse', Answered<'conditions'>>({ conditions: list(conditionView, MANY) }),
  ),
  freezes: query(
    'freezes',
    'ListFreezes',
    empty<'ListFreezesRequest'>(),
    message<'ListFreezesResponse', Answered<'freezes'>>({ freezes: list(freezeView, MANY) }),
  ),
  maintenance: query(
    'maintenance',
    'ListMaintenanceWindows',
    empty<'ListMaintenanceWindowsRequest'>(),
    message<'ListMaintenanceWindowsResponse', Answered<'maintenance'>>({ windows: list(windowView, MANY) }),
  ),
  why: query(
    'why',
    'Explain',
    message<'ExplainRequest', Asked<'why'>>({ thing: required }),
    message<'ExplainResponse', Answered<'why'>>({ why: whyView }),
  ),
  audit: query(
    'audit',
    'Audit',
    empty<'AuditRequest'>(),
    message<'AuditResponse', Answered<'audit'>>({ violations: list(plain, MANY) }),
  ),
};
