import type { HostRecord } from './records.js';

type Optional<R> = { [K in keyof R]-?: undefined extends R[K] ? K : never }[keyof R];

const OPTIONAL = {
  quarantinedFrom: true,
  formerHolder: true,
  fencedUntilMs: true,
  lostSinceMs: true,
} as const satisfies {
  readonly [K in Optional<HostRecord>]: true;
};
const OPTIONAL_KEYS = Object.keys(OPTIONAL) as readonly Optional<HostRecord>[];

/**
 * The same record, written out in full. A pass reads the records of all hosts, and how fast depends on where they were made:
 * V8 gives an object the layout of the expression that made it. `{ ...host, mode }` where it has run only a few times, or
 * `{ ...facts, mode }` anywhere, keeps four fields in the object and all others in a second one, and so does every copy of
 * that. With all hosts laid out like this a pass over ten thousand takes half the time.
 */
export function hostLayout(host: HostRecord): HostRecord {
  const record: HostRecord = {
    hostId: host.hostId,
    name: host.name,
    identity: host.identity,
    resources: host.resources,
    attributes: host.attributes,
    faultDomain: host.faultDomain,
    image: host.image,
    shape: host.shape,
    mode: host.mode,
    modeSinceMs: host.modeSinceMs,
    quarantineReason: host.quarantineReason,
    leaseId: host.leaseId,
    transitionId: host.transitionId,
    clean: host.clean,
    cordoned: host.cordoned,
    cordonReason: host.cordonReason,
    commandSeq: host.commandSeq,
    coolDownUntilMs: host.coolDownUntilMs,
  };
  // Few hosts have any of these, and what they cost stands beside the others.
  for (const key of OPTIONAL_KEYS) if (host[key] !== undefined) Object.assign(record, { [key]: host[key] });
  return record;
}
