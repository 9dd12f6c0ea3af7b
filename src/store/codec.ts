import { crc32 } from 'node:zlib';
import { StoreError } from '../ports/index.js';

/** Raised when stored records change from one release to the next in a way that older or newer code cannot read. */
export const STORE_FORMAT = 1;

/** Hex digits before the JSON of a record. */
const CHECKSUM_LENGTH = 8;

/** A record as stored: eight hex digits of CRC-32, then JSON. A flipped bit is an error, never a wrong lease. */
export function encodeRecord(value: unknown): string {
  const json = JSON.stringify(value);
  return checksum(json) + json;
}

/** @throws StoreError `corrupt` naming the key */
export function decodeRecord(key: string, stored: string): unknown {
  const json = stored.slice(CHECKSUM_LENGTH);
  if (checksum(json) !== stored.slice(0, CHECKSUM_LENGTH)) {
    throw new StoreError(
      'corrupt',
      `the stored record "${key}" does not match its checksum; restore the data folder from a backup, or start with an empty one and adopt the fleet again`,
    );
  }
  return JSON.parse(json);
}

/** The same for who checks the whole content by its digest. @throws SyntaxError where it is no JSON */
export function parseRecord(stored: string): unknown {
  return JSON.parse(stored.slice(CHECKSUM_LENGTH));
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(CHECKSUM_LENGTH, '0');
}
