import { largestRemainder } from './apportion.js';
import { nearestName, type Problem } from './located-yaml.js';
import { PROFILE_KINDS, PROFILES } from './profiles.js';
import {
  type DemandSpec,
  type FaultSpec,
  type HostAmounts,
  type RoleSpec,
  type Scenario,
  type ShapeSpec,
  type WorkloadSpec,
} from './scenario.js';
import { resolveHosts, type HostsOrPercent } from './schema-fields.js';
import type { ScenarioFile } from './schema.js';

/** Hosts of a scenario that names no number. */
const HOSTS_DEFAULT = 60;

/** The resolved scenario, or everything that fits the schema but makes no sense. */
export type Resolution = { readonly scenario: Scenario } | { readonly problems: readonly Problem[] };

/**
 * Fills in what depends on other fields: host counts of shapes, percentages of the fleet, starting hosts in proportion to demand, profiles by name; and checks
 * that names meet.
 *
 * @param hostsOverride a fleet size from outside the file: counts of shapes then become proportions.
 */
export function resolveScenario(file: ScenarioFile, hostsOverride?: number): Resolution {
  const problems: Problem[] = [];
  const shapes = resolveShapes(file, hostsOverride, problems);
  const hosts = shapes.reduce((sum, shape) => sum + shape.count, 0);
  if (problems.length === 0 && hosts === 0)
    problems.push({ path: ['fleet', 'shapes'], text: 'fleet.shapes add up to 0 hosts; accepted is 1 or more' });
  const roles = file.roles.map((role, index): RoleSpec => {
    const guarantee = resolveAmounts(role.guarantee, shapes, hosts, ['roles', index, 'guarantee'], problems);
    const limit = resolveAmounts(role.limit, shapes, hosts, ['roles', index, 'limit'], problems);
    for (const [key, least] of Object.entries(guarantee)) {
      const most = limit[key];
      if (most !== undefined && most < least) {
        problems.push({
          path: ['roles', index, 'limit'],
          text: `roles[${index}].limit.${key} is ${most} hosts, below the guarantee of ${least}; accepted is ${least} or more`,
        });
      }
    }
    return { path: role.path, guarantee, limit, weight: role.weight, priority: role.priority };
  });
  checkUnique(
    file.roles.map((role) => role.path),
    'roles',
    'path',
    problems,
  );
  checkUnique(
    file.workloads.map((workload) => workload.name),
    'workloads',
    'name',
    problems,
  );
  checkUnique(
    file.fleet.shapes.map((shape) => shape.name),
    ['fleet', 'shapes'],
    'name',
    problems,
  );
  const initial = initialHosts(file, shapes, hosts, problems);
  const workloads = file.workloads.map((workload, index) =>
    resolveWorkload(workload, index, roles, initial[index] ?? {}, problems),
  );
  const faults = file.faults.map((fault, index) => resolveFault(fault, index, file, hosts, problems));
  if (problems.length > 0) return { problems };
  return {
    scenario: {
      name: file.name,
      seed: file.seed,
      hosts,
      hours: file.hours,
      speed: file.speed,
      startHour: file.startHour,
      fleet: { zones: file.fleet.zones, shapes },
      roles,
      workloads,
      policies: file.policies,
      timings: file.timings,
      faults,
    },
  };
}

/** Shapes with a `count` have it; the others divide the rest of the hosts by `share` (1 unless given). */
function resolveShapes(
  file: ScenarioFile,
  hostsOverride: number | undefined,
  problems: Problem[],
): readonly ShapeSpec[] {
  const shapes = file.fleet.shapes;
  const counted = shapes.reduce((sum, shape) => sum + (shape.count ?? 0), 0);
  const allCounted = shapes.every((shape) => shape.count !== undefined);
  const hosts = file.hosts ?? (allCounted ? counted : Math.max(HOSTS_DEFAULT, counted));
  let counts: readonly number[];
  if (allCounted && hostsOverride !== undefined) {
    counts = largestRemainder(
      shapes.map((shape) => shape.count ?? 0),
      hosts,
    );
  } else {
    if (counted > hosts || (allCounted && counted !== hosts)) {
      problems.push({
        path: ['fleet', 'shapes'],
        text: `fleet.shapes have a count of ${counted} hosts together; accepted is ${hosts}, the number of hosts`,
      });
    }
    const rest = largestRemainder(
      shapes.map((shape) => (shape.count === undefined ? (shape.share ?? 1) : 0)),
      Math.max(hosts - counted, 0),
    );
    counts = shapes.map((shape, index) => shape.count ?? rest[index] ?? 0);
  }
  return shapes.map((shape, index) => ({
    name: shape.name,
    count: counts[index] ?? 0,
    cpus: shape.cpus,
    memoryGiB: shape.memoryGiB,
    diskGiB: shape.diskGiB,
    gpus: shape.gpus,
    racks: shape.racks,
  }));
}

