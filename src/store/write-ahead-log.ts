/**
 * LevelDB reads its write-ahead log up to the first damage and drops the rest without a word, which would be commits that
 * were acknowledged. A commit cut short by a crash is the last thing in a log; damage has whole records behind it. Format:
 * blocks of 32 KiB; in them records of masked CRC-32C (4 bytes), length (2), type (1), content; no record crosses a block.
 */
const BLOCK_BYTES = 32_768;
const HEADER_BYTES = 7;
/** Whole, first, middle and last part of an entry. */
const TYPE_MAX = 4;

/** Offset of damage with whole records behind it; null for a log that is whole or was cut short. */
export function damageIn(log: Buffer): number | null {
  let at = 0;
  while (at < log.length) {
    const leftBytes = BLOCK_BYTES - (at % BLOCK_BYTES);
    if (leftBytes < HEADER_BYTES) {
      at += leftBytes; // The trailer of a block is filled with zeros.
      continue;
    }
    const length = recordLength(log, at);
    if (length === null) return wholeRecordAfter(log, at) ? at : null;
    at += length;
  }
  return null;
}

/** Bytes of the record at `at` with its header, null when there is no whole one. */
function recordLength(log: Buffer, at: number): number | null {
  if (at + HEADER_BYTES > log.length) return null;
  const end = at + HEADER_BYTES + log.readUInt16LE(at + 4);
  const type = log[at + 6] ?? 0;
  const blockEnd = at - (at % BLOCK_BYTES) + BLOCK_BYTES;
  if (type < 1 || type > TYPE_MAX || end > log.length || end > blockEnd) return null;
  return log.readUInt32LE(at) === masked(crc32c(log, at + 6, end)) ? end - at : null;
}

/** The length in a damaged header means nothing, so every place is tried. */
function wholeRecordAfter(log: Buffer, damageAt: number): boolean {
  for (let at = damageAt + 1; at + HEADER_BYTES <= log.length; at++) if (recordLength(log, at) !== null) return true;
  return false;
}

function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

function crc32c(bytes: Buffer, from: number, to: number): number {
  let crc = 0xffffffff;
  for (let at = from; at < to; at++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
