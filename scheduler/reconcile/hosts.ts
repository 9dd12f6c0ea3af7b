import { rescindHostOffers } from '../allocate/rescind.js';
import type { Core } from '../core.js';
import type { HostIdentity } from '../protocol.js';
import { EMPTY } from '../resources/index.js';
import type { ConditionKind, HostRecord } from '../state/records.js';
import { NAME_LENGTH_MAX } from './limits.js';
import { classifyShape } from './shapes.js';

/** Suffixes tried before the name takes the host's id: thousands of machines named `localhost` must not cost more. */
const SUFFIXES_MAX = 100;

/** Why a new machine is set aside, and what is shown of it. */
export interface Trouble {
  readonly kind: Extract<ConditionKind, 'DUPLICATE_IDENTITY' | 'IDENTITY_CHANGED'>;
  readonly reason: string;
}

/**
 * Makes the record of a machine that was never seen before: unclaimed, or quarantined when its identity is in doubt. What
 * it has comes with its first report.
 */
export function registerHost(core: Core, name: string, identity: HostIdentity, trouble: Trouble | null): HostRecord {
  const hostId = core.nextId('h');
  const bare: HostRecord = {
    hostId,
    name: uniqueName(core, name, hostId),
    identity,
    resources: EMPTY,
    attributes: {},
    faultDomain: { region: '', zone: '', rack: '' },
    image: '',
    shape: '',
    mode: 'unclaimed',
    modeSinceMs: core.nowMs,
    quarantineReason: '',
    leaseId: null,
    transitionId: null,
    clean: false,
    cordoned: false,
    cordonReason: '',
    commandSeq: 0,
    coolDownUntilMs: 0,
  };
  const host: HostRecord = { ...bare, shape: classifyShape(core, bare) };
  core.state.hosts.put(host);
  core.state.hostPresence.put({
    hostId,
    connected: false,
    reported: false,
    lastSeenMs: core.nowMs,
    lost: false,
    profile: '',
    cleanliness: '',
    synced: false,
  });
  core.timers.set(`host-lost/${hostId}`, core.nowMs + core.options.hostLostAfterMs);
  if (trouble === null) {
    core.decide('host', host.name, `${host.name} is new; it stays unclaimed until it is adopted or admitted`, {
      hostId,
    });
    return host;
  }
  core.raise(trouble.kind, host.name, trouble.reason, `mosaic host release ${host.name}`);
  return setAside(core, host, trouble.reason);
}

/**
 * Quarantines a host that is not moving: nothing is granted on it, its lease and tasks stay. A quarantine from `unclaimed`
 * is remembered as such: a release does not wipe what was never ours.
 */
export function setAside(core: Core, host: HostRecord, reason: string): HostRecord {
  const quarantinedFrom = host.mode === 'quarantined' ? host.quarantinedFrom : host.mode;
  const after: HostRecord = {
    ...host,
    mode: 'quarantined',
    modeSinceMs: host.mode === 'quarantined' ? host.modeSinceMs : core.nowMs,
    quarantineReason: reason,
    ...(quarantinedFrom === undefined ? {} : { quarantinedFrom }),
    clean: false,
  };
  core.state.hosts.put(after);
  rescindHostOffers(core, host.hostId, `${host.name} is quarantined`);
  core.markDirty(host.hostId);
  core.decide('host', host.name, `${host.name} is quarantined: ${reason}`);
  return after;
}

/** Back to where every machine starts: not offerable, nothing known to be ours on it. */
export function makeUnclaimed(core: Core, host: HostRecord, why: string): HostRecord {
  const { quarantinedFrom: _, formerHolder: __, ...rest } = host;
  const after: HostRecord = {
    ...rest,
    mode: 'unclaimed',
    modeSinceMs: core.nowMs,
    quarantineReason: '',
    clean: false,
  };
  core.state.hosts.put(after);
  rescindHostOffers(core, host.hostId, `${host.name} is unclaimed`);
  core.markDirty(host.hostId);
  core.decide('host', host.name, `${host.name} is unclaimed: ${why}`);
  return after;
}

/** No new grants here; what is there stays. */
export function cordon(core: Core, host: HostRecord, reason: string): HostRecord {
  const after: HostRecord = { ...host, cordoned: true, cordonReason: reason };
  core.state.hosts.put(after);
  rescindHostOffers(core, host.hostId, `${host.name} is cordoned`);
  core.markDirty(host.hostId);
  core.decide('host', host.name, `${host.name} gets no new grants: ${reason}`);
  return after;
}

function uniqueName(core: Core, wanted: string, hostId: string): string {
  const taken = (name: string): boolean => core.state.hostsByName.count(name) > 0;
  if (!taken(wanted)) return wanted;
  const stem = wanted.slice(0, NAME_LENGTH_MAX - 24);
  for (let suffix = 2; suffix <= SUFFIXES_MAX; suffix += 1) {
    const name = `${stem}-${suffix}`;
    if (!taken(name)) return name;
  }
  return `${stem}-${hostId}`;
}