function resolveAmounts(
  amounts: Readonly<Record<string, HostsOrPercent>>,
  shapes: readonly ShapeSpec[],
  hosts: number,
  path: readonly (string | number)[],
  problems: Problem[],
): HostAmounts {
  const resolved: Record<string, number> = {};
  for (const [key, amount] of Object.entries(amounts)) {
    const shapeName = key === 'hosts' ? undefined : key.slice('hosts/'.length);
    const shape = shapes.find((candidate) => candidate.name === shapeName);
    if (shapeName !== undefined && shape === undefined) {
      problems.push({
        path: [...path, key],
        text: `${String(path[0])}[${String(path[1])}].${String(path[2])} names the shape "${shapeName}"; accepted are ${shapes.map((one) => one.name).join(', ')}`,
      });
    }
    resolved[key] = resolveHosts(amount, shape?.count ?? hosts);
  }
  return resolved;
}

/** What each workload holds at the start: what it states, and the rest of the fleet in proportion to demand among those that state nothing. */
function initialHosts(
  file: ScenarioFile,
  shapes: readonly ShapeSpec[],
  hosts: number,
  problems: Problem[],
): readonly HostAmounts[] {
  const stated = file.workloads.map((workload) =>
    workload.initialHosts === undefined ? 0 : resolveHosts(workload.initialHosts, hosts),
  );
  const sum = stated.reduce((total, count) => total + count, 0);
  if (sum > hosts) {
    problems.push({
      path: ['workloads'],
      text: `the initialHosts of all workloads add up to ${sum}; accepted are at most ${hosts}, the number of hosts`,
    });
    return [];
  }
  const rest = largestRemainder(
    file.workloads.map((workload) => (workload.initialHosts === undefined ? workload.demand.share : 0)),
    hosts - sum,
  );
  const totals = stated.map((count, index) => count + (rest[index] ?? 0));
  // Shapes are dealt out one after the other; what an earlier shape rounded away, a later one makes good.
  const left = [...totals];
  const byShape = shapes.map((shape, shapeIndex) => {
    const hostsLeft = shapes.slice(shapeIndex).reduce((total, one) => total + one.count, 0);
    const wanted = left.reduce((total, count) => total + count, 0);
    const dealt = largestRemainder(
      left,
      Math.min(shape.count, Math.round((wanted * shape.count) / Math.max(hostsLeft, 1))),
    );
    dealt.forEach((count, index) => (left[index] = (left[index] ?? 0) - count));
    return dealt;
  });
  return totals.map((_, index) =>
    Object.fromEntries(shapes.map((shape, shapeIndex) => [`hosts/${shape.name}`, byShape[shapeIndex]?.[index] ?? 0])),
  );
}

function resolveWorkload(
  workload: ScenarioFile['workloads'][number],
  index: number,
  roles: readonly RoleSpec[],
  initial: HostAmounts,
  problems: Problem[],
): WorkloadSpec {
  const at = `workloads[${index}]`;
  const paths = roles.map((role) => role.path);
  const role = workload.role ?? (paths.length === 1 ? paths[0] : undefined) ?? '';
  if (!paths.includes(role)) {
    const near = nearestName(role, paths);
    const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
    problems.push({
      path: ['workloads', index, 'role'],
      text: `${at}.role is ${role === '' ? 'missing' : `"${role}"`}${hint}; accepted are ${paths.join(', ')}`,
    });
  }
  const kind = workload.profile?.kind ?? PROFILE_KINDS.find((known) => known === workload.name);
  if (kind === undefined) {
    problems.push({
      path: ['workloads', index],
      text: `${at}.profile is missing and "${workload.name}" has no shipped profile; accepted are ${PROFILE_KINDS.join(', ')}, or a map with "kind"`,
    });
  }
  const base = PROFILES[kind ?? 'instant'];
  const { failureChance, ...overrides } = workload.profile ?? {};
  return {
    name: workload.name,
    framework: workload.framework,
    role,
    demand: resolveDemand(workload.demand, index, problems),
    initialHosts: initial,
    profile: {
      ...base,
      ...withoutUndefined(overrides),
      kind: kind ?? 'instant',
      failureChance: { ...base.failureChance, ...withoutUndefined(failureChance ?? {}) },
    },
    wanted: workload.wanted,
  };
}

