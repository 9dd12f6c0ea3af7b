/**
 * Who a machine is. An identity has three parts that can each be missing or wrong: the SMBIOS uuid (vendors ship boards
 * with one default for all), the board serial and the MAC addresses of its physical interfaces.
 *
 * The rule: a usable uuid that agrees names the machine unless serial and MACs both speak against it; without a usable
 * uuid, serial and MACs must name it together. The session's secret breaks ties: it lies in the agent's checkpoint, so it
 * follows the disk, not the board.
 */
import type { HostIdentity } from '../protocol.js';

/** What firmware reports when nobody programmed a uuid; seen in the wild, lower case. */
const JUNK_UUIDS: ReadonlySet<string> = new Set([
  '03000200-0400-0500-0006-000700080009',
  '00020003-0004-0005-0006-000700080009',
  '01234567-89ab-cdef-0123-456789abcdef',
  'fefefefe-fefe-fefe-fefe-fefefefefefe',
  '4c4c4544-0000-2010-8020-80c04f202020',
]);
const JUNK_UUID_PREFIX = '12345678-1234-';
/** All digits the same: all zeros, all f, and whatever else a tool fills with. */
const ONE_DIGIT = /^([0-9a-f])\1*$/;

/** Words that stand where a value should; compared lower case without blanks, dots and slashes. */
const JUNK_WORDS: ReadonlySet<string> = new Set([
  '',
  'notsettable',
  'notspecified',
  'notpresent',
  'notavailable',
  'notapplicable',
  'na',
  'none',
  'null',
  'unknown',
  'undefined',
  'default',
  'defaultstring',
  'invalid',
  'empty',
  'tobefilledbyoem',
  'systemserialnumber',
  'baseboardserialnumber',
  'serialnumber',
  'chassisserialnumber',
  '0123456789',
  '123456789',
  '1234567890',
]);

export type Relation =
  /** The machine we know. */
  | 'same'
  /** The machine we know by secret, serial and MACs, but its firmware now tells another uuid. */
  | 'renumbered'
  /** Another machine with the same uuid. */
  | 'duplicate'
  /** Something of the known machine came back on another one: a moved disk, a cloned checkpoint, a swapped board. */
  | 'changed'
  | 'unrelated';

/** Lower case, no blanks, MACs sorted without repeats and placeholders; junk serials become empty. */
export function normaliseIdentity(identity: HostIdentity): HostIdentity {
  const macs = new Set(identity.macs.map((mac) => compact(mac).replaceAll('-', ':')));
  for (const mac of macs) if (mac === '' || ONE_DIGIT.test(mac.replaceAll(':', ''))) macs.delete(mac);
  const serial = compact(identity.serial);
  return { uuid: compact(identity.uuid), serial: isJunkSerial(serial) ? '' : serial, macs: [...macs].sort() };
}

/** Whether the uuid says nothing about which machine this is. */
export function isJunkUuid(uuid: string): boolean {
  return (
    JUNK_UUIDS.has(uuid) ||
    uuid.startsWith(JUNK_UUID_PREFIX) ||
    ONE_DIGIT.test(uuid.replaceAll('-', '')) ||
    JUNK_WORDS.has(word(uuid))
  );
}

/** Whether the identity names one machine among others: a usable uuid, or serial and MACs together. */
export function isDistinct(identity: HostIdentity): boolean {
  return !isJunkUuid(identity.uuid) || (identity.serial !== '' && identity.macs.length > 0);
}

/** Every part of a normalised identity that says something, as index keys. */
export function identityKeys(identity: HostIdentity): readonly string[] {
  const keys = identity.macs.map((mac) => `mac/${mac}`);
  if (identity.serial !== '') keys.push(`serial/${identity.serial}`);
  if (!isJunkUuid(identity.uuid)) keys.push(`uuid/${identity.uuid}`);
  return keys;
}

export function sameIdentity(a: HostIdentity, b: HostIdentity): boolean {
  return a.uuid === b.uuid && a.serial === b.serial && a.macs.join() === b.macs.join();
}

/** How a machine that says `seen` relates to the one known as `known` (both normalised). */
export function relate(known: HostIdentity, seen: HostIdentity, sameSecret: boolean): Relation {
  const serial = compareParts(known.serial === '' ? [] : [known.serial], seen.serial === '' ? [] : [seen.serial]);
  const macs = compareParts(known.macs, seen.macs);
  const usable = !isJunkUuid(known.uuid) && !isJunkUuid(seen.uuid);
  if (usable && known.uuid === seen.uuid) {
    if (serial === 'same' || macs === 'same') return 'same';
    if (serial === 'other') return sameSecret ? 'changed' : 'duplicate';
    // Without serials the secret decides whether all network cards were replaced or this is a second machine.
    return macs === 'other' && !sameSecret ? 'duplicate' : 'same';
  }
  if (usable) {
    if (sameSecret && serial === 'same' && macs === 'same') return 'renumbered';
    // A network card can be moved; only where no serial says so may the board around it be another one.
    return sameSecret || (macs === 'same' && serial !== 'other') ? 'changed' : 'unrelated';
  }
  if (macs === 'same') return serial === 'other' ? 'changed' : 'same';
  if (serial === 'same' && macs === 'unknown') return 'same';
  if (!sameSecret) return 'unrelated';
  return macs === 'other' || serial === 'other' ? 'changed' : 'same';
}

/** `uuid 4c4c…, serial ab12, MACs 52:54:00:aa:bb:cc` for people who must find the machine. */
export function identityText(identity: HostIdentity): string {
  const macs = identity.macs.length === 0 ? 'no MACs' : `MACs ${identity.macs.slice(0, 3).join(' ')}`;
  return `uuid ${identity.uuid === '' ? 'none' : identity.uuid}, serial ${identity.serial === '' ? 'none' : identity.serial}, ${macs}`;
}

function compareParts(known: readonly string[], seen: readonly string[]): 'same' | 'other' | 'unknown' {
  if (known.length === 0 || seen.length === 0) return 'unknown';
  return seen.some((part) => known.includes(part)) ? 'same' : 'other';
}

function isJunkSerial(serial: string): boolean {
  return JUNK_WORDS.has(word(serial)) || /^[0.x-]+$/.test(serial);
}

function compact(text: string): string {
  return text.toLowerCase().replace(/\s+/g, '');
}

function word(text: string): string {
  return text.replace(/[^a-z0-9]/g, '');
}
