import { largestRemainder } from './apportion.js';
import { pathText, type Problem } from './located-yaml.js';
import { resolveFault, resolveWorkload } from './resolve-workload.js';
import type { HostAmounts, RoleSpec, Scenario, ShapeSpec } from './scenario.js';
import { resolveHosts, type HostsOrPercent } from './schema-fields.js';
import type { ScenarioFile } from './schema.js';

/** Hosts of a scenario that names no number. */
const HOSTS_DEFAULT = 60;

/** The resolved scenario, or everything that fits the schema but makes no sense. */
export type Resolution = { readonly scenario: Scenario } | { readonly problems: readonly Problem[] };

/**
 * Fills in what depends on other fields: host counts of shapes, percentages of the fleet, starting hosts in proportion
 * to demand, profiles by name; and checks
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
        text: `${pathText(path)} names the shape "${shapeName}"; accepted are ${shapes.map((one) => one.name).join(', ')}`,
      });
    }
    resolved[key] = resolveHosts(amount, shape?.count ?? hosts);
  }
  return resolved;
}

/**
 * What each workload holds at the start: what it states, and the rest of the fleet in proportion to demand among those
 * that state nothing.
 */
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
