import type { Core } from '../core.js';
import { counted, countedAre } from '../words.js';
import type { HostRecord, TransitionRecord } from '../state/records.js';
import { MOVE_STARTS_KEPT } from './memory.js';
import { workloadsOf } from './steps.js';

/**
 * How many more moves a round may start. Counts what is in flight (an operator's moves, too: they load the same managers
 * and racks) and what the round has planned so far. Claims of free hosts are no moves: nobody gives anything up.
 */
export class Budgets {
  readonly #core: Core;
  readonly #byWorkload = new Map<string, number>();
  readonly #byRack = new Map<string, number>();
  #inFlight = 0;
  #hour = 0;

  constructor(core: Core) {
    this.#core = core;
    for (const id of core.state.runningTransitions.get('running')) {
      const transition = core.state.transitions.get(id);
      const host = transition === undefined ? undefined : core.state.hosts.get(transition.hostId);
      if (transition !== undefined && host !== undefined && isMove(transition))
        this.#count(host, workloadsOf(core, transition));
    }
    const sinceMs = core.nowMs - core.options.movesHourMs;
    const starts = core.planMemory.moveStartsMs;
    while (starts[0] !== undefined && starts[0] <= sinceMs) starts.shift();
    this.#hour = starts.length;
  }

  /** Moves in flight or planned that touch the rack (`rackOf`). */
  rackLoad(rack: string): number {
    return this.#byRack.get(rack) ?? 0;
  }

  rackIsFull(rack: string): boolean {
    return this.rackLoad(rack) >= this.#core.options.movesInFlightPerRackMax;
  }

  /** The budget that one more move of these workloads would break, in words, or null. Reclaim has room of its own on top. */
  broken(workloads: readonly string[], reclaim: boolean): string | null {
    const { options } = this.#core;
    const extra = reclaim ? options.reclaimInFlightMax : 0;
    if (this.#inFlight >= options.movesInFlightMax + extra)
      return `${countedAre(this.#inFlight, 'move')} in flight; movesInFlightMax is ${String(options.movesInFlightMax)}`;
    if (this.#hour >= options.movesPerHourMax)
      return `${counted(this.#hour, 'move')} began within the hour; movesPerHourMax is ${String(options.movesPerHourMax)}`;
    for (const workload of workloads) {
      const load = this.#byWorkload.get(workload) ?? 0;
      if (load >= options.movesInFlightPerWorkloadMax + extra)
        return `${countedAre(load, `${workload} move`)} in flight; movesInFlightPerWorkloadMax is ${String(options.movesInFlightPerWorkloadMax)}`;
    }
    return null;
  }

  /** The rack budget in words, for a rack that is full. */
  rackText(rack: string): string {
    const { movesInFlightPerRackMax } = this.#core.options;
    return `${countedAre(this.rackLoad(rack), 'move')} in flight in rack ${rack}; movesInFlightPerRackMax is ${movesInFlightPerRackMax}`;
  }

  /** A move was planned: the next one of this round is measured with it. */
  spend(host: HostRecord, workloads: readonly string[]): void {
    this.#count(host, workloads);
    this.#hour += 1;
  }

  #count(host: HostRecord, workloads: readonly string[]): void {
    this.#inFlight += 1;
    for (const workload of new Set(workloads))
      this.#byWorkload.set(workload, (this.#byWorkload.get(workload) ?? 0) + 1);
    const rack = rackOf(host);
    this.#byRack.set(rack, (this.#byRack.get(rack) ?? 0) + 1);
  }
}

/** Notes for the hourly budget that a planned move was started. */
export function noteMoveStart(core: Core): void {
  const starts = core.planMemory.moveStartsMs;
  starts.push(core.nowMs);
  if (starts.length > MOVE_STARTS_KEPT) starts.shift();
}

/** At a start: how many moves the masters before have started within the hour is told by those that are kept. */
export function recallMoveStarts(core: Core): void {
  const sinceMs = core.nowMs - core.options.movesHourMs;
  const starts: number[] = [];
  for (const { planId, startedMs } of core.state.transitions.values())
    if (planId !== null && startedMs > sinceMs) starts.push(startedMs);
  core.planMemory.moveStartsMs.push(...starts.sort((a, b) => a - b));
}

function isMove(transition: TransitionRecord): boolean {
  return transition.from !== null || transition.planId !== null;
}

/** The rack a host stands in; hosts that name none share none with each other. */
export function rackOf(host: HostRecord): string {
  const { region, zone, rack } = host.faultDomain;
  return rack === '' ? `host ${host.hostId}` : `${region}/${zone}/${rack}`;
}
