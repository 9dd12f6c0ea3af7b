import { status, type Metadata, type ServiceError } from '@grpc/grpc-js';
import type { ErrorCode } from '../../scheduler/index.js';
import { CODE_TRAILER, errorCodeOf } from './wire/status.js';

/** A call that failed. `code` says what kind, the message is a sentence for people. */
export class ClientError extends Error {
  readonly code: ErrorCode;
  /** The master itself said so; false: it could not be reached, or did not answer in time. */
  readonly answered: boolean;

  constructor(code: ErrorCode, message: string, options: { readonly answered: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'ClientError';
    this.code = code;
    this.answered = options.answered;
  }
}

/** The failure of a call to `address` in the words of the domain. */
export function clientError(error: unknown, address: string): ClientError {
  if (error instanceof ClientError) return error;
  if (!isServiceError(error))
    return new ClientError('UNAVAILABLE', `the call failed: ${String(error)}`, { answered: false, cause: error });
  const { code, details } = error;
  const metadata = error.metadata as Metadata | undefined;
  const answered = metadata !== undefined && metadata.get(CODE_TRAILER).length > 0;
  if (answered) {
    const named = errorCodeOf(code, metadata);
    if (named !== null) return new ClientError(named, details, { answered, cause: error });
  }
  switch (code) {
    case status.UNAVAILABLE:
      return new ClientError(
        'UNAVAILABLE',
        `no master answers at ${address}; start one with "mosaic master" or pass --server (${details})`,
        { answered, cause: error },
      );
    case status.DEADLINE_EXCEEDED:
      return new ClientError('UNAVAILABLE', `the master at ${address} did not answer in time`, {
        answered,
        cause: error,
      });
    case status.UNIMPLEMENTED:
      return new ClientError('UNIMPLEMENTED', `what answers at ${address} does not know this call (${details})`, {
        answered,
        cause: error,
      });
    default:
      return new ClientError(errorCodeOf(code, metadata) ?? 'UNAVAILABLE', `${status[code]}: ${details}`, {
        answered,
        cause: error,
      });
  }
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;
}
