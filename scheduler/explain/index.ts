/** Answers every read of the core. Nothing here changes anything. */
import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import { auditAll, violationText } from '../invariants.js';
import { conditionsBySubject, conditionViews, freezeViews } from './conditions.js';
import { demandViews } from './demands.js';
import { frameworkViews } from './frameworks.js';
import { hostsPage, hostView } from './hosts.js';
import { findHost, findTransition, missing } from './lookup.js';
import { windowViews } from './maintenance.js';
import { offersPage, tasksPage } from './offers.js';
import { overview } from './overview.js';
import { pageProblem } from './page.js';
import { planView } from './plan.js';
import type { Query, QueryResult } from './query.js';
import { reservationsPage } from './reservations.js';
import { roleViews } from './roles.js';
import { transitionsPage, transitionView } from './transitions.js';
import { why } from './why/index.js';

export function answerQuery(core: Core, query: Query): QueryResult {
  const problem = 'page' in query ? pageProblem(query.page) : null;
  if (problem !== null) return { kind: 'invalid', message: problem };
  switch (query.kind) {
    case 'overview':
      return { kind: 'overview', overview: overview(core) };
    case 'hosts':
      return hostsPage(core, query);
    case 'host': {
      const host = findHost(core, query.host);
      if (!host.ok) return { kind: 'not_found', message: host.message };
      return { kind: 'host', host: hostView(core, host.value, conditionsBySubject(core)) };
    }
    case 'frameworks':
      return frameworksResult(core, query.workload);
    case 'roles':
      return { kind: 'roles', roles: roleViews(core) };
    case 'offers':
      return offersPage(core, query.page);
    case 'demands':
      return { kind: 'demands', demands: demandViews(core) };
    case 'tasks':
      if (query.frameworkId !== '' && !core.state.frameworks.has(query.frameworkId))
        return notFound(core, 'framework', query.frameworkId);
      return tasksPage(core, query.frameworkId, query.page);
    case 'reservations':
      return reservationsPage(core, query);
    case 'transitions':
      return transitionsPage(core, query.ended, query.page);
    case 'transition': {
      const transition = findTransition(core, query.transition);
      if (!transition.ok) return { kind: 'not_found', message: transition.message };
      return { kind: 'transition', transition: transitionView(core, transition.value) };
    }
    case 'plan':
      return { kind: 'plan', plan: planView(core) };
    case 'conditions':
      return { kind: 'conditions', conditions: conditionViews(core) };
    case 'freezes':
      return { kind: 'freezes', freezes: freezeViews(core) };
    case 'maintenance':
      return { kind: 'maintenance', windows: windowViews(core) };
    case 'why':
      return why(core, query.thing);
    case 'audit':
      return { kind: 'audit', violations: auditAll(core).map(violationText) };
    default:
      return assertNever(query);
  }
}

function frameworksResult(core: Core, workload: string): QueryResult {
  const frameworks = frameworkViews(core, workload);
  if (workload !== '' && frameworks.length === 0) return notFound(core, 'workload', workload);
  return { kind: 'frameworks', frameworks };
}

function notFound(core: Core, what: 'framework' | 'workload', text: string): QueryResult {
  const names = new Set(
    [...core.state.frameworks.values()].map((f) => (what === 'framework' ? f.frameworkId : f.workload)),
  );
  return { kind: 'not_found', message: missing(what, text, names, 'mosaic framework list').message };
}
