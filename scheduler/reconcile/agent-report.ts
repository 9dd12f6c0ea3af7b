import { rescindHostOffers } from '../allocate/rescind.js';
import type { Core } from '../core.js';
import type { AgentReport } from '../protocol.js';
import { resendSteps } from '../reassign/recover.js';
import { reviewHostLimits } from '../quota/index.js';
import { isBytes, problems, roundedDown, withoutZeros, type Quantities } from '../resources/index.js';
import type { HostRecord } from '../state/records.js';
import { reviewCapacity } from './capacity.js';
import { setAside } from './hosts.js';
import {
  ATTRIBUTE_LENGTH_MAX,
  ATTRIBUTES_MAX,
  HOST_AMOUNT_MAX,
  HOST_BYTES_MAX,
  HOST_CPUS_MILLI_MAX,
  MESSAGE_LENGTH_MAX,
  REPORTED_TASKS_MAX,
  WORD_LENGTH_MAX,
} from './limits.js';
import { judge, matchNewcomer } from './observation.js';
import { quarantinePeer } from './peers.js';
import { noteReported } from './recovery.js';
import { classifyShape } from './shapes.js';
import { reconcileHostTasks } from './task-reconcile.js';
import { isPrintable, shown } from './text.js';

/** Everything an agent knows of its machine. What it says of resources and attributes is so; our records follow. */
export function onAgentReport(core: Core, hostId: string, report: AgentReport): void {
  const before = core.state.hosts.get(hostId);
  const presence = core.state.hostPresence.get(hostId);
  if (before === undefined || presence === undefined) return;
  const [problem] = reportProblems(report);
  if (problem !== undefined) {
    // An agent that reports what cannot be would do so again for ever: a person has to look.
    quarantinePeer(core, `agent/${hostId}`, `its report is not valid: ${problem}`);
    return;
  }
  const first = presence.synced !== true;
  const changed = updateFacts(core, before, report);
  core.state.hostPresence.put({
    ...presence,
    reported: true,
    synced: true,
    lastSeenMs: core.nowMs,
    profile: report.profile,
    cleanliness: shown(report.cleanliness, MESSAGE_LENGTH_MAX),
  });
  reconcileHostTasks(core, hostId, report, first);
  reviewCapacity(core, hostId);
  reviewCleanliness(core, hostId, report);
  if (!presence.reported) {
    noteReported(core, hostId);
    const host = core.state.hosts.get(hostId);
    if (host !== undefined) matchNewcomer(core, host);
  }
  judge(core, hostId);
  if (first) resendSteps(core, `agent/${hostId}`);
  if (changed || first || !presence.reported) core.markDirty(hostId);
}

/** Takes over what the machine has, bytes in whole MiB. Open offers of what is no longer so are taken back. */
function updateFacts(core: Core, before: HostRecord, report: AgentReport): boolean {
  const { quantities, ports } = roundedDown(report.resources);
  const resources = { quantities: withoutZeros(quantities), ports };
  const facts: HostRecord = {
    ...before,
    resources: sameValue(before.resources, resources) ? before.resources : resources,
    attributes: sameValue(before.attributes, report.attributes) ? before.attributes : { ...report.attributes },
    faultDomain: sameValue(before.faultDomain, report.faultDomain) ? before.faultDomain : { ...report.faultDomain },
    image: report.image,
  };
  const after: HostRecord = { ...facts, shape: classifyShape(core, facts) };
  const offered =
    after.resources !== before.resources || after.shape !== before.shape || after.faultDomain !== before.faultDomain;
  if (!offered && after.attributes === before.attributes && after.image === before.image) return false;
  if (offered) rescindHostOffers(core, after.hostId, `${after.name} has changed`);
  core.state.hosts.put(after);
  // Whoever declined it declined another one. A new image makes it no other: moves and wipes bring one.
  if (offered || after.attributes !== before.attributes) core.filters.clearHost(after.hostId);
  if (offered) reviewHostLimits(core, [after]);
  if (after.shape !== before.shape)
    core.decide('host', after.name, `${after.name} is of shape ${after.shape} now; it was ${before.shape}`);
  return true;
}

