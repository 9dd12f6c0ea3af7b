/** What managers say they have, matched to the hosts whose agents we know. */
import type { Core } from '../core.js';
import { counted } from '../words.js';
import type { FrameworkMessage, HostIdentity, ObservedHost } from '../protocol.js';
import type { HostRecord, ObservationRecord } from '../state/records.js';
import { adoptIfAsked } from './adoption.js';
import { admitAllIfAsked, admitIfAsked } from './admission.js';
import { reviewHost } from './drift.js';
import { identityKeys, normaliseIdentity, relate } from '../state/identity.js';
import { HOSTS_MAX, IDENTITY_CANDIDATES_MAX, NAMED_MAX } from './limits.js';
import { shown } from './text.js';

type Observation = Extract<FrameworkMessage, { readonly kind: 'observation' }>;

/**
 * A manager was observed. A complete observation replaces what was known, a partial one adds to it. Then each host it
 * touches is judged again: adopted where that is asked for, shown where intent and reality differ.
 */
export function onObservation(core: Core, frameworkId: string, message: Observation): void {
  const presence = core.state.frameworkPresence.get(frameworkId);
  if (presence === undefined) return;
  if (message.hosts.length > HOSTS_MAX) {
    core.sendFramework(frameworkId, {
      kind: 'error',
      code: 'RESOURCE_EXHAUSTED',
      message: `hosts has ${message.hosts.length} entries; at most ${HOSTS_MAX} are accepted`,
    });
    return;
  }
  const touched = new Set<string>();
  const kept = new Set<string>();
  for (const observed of message.hosts) {
    const record = note(core, frameworkId, { ...observed, identity: normaliseIdentity(observed.identity) });
    kept.add(record.key);
    if (record.hostId !== null) touched.add(record.hostId);
  }
  if (message.complete) forgetOthers(core, frameworkId, kept, touched);
  showStrangers(core, frameworkId);
  const first = !presence.observed && message.complete;
  if (message.complete) core.state.frameworkPresence.put({ ...presence, observed: true, observedMs: core.nowMs });
  for (const hostId of touched) judge(core, hostId);
  if (message.complete) reviewShown(core, touched);
  if (first) admitAllIfAsked(core);
}

/** A host became known or told a new identity: machines that managers have without agent may be it. */
export function matchNewcomer(core: Core, host: HostRecord): void {
  for (const identityKey of identityKeys(host.identity)) {
    for (const key of core.state.strangersByIdentity.some(identityKey, IDENTITY_CANDIDATES_MAX)) {
      const record = core.state.observations.get(key);
      if (record === undefined || hostOf(core, record.observed.identity)?.hostId !== host.hostId) continue;
      note(core, record.frameworkId, record.observed);
      showStrangers(core, record.frameworkId);
    }
  }
}

/** A host is known no longer: what managers have of it are machines without agent, or another host's. */
export function rematchObservations(core: Core, hostId: string): void {
  for (const key of [...core.state.observationsByHost.get(hostId)]) {
    const record = core.state.observations.get(key);
    if (record === undefined) continue;
    core.state.observations.delete(key);
    note(core, record.frameworkId, record.observed);
    showStrangers(core, record.frameworkId);
  }
}

/** Keeps one observed machine, under the host it is or as one without agent. */
function note(core: Core, frameworkId: string, observed: ObservedHost): ObservationRecord {
  const hostId = hostOf(core, observed.identity)?.hostId ?? null;
  const identity = identityKeys(observed.identity).join();
  const strangerKey = `${frameworkId}|?${identity === '' ? observed.name : identity}`;
  const record: ObservationRecord = {
    key: hostId === null ? strangerKey : `${frameworkId}|${hostId}`,
    frameworkId,
    hostId,
    observed,
  };
  if (hostId !== null) core.state.observations.delete(strangerKey);
  // More machines without agent than hosts can be known are not worth remembering one by one.
  else if (core.state.strangersByFramework.count(frameworkId) >= HOSTS_MAX) return record;
  core.state.observations.put(record);
  return record;
}

/** Differences that were shown of hosts which nobody mentions any more may be over: their host has moved since. */
function reviewShown(core: Core, judged: ReadonlySet<string>): void {
  const subjects = [...core.state.conditions.values()]
    .filter(({ kind }) => kind === 'DRIFT' || kind === 'ADOPTION_CONFLICT')
    .map(({ subject }) => subject);
  for (const subject of subjects)
    for (const hostId of core.state.hostsByName.get(subject)) if (!judged.has(hostId)) reviewHost(core, hostId);
}

/** After a complete observation: what is not in it, the manager does not have any more. */
function forgetOthers(core: Core, frameworkId: string, kept: ReadonlySet<string>, touched: Set<string>): void {
  for (const hostId of [...core.state.observedHosts.of(frameworkId).keys()]) {
    touched.add(hostId);
    const key = `${frameworkId}|${hostId}`;
    if (!kept.has(key)) core.state.observations.delete(key);
  }
  for (const key of [...core.state.strangersByFramework.get(frameworkId)])
    if (!kept.has(key)) core.state.observations.delete(key);
  for (const leaseId of core.state.leasesByFramework.get(frameworkId)) {
    const hostId = core.state.leases.get(leaseId)?.hostId;
    if (hostId !== undefined) touched.add(hostId);
  }
}

/** Judges a host by everything that is known of it now. */
export function judge(core: Core, hostId: string): void {
  reviewHost(core, hostId);
  adoptIfAsked(core, hostId);
  admitIfAsked(core, hostId);
}

function showStrangers(core: Core, frameworkId: string): void {
  const keys = core.state.strangersByFramework.get(frameworkId);
  if (keys.size === 0) {
    core.clearCondition('NO_AGENT', frameworkId);
    return;
  }
  const names: string[] = [];
  for (const key of keys) {
    if (names.length === NAMED_MAX) break;
    names.push(shown(core.state.observations.get(key)?.observed.name ?? key));
  }
  const more = keys.size > names.length ? ` and ${keys.size - names.length} more` : '';
  core.raise(
    'NO_AGENT',
    frameworkId,
    `${counted(keys.size, 'machine')} of ${frameworkId} ${keys.size === 1 ? 'has' : 'have'} no agent: ${names.join(', ')}${more}`,
    'install the agent there: mosaic agent --master <host:port>',
  );
}

/**
 * The host that is the observed machine; null when none or none surely is. Managers often know the uuid alone: of machines
 * that share it, one that is quarantined for it is not meant. A manager may remember the uuid from before the firmware was
 * set anew: serial and network cards name the host all the same, or it would pass for unused while it serves.
 */
function hostOf(core: Core, identity: HostIdentity): HostRecord | null {
  for (const key of [...identityKeys(identity)].reverse()) {
    const same: HostRecord[] = [];
    const renumbered: HostRecord[] = [];
    for (const hostId of core.state.hostsByIdentity.some(key, IDENTITY_CANDIDATES_MAX)) {
      const host = core.state.hosts.get(hostId);
      if (host === undefined) continue;
      if (relate(host.identity, identity, false) === 'same') same.push(host);
      else if (relate(host.identity, identity, true) === 'renumbered') renumbered.push(host);
    }
    const found = same.length > 0 ? same : renumbered;
    const candidates = found.length > 1 ? found.filter((host) => host.mode !== 'quarantined') : found;
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return only;
  }
  return null;
}
