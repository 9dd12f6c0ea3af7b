/** Telling frameworks what became of their demand, only when it changed. */
import type { Core } from '../core.js';
import type { DemandRecord } from '../state/records.js';
import type { StatusFacts } from './memory.js';
import { CurrentFacts } from './status-facts.js';
import { demandStatuses } from './status.js';

/** Reasons also change by what happens elsewhere; all of them are computed again at most this often. */
const ALL_STATUSES_MS = 1_000;

/** After a pass: the demands whose standing changed, and now and then all of them. */
export function publishAfterPass(core: Core): void {
  const memory = core.allocationMemory;
  if (core.nowMs - memory.publishedMs >= ALL_STATUSES_MS) {
    publishDemandStatus(core);
    return;
  }
  for (const key of memory.touchedDemands) {
    const record = core.state.demands.get(key);
    if (record !== undefined) publish(core, record, (memory.facts ??= new CurrentFacts(core)));
  }
  memory.touchedDemands.clear();
}

/** Every demand whose status differs from the last one sent. */
export function publishDemandStatus(core: Core): void {
  const memory = core.allocationMemory;
  const facts = new CurrentFacts(core);
  memory.facts = facts;
  for (const record of core.state.demands.values()) publish(core, record, facts);
  for (const key of memory.sentStatuses.keys()) if (!core.state.demands.has(key)) memory.sentStatuses.delete(key);
  memory.touchedDemands.clear();
  memory.publishedMs = core.nowMs;
}

/** The framework starts over and has lost what it was told: the next pass tells it anew. */
export function forgetStatuses(core: Core, frameworkId: string): void {
  for (const key of core.state.demandsByFramework.get(frameworkId)) {
    core.allocationMemory.sentStatuses.delete(key);
    core.allocationMemory.touchedDemands.add(key);
    core.timers.setEarliest('allocate', core.nowMs + core.options.allocateBatchMs);
  }
}

function publish(core: Core, record: DemandRecord, facts: StatusFacts): void {
  const { frameworkId, role } = record;
  if (core.state.frameworkPresence.get(frameworkId)?.connected !== true) {
    // Whoever comes back has lost what it was told.
    core.allocationMemory.sentStatuses.delete(record.key);
    return;
  }
  const statuses = demandStatuses(core, frameworkId, role, facts);
  const text = JSON.stringify(statuses);
  if (core.allocationMemory.sentStatuses.get(record.key) === text) return;
  core.allocationMemory.sentStatuses.set(record.key, text);
  core.sendFramework(frameworkId, { kind: 'demand_status', role, statuses });
}
