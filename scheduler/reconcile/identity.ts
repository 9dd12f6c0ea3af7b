import type { Core } from '../core.js';
import type { HostIdentity } from '../protocol.js';
import type { HostRecord } from '../state/records.js';
import type { Trouble } from './hosts.js';
import { identityKeys, identityText, isDistinct, relate, type Relation } from '../state/identity.js';
import { IDENTITY_CANDIDATES_MAX } from './limits.js';
import { shown } from './text.js';

/** Names that installers give to every machine: the same one twice says nothing. */
const GENERIC_NAMES: ReadonlySet<string> = new Set([
  'localhost',
  'localhost.localdomain',
  'localhost4',
  'localhost6',
  'fedora',
  'host',
]);

export type Resolution =
  | { readonly kind: 'known'; readonly host: HostRecord; readonly renumbered: boolean }
  /** `twins`: known machines with the newcomer's uuid; they get no new grants either until a person has looked. */
  | { readonly kind: 'new'; readonly trouble: Trouble | null; readonly twins: readonly HostRecord[] };

/** Finds the machine that introduces itself, or says what its record has to begin with. */
export function resolveHost(core: Core, name: string, identity: HostIdentity, secretHash: string): Resolution {
  const related = candidates(core, identity, secretHash);
  const known = pick(related);
  if (known !== null) return { kind: 'known', host: known.host, renumbered: known.relation === 'renumbered' };
  const twins = related.filter((one) => one.relation === 'duplicate').map((one) => one.host);
  return { kind: 'new', trouble: troubleOf(core, name, identity, related, twins), twins };
}

interface Candidate {
  readonly host: HostRecord;
  readonly relation: Relation;
  readonly sameSecret: boolean;
}

/** Hosts that share any part of the identity or the secret, in a fixed order. */
function candidates(core: Core, identity: HostIdentity, secretHash: string): readonly Candidate[] {
  const secretIds = new Set<string>();
  for (const peerId of core.state.sessionsBySecret.get(secretHash))
    if (peerId.startsWith('agent/') && secretIds.size < IDENTITY_CANDIDATES_MAX)
      secretIds.add(peerId.slice('agent/'.length));
  const ids = new Set(secretIds);
  for (const key of identityKeys(identity))
    for (const hostId of core.state.hostsByIdentity.some(key, IDENTITY_CANDIDATES_MAX)) ids.add(hostId);
  return [...ids].flatMap((hostId) => {
    const host = core.state.hosts.get(hostId);
    if (host === undefined) return [];
    const sameSecret = secretIds.has(hostId);
    return [{ host, relation: relate(host.identity, identity, sameSecret), sameSecret }];
  });
}

/** The known machine: the one whose secret agrees where several fit. */
function pick(related: readonly Candidate[]): Candidate | null {
  const fitting = related.filter((one) => one.relation === 'same' || one.relation === 'renumbered');
  return fitting.find((one) => one.sameSecret) ?? fitting.find((one) => one.relation === 'same') ?? null;
}

function troubleOf(
  core: Core,
  name: string,
  identity: HostIdentity,
  related: readonly Candidate[],
  twins: readonly HostRecord[],
): Trouble | null {
  const seen = `a machine that calls itself ${shown(name)} (${identityText(identity)})`;
  const twin = twins[0];
  if (twin !== undefined)
    return {
      kind: 'DUPLICATE_IDENTITY',
      reason: `${seen} has the uuid of ${twin.name} (${identityText(twin.identity)})`,
    };
  const changed = related.find((one) => one.relation === 'changed')?.host;
  if (changed !== undefined) {
    const hasItsState = related.some((one) => one.host === changed && one.sameSecret);
    const what = hasItsState ? 'the agent state' : 'a network card';
    return {
      kind: 'IDENTITY_CHANGED',
      reason: `${seen} brings ${what} of ${changed.name} (${identityText(changed.identity)})`,
    };
  }
  if (!isDistinct(identity))
    return {
      kind: 'DUPLICATE_IDENTITY',
      reason: `${seen} has no uuid of its own, and no serial with MACs that would name it: it cannot be told from others`,
    };
  const namesake = GENERIC_NAMES.has(name.toLowerCase()) ? undefined : absentNamesake(core, name);
  if (namesake !== undefined)
    return {
      kind: 'IDENTITY_CHANGED',
      reason: `${seen} has the name of ${namesake.name} (${identityText(namesake.identity)}), which is away`,
    };
  return null;
}

/** A known host with this name whose agent is away: the newcomer may be it with a new board. */
function absentNamesake(core: Core, name: string): HostRecord | undefined {
  for (const hostId of core.state.hostsByName.get(name)) {
    if (core.state.hostPresence.get(hostId)?.connected !== true) return core.state.hosts.get(hostId);
  }
  return undefined;
}
