import { loadScenario, Prng, type Scenario } from '../../src/scenario/index.js';
import type { SimOptions } from './options.js';

/** Load changes this often: hosts are always wanted elsewhere soon. */
const STEP_HOURS = 0.25;
const LEVELS = 12;

/** A small fleet whose demand jumps all the time, on managers fast enough that hosts move every few minutes. */
export function simScenario(options: SimOptions): Scenario {
  const prng = new Prng(options.seed, 'scenario');
  const levels = (): string => Array.from({ length: LEVELS }, () => String(prng.int(1, 9))).join(', ');
  const fail = (options.stepFailMilli / 1000).toFixed(3);
  const blocked = (options.blockedMilli / 1000).toFixed(3);
  const workload = (name: string, framework: string, role: string, kind: string, blockedChance: string): string => `
  - name: ${name}
    framework: ${framework}
    role: ${role}
    demand: { synthetic: { shape: steps, levels: [${levels()}], stepHours: ${String(STEP_HOURS)} }, kind: ${kind}, share: 0.34 }
    profile:
      kind: ${name}
      forecast: { minSeconds: 1, maxSeconds: 5 }
      drainUnit: { minSeconds: ${String(options.drainUnitMinSeconds)}, maxSeconds: ${String(options.drainUnitMinSeconds + 18)} }
      blockedUnit: { minSeconds: 60, maxSeconds: 900 }
      leave: { minSeconds: 1, maxSeconds: 20 }
      wipe: { minSeconds: 5, maxSeconds: 30 }
      prepare: { minSeconds: 5, maxSeconds: 30 }
      join: { minSeconds: 5, maxSeconds: 60 }
      verify: { minSeconds: 1, maxSeconds: 10 }
      blockedUnitChance: ${blockedChance}
      failureChance: { prepare: ${fail}, join: ${fail}, drain: ${fail}, leave: ${fail}, wipe: ${fail} }
    wanted: { scaleDownDelaySeconds: 0, backlogDrainSeconds: 600 }`;
  const roles = [
    `{ path: /prod/vms, guarantee: { hosts: 3 }, weight: ${String(prng.int(1, 4))}, priority: 20 }`,
    `{ path: /prod/pods, guarantee: { hosts: 2 }, weight: ${String(prng.int(1, 4))} }`,
    `{ path: /batch/hadoop, guarantee: { hosts: 1 }, limit: { hosts: ${String(options.hosts - 4)} } }`,
  ];
  const workloads = [
    workload('ovirt', 'prod', '/prod/vms', 'perishable', blocked),
    workload('kubernetes', 'east', '/prod/pods', 'perishable', blocked),
    workload('hadoop', 'night', '/batch/hadoop', 'queueable', '0'),
  ];
  return loadScenario(
    `
name: simulation
seed: ${String(options.seed)}
hosts: ${String(options.hosts)}
hours: ${((options.safetyMs + options.livenessMs) / 3_600_000).toFixed(2)}
fleet: { shapes: [{ name: standard, share: 1, cpus: 32, memoryGiB: 256, racks: 3 }] }
roles: [${roles.join(', ')}]
workloads:${workloads.join('')}
policies:
  dynamic:
    planPeriodSeconds: 20
    minHoldSeconds: 60
    coolDownSeconds: 30
    maxMovesInFlight: 6
    maxMovesInFlightPerWorkload: 5
    maxMovesPerHour: 400
    hysteresisHosts: 0
`,
    'simulation',
  );
}