/** What is left on a machine that should be clean. A move in progress cleans by itself. */
function reviewCleanliness(core: Core, hostId: string, report: AgentReport): void {
  const host = core.state.hosts.get(hostId);
  if (host === undefined || host.transitionId !== null) return;
  const dirty = report.cleanliness.startsWith('dirty');
  const what = dirty
    ? shown(report.cleanliness, MESSAGE_LENGTH_MAX)
    : `the profile of ${shown(report.profile)} is on it`;
  if (host.mode === 'free' && (dirty || report.profile !== '')) {
    core.raise(
      'HOST_DIRTY',
      host.name,
      `${host.name} was free but is not clean: ${what}`,
      `mosaic host release ${host.name}`,
    );
    setAside(core, host, `it was free but is not clean: ${what}`);
  } else if (host.mode === 'leased' && dirty) {
    core.raise(
      'HOST_DIRTY',
      host.name,
      `${host.name} serves but its last verification said ${what}`,
      `mosaic why ${host.name}`,
    );
  } else if (host.mode !== 'quarantined') core.clearCondition('HOST_DIRTY', host.name);
}

/** Everything wrong with a report, as sentences that name the field. */
export function reportProblems(report: AgentReport): readonly string[] {
  const found = [...problems(report.resources, 'resources'), ...tooMuch(report.resources.quantities)];
  const attributes = Object.entries(report.attributes);
  if (attributes.length > ATTRIBUTES_MAX)
    found.push(`attributes has ${attributes.length} entries; at most ${ATTRIBUTES_MAX} are accepted`);
  for (const [name, value] of attributes.slice(0, ATTRIBUTES_MAX)) {
    if (name === '' || name.length > ATTRIBUTE_LENGTH_MAX || !isPrintable(name))
      found.push(`attributes has a name "${shown(name)}"; names are 1 to ${ATTRIBUTE_LENGTH_MAX} printable characters`);
    if (value.length > ATTRIBUTE_LENGTH_MAX || !isPrintable(value))
      found.push(
        `attributes.${shown(name)} is "${shown(value)}"; values are at most ${ATTRIBUTE_LENGTH_MAX} printable characters`,
      );
  }
  const words = {
    ...prefixed('faultDomain', report.faultDomain),
    image: report.image,
    agentVersion: report.agentVersion,
    profile: report.profile,
  };
  for (const [field, value] of Object.entries(words))
    if (value.length > WORD_LENGTH_MAX || !isPrintable(value))
      found.push(`${field} is "${shown(value)}"; it must be at most ${WORD_LENGTH_MAX} printable characters`);
  if (!Number.isSafeInteger(report.lastCommandSeq) || report.lastCommandSeq < 0)
    found.push(`lastCommandSeq is ${report.lastCommandSeq}; it must be a whole number from 0`);
  if (report.tasks.length > REPORTED_TASKS_MAX)
    found.push(`tasks has ${report.tasks.length} entries; at most ${REPORTED_TASKS_MAX} are accepted`);
  for (const task of report.tasks.slice(0, REPORTED_TASKS_MAX))
    if (!Number.isSafeInteger(task.statusSeq) || task.statusSeq < 0)
      found.push(
        `tasks has "${shown(task.taskId)}" with statusSeq ${task.statusSeq}; it must be a whole number from 0`,
      );
  return found;
}

/** Amounts that no machine has. */
function tooMuch(quantities: Quantities): readonly string[] {
  const found: string[] = [];
  for (const [dimension, amount] of Object.entries(quantities)) {
    const most = mostOf(dimension);
    if (amount > most)
      found.push(`resources.${shown(dimension)} is ${amount}; a host has a whole number from 0 to ${most}`);
  }
  return found;
}

function mostOf(dimension: string): number {
  if (dimension === 'cpusMilli') return HOST_CPUS_MILLI_MAX;
  return isBytes(dimension) ? HOST_BYTES_MAX : HOST_AMOUNT_MAX;
}

function prefixed(path: string, fields: object): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${path}.${name}`, String(value)]));
}

/** Whether two plain values say the same, whatever the order of their keys. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keysOfA = Object.keys(a);
  if (keysOfA.length !== Object.keys(b).length) return false;
  return keysOfA.every((key) => Object.hasOwn(b, key) && sameValue(Reflect.get(a, key), Reflect.get(b, key)));
}
