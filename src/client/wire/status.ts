import { Metadata, status } from '@grpc/grpc-js';
import type { ErrorCode } from '../../../scheduler/index.js';

/** Details travel in a header: what is longer would be refused by some servers and proxies. */
const DETAILS_CHARS_MAX = 1_000;

/** Trailer with the exact code where several share a gRPC code (`OVER_LIMIT` is a FAILED_PRECONDITION). */
export const CODE_TRAILER = 'mosaic-code';

const STATUS_OF: Readonly<Record<ErrorCode, status>> = {
  INVALID_ARGUMENT: status.INVALID_ARGUMENT,
  NOT_FOUND: status.NOT_FOUND,
  ALREADY_EXISTS: status.ALREADY_EXISTS,
  PERMISSION_DENIED: status.PERMISSION_DENIED,
  FAILED_PRECONDITION: status.FAILED_PRECONDITION,
  ABORTED: status.ABORTED,
  OFFER_LOST: status.ABORTED,
  OVER_LIMIT: status.FAILED_PRECONDITION,
  RESOURCE_EXHAUSTED: status.RESOURCE_EXHAUSTED,
  OUT_OF_RANGE: status.OUT_OF_RANGE,
  UNAVAILABLE: status.UNAVAILABLE,
  UNIMPLEMENTED: status.UNIMPLEMENTED,
};

/** A status as grpc-js sends it. */
export interface StatusToSend {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
}

/** The status that carries an error of the domain. */
export function statusOf(code: ErrorCode, message: string): StatusToSend {
  const metadata = new Metadata();
  metadata.set(CODE_TRAILER, code);
  return { code: STATUS_OF[code], details: safeDetails(message), metadata };
}

/** The error of the domain that a status carries, or null when it is the transport's own. */
export function errorCodeOf(code: status, metadata: Metadata | undefined): ErrorCode | null {
  const named = metadata?.get(CODE_TRAILER)[0];
  if (typeof named === 'string' && Object.hasOwn(STATUS_OF, named)) return named as ErrorCode;
  for (const [domain, wire] of Object.entries(STATUS_OF)) if (wire === code) return domain as ErrorCode;
  return null;
}

/** Text that a header can carry: short, and without halves of characters, which cannot be encoded. */
export function safeDetails(text: string): string {
  const cut = text.length > DETAILS_CHARS_MAX ? `${text.slice(0, DETAILS_CHARS_MAX - 1)}…` : text;
  return cut.replace(/\p{Cs}/gu, '�');
}
