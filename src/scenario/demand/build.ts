import { Prng } from '../prng.js';
import { fleetCores, type DemandSpec, type Scenario } from '../scenario.js';
import { PODS_DAYS, VM_DAYS, type Traces } from '../traces.js';
import { assertNever } from '../assert-never.js';
import { hadoopDemand } from './hadoop.js';
import { podDemand } from './pod.js';
import { scaleToMean, type RawDay } from './scale.js';
import type { DemandSeries } from './series.js';
import { syntheticDemand } from './synthetic.js';
import { vmDemand } from './vm.js';

/**
 * The demand of every workload of a scenario, in its order. The seed chooses which day of a trace the run begins with,
 * unless the scenario names one; each series
 * is scaled so that the mean of its first 24 hours is its share of the fleet's cores.
 */
export function buildDemand(scenario: Scenario, traces: Traces): readonly DemandSeries[] {
  const cores = fleetCores(scenario.fleet);
  return scenario.workloads.map((workload) =>
    scaleToMean(
      rawDemand(workload.demand, traces, new Prng(scenario.seed, `demand/${workload.name}`), scenario.hours),
      {
        workload: workload.name,
        meanCores: workload.demand.share * cores,
        hours: scenario.hours,
        startHour: (((scenario.startHour - workload.demand.shiftHours) % 24) + 24) % 24,
      },
    ),
  );
}

function rawDemand(demand: DemandSpec, traces: Traces, prng: Prng, hours: number): RawDay {
  if (demand.source === 'synthetic') return syntheticDemand(demand.shape, demand.kind, Math.ceil(hours / 24) + 1, prng);
  switch (demand.trace) {
    case 'planetlab':
      return vmDemand(traces.vms, demand.day ?? prng.int(0, VM_DAYS - 1));
    case 'openb':
      return podDemand(traces.pods, demand.day ?? prng.int(0, PODS_DAYS - 1));
    case 'fb2010':
      return hadoopDemand(traces.hadoop);
    default:
      return assertNever(demand.trace);
  }
}
