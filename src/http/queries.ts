import type { FastifyInstance } from 'fastify';
import type { Page, Query, QueryResult } from '../../scheduler/index.js';
import { parameters as parametersOf, type Parameters } from './parameters.js';
import { badField, ProblemError } from './problem.js';
import type { HttpPort } from './port.js';

/** One address of the read-only API. */
export interface QueryRoute {
  /** Below `/api/v1/query`. */
  readonly path: string;
  readonly summary: string;
  /** Names of parameters in the address after `?`. */
  readonly parameters: readonly string[];
  readonly query: (parameters: Parameters) => Query;
  /** What is sent: the view itself, or the list with its total. */
  readonly body: (result: QueryResult) => unknown;
}

const PAGED = ['limit', 'page'] as const;
const PAGE_LIMIT_MAX = 1_000;

/** The same views as `mosaic … -o json`. */
export const QUERY_ROUTES: readonly QueryRoute[] = [
  route('/overview', 'the whole fleet on one screen', [], () => ({ kind: 'overview' })),
  route(
    '/hosts',
    'hosts by name; owner, state, rack and name filter',
    ['owner', 'state', 'rack', 'name', ...PAGED],
    (given) => ({
      kind: 'hosts',
      owner: given['owner'] ?? '',
      state: given['state'] ?? '',
      rack: given['rack'] ?? '',
      name: given['name'] ?? '',
      page: pageOf(given),
    }),
  ),
  route('/host/:host', 'one host, by name or id', [], (given) => ({ kind: 'host', host: given['host'] ?? '' })),
  route('/frameworks', 'frameworks', ['workload'], (given) => ({
    kind: 'frameworks',
    workload: given['workload'] ?? '',
  })),
  route('/roles', 'roles with quota and use', [], () => ({ kind: 'roles' })),
  route('/offers', 'open offers', PAGED, (given) => ({ kind: 'offers', page: pageOf(given) })),
  route('/demands', 'standing demand with its status', [], () => ({ kind: 'demands' })),
  route('/tasks', 'tasks on shared hosts', ['framework', ...PAGED], (given) => ({
    kind: 'tasks',
    frameworkId: given['framework'] ?? '',
    page: pageOf(given),
  })),
  route(
    '/reservations',
    'what is kept of shared hosts for single roles; host and role filter, idle=true only those without tasks',
    ['host', 'role', 'idle', ...PAGED],
    (given) => ({
      kind: 'reservations',
      host: given['host'] ?? '',
      role: given['role'] ?? '',
      idle: yesOrNo('idle', given['idle']),
      page: pageOf(given),
    }),
  ),
  route('/moves', 'moves; ended=true also the ended ones', ['ended', ...PAGED], (given) => ({
    kind: 'transitions',
    ended: yesOrNo('ended', given['ended']),
    page: pageOf(given),
  })),
  route('/move/:move', 'one move, by its id or its host', [], (given) => ({
    kind: 'transition',
    transition: given['move'] ?? '',
  })),
  route('/plan', 'the newest plan, or null', [], () => ({ kind: 'plan' })),
  route('/conditions', 'what an admin should know', [], () => ({ kind: 'conditions' })),
  route('/freezes', 'what is frozen', [], () => ({ kind: 'freezes' })),
  route('/maintenance', 'maintenance windows, by start', [], () => ({ kind: 'maintenance' })),
  route('/why', 'why a thing is as it is', ['thing'], (given) => ({
    kind: 'why',
    thing: required('thing', given['thing']),
  })),
  route('/audit', 'checks every invariant; costs a second per 10,000 hosts', [], () => ({ kind: 'audit' })),
];

export const QUERY_PREFIX = '/api/v1/query';

const NOT_LEADING = 'this master does not lead right now; try again in a moment';

export function queryRoutes(app: FastifyInstance, port: HttpPort): void {
  for (const { path, parameters, query, body } of QUERY_ROUTES) {
    app.get(QUERY_PREFIX + path, async (request) => {
      const given = {
        ...parametersOf(request.query as Readonly<Record<string, unknown>>, parameters),
        ...(request.params as Parameters),
      };
      const asked = query(given);
      if (!port.leading) throw notLeading(NOT_LEADING);
      const result = await port.query(asked);
      if (result.kind === 'unavailable') throw notLeading(result.message);
      if (result.kind === 'not_found')
        throw new ProblemError({ status: 404, title: 'Not found', detail: result.message });
      if (result.kind === 'invalid') throw invalid(result.message);
      return body(result);
    });
  }
}

function route(
  path: string,
  summary: string,
  parameters: readonly string[],
  query: (given: Parameters) => Query,
): QueryRoute {
  return { path, summary, parameters, query, body: bodyOf };
}

/** One view is sent bare, a list with what belongs to it. */
function bodyOf(result: QueryResult): unknown {
  switch (result.kind) {
    case 'overview':
      return result.overview;
    case 'host':
      return result.host;
    case 'transition':
      return result.transition;
    case 'plan':
      return { plan: result.plan };
    case 'why':
      return result.why;
    case 'transitions':
      return { moves: result.transitions, total: result.total, nextPageToken: result.nextPageToken };
    default: {
      const { kind: _kind, ...list } = result;
      return list;
    }
  }
}

function pageOf(given: Parameters): Page {
  const limit = given['limit'] ?? '200';
  const value = /^\d{1,6}$/.test(limit) ? Number(limit) : 0;
  if (value < 1 || value > PAGE_LIMIT_MAX)
    throw badField('limit', limit, `accepted is a whole number from 1 to ${PAGE_LIMIT_MAX}`);
  return { limit: value, pageToken: given['page'] ?? '' };
}

function yesOrNo(field: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true' || value === '') return true;
  throw badField(field, value, 'accepted are true and false');
}

function required(field: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw badField(
    field,
    value,
    'accepted is the name of a host, framework, role, move or demand, such as ?thing=node17',
  );
}

/** The core's sentences begin with the field: `state is "x"; it must be …`. */
function invalid(message: string): ProblemError {
  const field = /^([A-Za-z][A-Za-z0-9.]*) (is|has|are) /.exec(message)?.[1];
  return new ProblemError({
    status: 400,
    title: 'Bad request',
    detail: message,
    ...(field === undefined ? {} : { field }),
  });
}

function notLeading(detail: string): ProblemError {
  return new ProblemError({ status: 503, title: 'Unavailable', detail });
}
