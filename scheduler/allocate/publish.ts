/** Telling frameworks what became of their demand: only what changed, and of each demand no more than once a second. */
import type { Core } from '../core.js';
import type { DemandRecord } from '../state/records.js';
import type { StatusFacts } from './memory.js';
import { CurrentFacts } from './status-facts.js';
import { demandStatuses } from './status.js';

/**
 * A demand's status is told at once when it was stated anew or when nothing was told of it for so long; what changes sooner
 * is told together. A framework that launches tasks all the time would otherwise get a message for each offer and each answer.
 */
const STATUS_PERIOD_MS = 1_000;
/** Reasons also change by what happens elsewhere; all of them are computed again at most this often. */
const ALL_STATUSES_MS = 1_000;
/** Where there is always another host to look at, statuses do not wait for the last one for longer than this. */
const OVERDUE_MS = 2_000;

/** After a pass: the demands whose standing changed, and now and then all of them. */
export function publishAfterPass(core: Core): void {
  const memory = core.allocationMemory;
  endPauses(core);
  if (core.nowMs - memory.publishedMs >= ALL_STATUSES_MS) publishAll(core);
  else {
    // Whose reason changed by what happened elsewhere is told with the next round of all.
    if (memory.touchedDemands.size > 0 || memory.publishedVersions !== versionsOf(core))
      core.timers.setEarliest('allocate', memory.publishedMs + ALL_STATUSES_MS);
    for (const key of memory.touchedDemands) {
      const record = core.state.demands.get(key);
      if (record !== undefined) publish(core, record, (memory.facts ??= new CurrentFacts(core)));
    }
    memory.touchedDemands.clear();
  }
  const [firstToldMs] = memory.toldMs.values();
  if (memory.changedSinceTold.size > 0 && firstToldMs !== undefined)
    core.timers.setEarliest('allocate', firstToldMs + STATUS_PERIOD_MS);
}

/** After a pass that has left hosts to the next one: only what has waited for too long. */
export function publishIfOverdue(core: Core): void {
  if (core.nowMs - core.allocationMemory.publishedMs >= OVERDUE_MS) publishAfterPass(core);
}

/** Every demand whose status differs from the last one sent. */
function publishAll(core: Core): void {
  const memory = core.allocationMemory;
  const facts = new CurrentFacts(core);
  memory.facts = facts;
  for (const record of core.state.demands.values()) publish(core, record, facts);
  for (const key of memory.sentStatuses.keys()) if (!core.state.demands.has(key)) memory.sentStatuses.delete(key);
  memory.touchedDemands.clear();
  memory.publishedMs = core.nowMs;
  memory.publishedVersions = versionsOf(core);
}

/** What reasons depend on, beside demand; equal texts mean that none of it has changed. */
function versionsOf({ ledger, capacity, quota }: Core): string {
  return `${ledger.version}/${capacity.version}/${quota.version}`;
}

/** The demand was stated anew: the next pass answers, however lately its status was told. */
export function answerDemand(core: Core, key: string): void {
  const { toldMs, changedSinceTold, touchedDemands } = core.allocationMemory;
  toldMs.delete(key);
  changedSinceTold.delete(key);
  touchedDemands.add(key);
}

/** The framework starts over and has lost what it was told: the next pass tells it anew. */
export function forgetStatuses(core: Core, frameworkId: string): void {
  for (const key of core.state.demandsByFramework.get(frameworkId)) {
    core.allocationMemory.sentStatuses.delete(key);
    answerDemand(core, key);
    core.timers.setEarliest('allocate', core.nowMs + core.options.allocateBatchMs);
  }
}

/** Demands whose status was told a while ago may be told of again. */
function endPauses(core: Core): void {
  const { toldMs, changedSinceTold, touchedDemands } = core.allocationMemory;
  for (const [key, atMs] of toldMs) {
    if (atMs + STATUS_PERIOD_MS > core.nowMs) return;
    toldMs.delete(key);
    if (changedSinceTold.delete(key)) touchedDemands.add(key);
  }
}

/** Tells the status if it is news; of one that was told lately it is noted that there is news. */
function publish(core: Core, record: DemandRecord, facts: StatusFacts): void {
  const { key, frameworkId, role } = record;
  const { sentStatuses, toldMs, changedSinceTold } = core.allocationMemory;
  if (core.state.frameworkPresence.get(frameworkId)?.connected !== true) {
    // Whoever comes back has lost what it was told.
    sentStatuses.delete(key);
    return;
  }
  if (toldMs.has(key)) {
    changedSinceTold.add(key);
    return;
  }
  const statuses = demandStatuses(core, frameworkId, role, facts);
  const text = JSON.stringify(statuses);
  if (sentStatuses.get(key) === text) return;
  sentStatuses.set(key, text);
  toldMs.set(key, core.nowMs);
  core.sendFramework(frameworkId, { kind: 'demand_status', role, statuses });
}
