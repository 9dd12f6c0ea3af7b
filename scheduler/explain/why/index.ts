/** `mosaic why THING`: finds what was meant and gives the reasons, the binding one first. */
import { assertNever } from '../../assert-never.js';
import type { Core } from '../../core.js';
import { demandViewsOf } from '../demands.js';
import { findFramework, findHost, findRole, nearest, shown } from '../lookup.js';
import type { QueryResult } from '../query.js';
import { remedies } from '../remedies.js';
import type { WhyView } from '../views.js';
import { listed } from '../../words.js';
import { whyDemand } from './demand.js';
import { whyFramework } from './framework.js';
import { whyHost } from './host.js';
import { whyMove } from './move.js';
import { whyRole } from './role.js';
import { whyWorkload } from './workload.js';

type About = WhyView['about'];
const KINDS: readonly About[] = ['host', 'framework', 'role', 'move', 'demand', 'workload'];

interface Match {
  readonly about: About;
  readonly explain: () => WhyView;
}

/**
 * @param thing a host, framework, role, move (transition id), demand (`<framework>/<demandId>`) or workload; `host:prod`
 *   says which kind is meant where a name stands for several things
 */
export function why(core: Core, thing: string): QueryResult {
  const colon = thing.indexOf(':');
  const kind = KINDS.find((one) => colon > 0 && one === thing.slice(0, colon));
  const name = kind === undefined ? thing : thing.slice(colon + 1);
  if (name === '')
    return { kind: 'invalid', message: `name a ${KINDS.join(', ')} after why, as in: ${remedies.why('node17')}` };
  const matches = KINDS.filter((about) => kind === undefined || about === kind).flatMap((about) =>
    matchesOf(core, about, name),
  );
  const only = matches[0];
  if (only === undefined) return { kind: 'not_found', message: notFoundText(core, kind, name) };
  if (matches.length === 1) return { kind: 'why', why: only.explain() };
  const ways = matches.map((match) => remedies.why(`${match.about}:${name}`));
  if (new Set(ways).size < ways.length) {
    const each = matches.map((match) => remedies.why(match.explain().subject)).join(' or ');
    const message = `"${shown(name)}" is the name of several demands; put the framework before it: ${each}`;
    return { kind: 'invalid', message };
  }
  return {
    kind: 'invalid',
    message: `"${shown(name)}" is ${listed(matches.map((match) => `a ${match.about}`))}; say which one is meant: ${ways.join(' or ')}`,
  };
}

function matchesOf(core: Core, about: About, name: string): readonly Match[] {
  switch (about) {
    case 'host': {
      const host = findHost(core, name);
      return host.ok ? [{ about, explain: () => whyHost(core, host.value) }] : [];
    }
    case 'framework': {
      const framework = findFramework(core, name);
      return framework.ok ? [{ about, explain: () => whyFramework(core, framework.value) }] : [];
    }
    case 'role': {
      const role = findRole(core, name);
      return role.ok ? [{ about, explain: () => whyRole(core, role.value) }] : [];
    }
    case 'move': {
      const transition = core.state.transitions.get(name);
      return transition === undefined ? [] : [{ about, explain: () => whyMove(core, transition) }];
    }
    case 'demand':
      return demandMatches(core, name);
    case 'workload': {
      const frameworks = [...core.state.frameworks.values()].filter((framework) => framework.workload === name);
      return frameworks.length === 0 ? [] : [{ about, explain: () => whyWorkload(core, name, frameworks) }];
    }
    default:
      return assertNever(about);
  }
}

/** `<framework>/<demandId>`, or a demand id alone. */
function demandMatches(core: Core, name: string): readonly Match[] {
  const found: Match[] = [];
  for (const record of core.state.demands.values())
    for (const entry of record.entries) {
      if (name !== entry.demandId && name !== `${record.frameworkId}/${entry.demandId}`) continue;
      const demand = demandViewsOf(core, record).find((view) => view.demandId === entry.demandId);
      if (demand !== undefined) found.push({ about: 'demand', explain: () => whyDemand(core, demand) });
    }
  return found;
}

function notFoundText(core: Core, kind: About | undefined, name: string): string {
  const what = kind === undefined ? `nothing called "${shown(name)}"` : `no ${kind} "${shown(name)}"`;
  const near = nearest(name, knownNames(core));
  const hint = near.length === 0 ? ';' : `; did you mean ${near.join(' or ')}?`;
  return `there is ${what}${hint} what there is shows: ${remedies.overview}`;
}

function* knownNames(core: Core): IterableIterator<string> {
  yield* core.state.hostsByName.keys();
  for (const framework of core.state.frameworks.values()) yield framework.frameworkId;
  for (const role of core.state.roles.values()) yield role.path;
  for (const transitionId of core.state.runningTransitions.get('running')) yield transitionId;
  for (const record of core.state.demands.values())
    for (const entry of record.entries) yield `${record.frameworkId}/${entry.demandId}`;
}
