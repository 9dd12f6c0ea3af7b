import { nearestName, type Problem } from './located-yaml.js';
import { PROFILE_KINDS, PROFILES } from './profiles.js';
import {
  hostName,
  type DemandSpec,
  type FaultSpec,
  type HostAmounts,
  type RoleSpec,
  type WorkloadSpec,
} from './scenario.js';
import type { ScenarioFile } from './schema.js';

/** A workload with its role checked, its demand source chosen and its profile complete. */
export function resolveWorkload(
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
      text: `${at}.role is ${quoted(role === '' ? null : role)}${hint}; accepted are ${paths.join(', ')}`,
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

/** A fault whose target is of the kind it needs, and exists. */
export function resolveFault(
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
      const found = number !== undefined && Number(number) >= 1 && Number(number) <= hosts;
      if (!found || target !== hostName(Number(number), hosts)) {
        const accepted = `a host from ${hostName(1, hosts)} to ${hostName(hosts, hosts)}`;
        problems.push({ path, text: `faults[${index}].target is ${quoted(target)}; accepted is ${accepted}` });
      }
      break;
    }
    case 'kill_framework':
    case 'pause_framework':
    case 'pause_manager':
      if (target === null || !names.includes(target)) {
        problems.push({
          path,
          text: `faults[${index}].target is ${quoted(target)}; accepted are the workloads ${names.join(', ')}`,
        });
      }
      break;
  }
  return { atSeconds: fault.at, kind: fault.kind, target, forSeconds: fault.for };
}

function quoted(name: string | null): string {
  return name === null ? 'missing' : `"${name}"`;
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
}
