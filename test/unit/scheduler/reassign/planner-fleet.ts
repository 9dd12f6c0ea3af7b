/** Hosts of two frameworks and the rounds of the planner over them: what tests of the planner by cases start from. */
import type { SchedulerOptions } from '../../../../scheduler/config.js';
import { auditTouched } from '../../../../scheduler/invariants.js';
import { lastPlan, planRound } from '../../../../scheduler/reassign/index.js';
import { Bench, KUBE, OVIRT } from './bench.js';

export const HADOOP = 'hadoop/lake';
/** Whatever is short or in surplus is so for long enough, and every host may be taken. */
export const NOW: Partial<SchedulerOptions> = { hysteresisRounds: 1, minHoldMs: 0 };

/** oVirt (role /vm) holds `vm` hosts, Kubernetes (role /pod) `pod`; each host in a rack of its own, leave costs by name. */
export function fleet(vm: number, pod: number, options: Partial<SchedulerOptions> = {}): Bench {
  const bench = new Bench({ ...NOW, ...options });
  bench.role('/vm');
  bench.role('/pod');
  bench.framework(OVIRT, ['/vm']);
  bench.framework(KUBE, ['/pod']);
  for (let at = 1; at <= vm; at += 1) bench.host(`v${at}`, { heldBy: OVIRT, role: '/vm' });
  for (let at = 1; at <= pod; at += 1) bench.host(`p${at}`, { heldBy: KUBE, role: '/pod' });
  return bench;
}

export function round(bench: Bench, passMs = 60_000): void {
  bench.pass(passMs);
  bench.core.state.takeMutations();
  planRound(bench.core);
  auditTouched(bench.core);
  bench.collect();
}

/** `v1>kubernetes/east` for each running move. */
export function moving(bench: Bench): readonly string[] {
  return [...bench.core.state.transitions.values()]
    .filter((one) => one.outcome === 'running')
    .map((one) => `${one.hostId}>${one.to?.frameworkId ?? one.toMode}`);
}

export function notMoved(bench: Bench): readonly string[] {
  return lastPlan(bench.core)?.notMoved ?? [];
}
