/** What managers say they have, matched to the hosts whose agents we know. */
import type { Core } from '../core.js';
import type { FrameworkMessage, HostIdentity, ObservedHost } from '../protocol.js';
import type { FrameworkPresence, HostRecord } from '../state/records.js';
import { adoptIfAsked } from './adoption.js';
import { admitAllIfAsked, admitIfAsked } from './admission.js';
import { reviewHost } from './drift.js';
import { identityKeys, normaliseIdentity, relate } from '../state/identity.js';
import { HOSTS_MAX, IDENTITY_CANDIDATES_MAX } from './limits.js';
import { shown, some } from './text.js';

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
  const hosts = new Map<string, ObservedHost>(message.complete ? [] : presence.hosts);
  const seen = message.hosts.map((observed) => ({ ...observed, identity: normaliseIdentity(observed.identity) }));
  const unmatched: ObservedHost[] = message.complete ? [] : withoutRepeats(presence.unmatched, seen);
  for (const observed of seen) {
    const host = hostOf(core, observed.identity);
    if (host === null) unmatched.push(observed);
    else {
      hosts.set(host.hostId, observed);
      touched.add(host.hostId);
    }
  }
  if (message.complete) {
    for (const hostId of presence.hosts.keys()) touched.add(hostId);
    for (const leaseId of core.state.leasesByFramework.get(frameworkId)) {
      const hostId = core.state.leases.get(leaseId)?.hostId;
      if (hostId !== undefined) touched.add(hostId);
    }
  }
  // More machines than hosts can be known are not worth remembering one by one.
  const first = !presence.observed && message.complete;
  put(core, {
    ...presence,
    observed: presence.observed || message.complete,
    hosts,
    unmatched: unmatched.slice(0, HOSTS_MAX),
  });
  for (const hostId of touched) judge(core, hostId);
  if (first) admitAllIfAsked(core);
}

/** A host became known or told a new identity: machines that managers have without agent may be it. */
export function matchNewcomer(core: Core, host: HostRecord): void {
  const frameworkIds = new Set<string>();
  for (const key of identityKeys(host.identity))
    for (const frameworkId of core.state.observersByIdentity.get(key)) frameworkIds.add(frameworkId);
  for (const frameworkId of frameworkIds) {
    const presence = core.state.frameworkPresence.get(frameworkId);
    if (presence === undefined) continue;
    const mine = presence.unmatched.filter((observed) => hostOf(core, observed.identity)?.hostId === host.hostId);
    const last = mine.at(-1);
    if (last === undefined) continue;
    const hosts = new Map(presence.hosts);
    hosts.set(host.hostId, last);
    put(core, { ...presence, hosts, unmatched: presence.unmatched.filter((observed) => !mine.includes(observed)) });
  }
}

/** Judges a host by everything that is known of it now. */
export function judge(core: Core, hostId: string): void {
  reviewHost(core, hostId);
  adoptIfAsked(core, hostId);
  admitIfAsked(core, hostId);
}

function put(core: Core, presence: FrameworkPresence): void {
  core.state.frameworkPresence.put(presence);
  const { frameworkId, unmatched } = presence;
  if (unmatched.length === 0) {
    core.clearCondition('NO_AGENT', frameworkId);
    return;
  }
  core.raise(
    'NO_AGENT',
    frameworkId,
    `${unmatched.length} machines of ${frameworkId} have no agent: ${some(unmatched.map((observed) => shown(observed.name)))}`,
    'install the agent there: mosaic agent --master <host:port>',
  );
}

/**
 * The host that is the observed machine; null when none or none surely is. Managers often know the uuid alone: of machines
 * that share it, one that is quarantined for it is not meant.
 */
function hostOf(core: Core, identity: HostIdentity): HostRecord | null {
  for (const key of [...identityKeys(identity)].reverse()) {
    const same: HostRecord[] = [];
    let looked = 0;
    for (const hostId of core.state.hostsByIdentity.get(key)) {
      looked += 1;
      if (looked > IDENTITY_CANDIDATES_MAX) break;
      const host = core.state.hosts.get(hostId);
      if (host !== undefined && relate(host.identity, identity, false) === 'same') same.push(host);
    }
    const candidates = same.length > 1 ? same.filter((host) => host.mode !== 'quarantined') : same;
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return only;
  }
  return null;
}

function withoutRepeats(known: readonly ObservedHost[], seen: readonly ObservedHost[]): ObservedHost[] {
  const keys = new Set(seen.flatMap((observed) => identityKeys(observed.identity)));
  return known.filter((observed) => !identityKeys(observed.identity).some((key) => keys.has(key)));
}
