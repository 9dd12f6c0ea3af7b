// Statuses: what a domain error becomes on the wire, and what a client makes of it again.
import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '../../../scheduler/index.js';
import { clientError } from '../../../src/client/client-error.js';
import { errorCodeOf, safeDetails, statusOf } from '../../../src/client/wire/status.js';

const CODES: Readonly<Record<ErrorCode, status>> = {
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

/** As grpc-js reports a call that ended with this status. */
function serviceError(code: status, details: string, metadata = new Metadata()): Error {
  return Object.assign(new Error(`${code}: ${details}`), { code, details, metadata });
}

describe('a domain error', () => {
  it.each(Object.entries(CODES) as [ErrorCode, status][])('%s keeps its exact code', (code, expected) => {
    const sent = statusOf(code, 'why');
    expect(sent.code).toBe(expected);
    expect(errorCodeOf(sent.code, sent.metadata)).toBe(code);
    expect(clientError(serviceError(sent.code, 'why', sent.metadata), 'a:1')).toMatchObject({
      code,
      message: 'why',
      answered: true,
    });
  });

  it('of a foreign server is read by its gRPC code', () => {
    expect(errorCodeOf(status.NOT_FOUND, undefined)).toBe('NOT_FOUND');
    expect(errorCodeOf(status.INTERNAL, new Metadata())).toBeNull();
  });
});

describe('a failed call', () => {
  it.each<[status, string, string, ErrorCode]>([
    [
      status.UNAVAILABLE,
      'ECONNREFUSED',
      'no master answers at a:1; start one with "mosaic master" or pass --server (ECONNREFUSED)',
      'UNAVAILABLE',
    ],
    [status.DEADLINE_EXCEEDED, 'Deadline', 'the master at a:1 did not answer in time', 'UNAVAILABLE'],
    [status.UNIMPLEMENTED, 'no method', 'what answers at a:1 does not know this call (no method)', 'UNIMPLEMENTED'],
    [status.INTERNAL, 'RST_STREAM', 'INTERNAL: RST_STREAM', 'UNAVAILABLE'],
  ])('with %s says so in a sentence', (code, details, message, expected) => {
    expect(clientError(serviceError(code, details), 'a:1')).toMatchObject({ code: expected, message, answered: false });
  });

  it('for another reason says so too', () => {
    expect(clientError(new TypeError('bad'), 'a:1')).toMatchObject({
      code: 'UNAVAILABLE',
      message: 'the call failed: TypeError: bad',
    });
  });
});

describe('details', () => {
  it('always fit into a header and can be encoded', () => {
    const hostile = `\ud83d broken ${'ü'.repeat(5_000)}\udc00`;
    const details = safeDetails(hostile);
    expect(details.length).toBe(1_000);
    expect(() => encodeURI(details)).not.toThrow();
    expect(details.startsWith('� broken')).toBe(true);
  });

  it('are kept as they are where they can be', () => {
    expect(safeDetails('node17 – 名前 😀')).toBe('node17 – 名前 😀');
  });
});