function resolveDemand(
  demand: ScenarioFile['workloads'][number]['demand'],
  index: number,
  problems: Problem[],
): DemandSpec {
  const at = `workloads[${index}].demand`;
  const path = ['workloads', index, 'demand'];
  const { trace, synthetic, share, shiftHours } = demand;
  if (trace !== undefined && synthetic === undefined) {
    if (demand.kind !== undefined)
      problems.push({
        path: [...path, 'kind'],
        text: `${at}.kind is "${demand.kind}" beside a trace, which has its own kinds; accepted is no kind`,
      });
    return { source: 'trace', trace, share, day: demand.day ?? null, shiftHours };
  }
  if (synthetic === undefined || trace !== undefined) {
    problems.push({
      path,
      text: `${at} has ${trace === undefined ? 'neither a trace nor a synthetic shape' : 'both a trace and a synthetic shape'}; accepted is one of the two`,
    });
    return { source: 'synthetic', shape: { shape: 'constant' }, kind: 'perishable', share, shiftHours };
  }
  if (demand.day !== undefined)
    problems.push({
      path: [...path, 'day'],
      text: `${at}.day is ${demand.day} beside a synthetic shape; accepted only with a trace`,
    });
  return { source: 'synthetic', shape: synthetic, kind: demand.kind ?? 'perishable', share, shiftHours };
}

function resolveFault(
  fault: ScenarioFile['faults'][number],
  index: number,
  file: ScenarioFile,
  hosts: number,
  problems: Problem[],
): FaultSpec {
  const path = ['faults', index, 'target'];
  const target = fault.target ?? null;
  const names = file.workloads.map((workload) => workload.name);
  switch (fault.kind) {
    case 'kill_master':
    case 'kill_agents':
      if (target !== null)
        problems.push({ path, text: `faults[${index}].target is "${target}"; accepted is none with ${fault.kind}` });
      break;
    case 'kill_host': {
      const number = /^node(\d{2,6})$/.exec(target ?? '')?.[1];
      if (number === undefined || Number(number) < 1 || Number(number) > hosts) {
        problems.push({
          path,
          text: `faults[${index}].target is ${target === null ? 'missing' : `"${target}"`}; accepted is a host from ${hostName(1, hosts)} to ${hostName(hosts, hosts)}`,
        });
      }
      break;
    }
    case 'kill_framework':
    case 'pause_framework':
    case 'pause_manager':
      if (target === null || !names.includes(target)) {
        problems.push({
          path,
          text: `faults[${index}].target is ${target === null ? 'missing' : `"${target}"`}; accepted are the workloads ${names.join(', ')}`,
        });
      }
      break;
  }
  return { atSeconds: fault.at, kind: fault.kind, target, forSeconds: fault.for };
}

/** The name of the n-th host (from 1) of a fleet: `node07`, with as many digits as the last one needs, at least two. */
export function hostName(number: number, hosts: number): string {
  return `node${String(number).padStart(Math.max(2, String(hosts).length), '0')}`;
}

function checkUnique(
  names: readonly string[],
  list: string | readonly string[],
  field: string,
  problems: Problem[],
): void {
  const path = typeof list === 'string' ? [list] : list;
  names.forEach((name, index) => {
    const first = names.indexOf(name);
    if (first < index)
      problems.push({
        path: [...path, index, field],
        text: `${path.join('.')}[${index}].${field} is "${name}", which is also that of ${path.join('.')}[${first}]; accepted is a name used once`,
      });
  });
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
}
