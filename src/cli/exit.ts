import type { ErrorCode } from './operator-access.js';

/** Exit codes; scripts rely on them (`mosaic --help` lists them). */
export const EXIT = {
  /** Done, or nothing to change. */
  done: 0,
  failed: 1,
  /** Wrong usage or input. */
  badInput: 2,
  notFound: 3,
  /** Refused by a rule: quota, limit, stale plan, permission, state. */
  refused: 4,
  /** `--wait`: blocked or waiting for a person, still trying. */
  blocked: 5,
  /** No master answers, or the one that does is not leading. */
  unreachable: 6,
  /** `--dry-run` found something to change. */
  changes: 10,
  /** `--timeout` ran out. */
  timedOut: 124,
  /** Ctrl-C. What was started goes on. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An expected end: the message is a sentence, the hints say what to do next. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  /** One line each, shown below the message. */
  readonly hints: readonly string[];
  /** What was typed and what would have been accepted: the nearest is suggested. */
  readonly typed: { readonly value: string; readonly accepted: readonly string[] } | null;

  constructor(
    exitCode: ExitCode,
    message: string,
    options: {
      readonly hints?: readonly string[];
      readonly typed?: { readonly value: string; readonly accepted: readonly string[] };
    } = {},
  ) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
    this.hints = options.hints ?? [];
    this.typed = options.typed ?? null;
  }
}

/** Bad input: names the field, the value and what is accepted. */
export function badInput(message: string, ...hints: readonly string[]): CliError {
  return new CliError(EXIT.badInput, message, { hints });
}

/** A word out of a closed set that is none of them. */
export function badWord(field: string, value: string, accepted: readonly string[]): CliError {
  return new CliError(EXIT.badInput, `${field} is ${JSON.stringify(value)}; accepted are ${accepted.join(', ')}`, {
    typed: { value, accepted },
  });
}

const EXIT_OF_CODE: Readonly<Record<ErrorCode, ExitCode>> = {
  INVALID_ARGUMENT: EXIT.badInput,
  NOT_FOUND: EXIT.notFound,
  ALREADY_EXISTS: EXIT.refused,
  PERMISSION_DENIED: EXIT.refused,
  FAILED_PRECONDITION: EXIT.refused,
  ABORTED: EXIT.refused,
  OFFER_LOST: EXIT.refused,
  OVER_LIMIT: EXIT.refused,
  RESOURCE_EXHAUSTED: EXIT.refused,
  OUT_OF_RANGE: EXIT.failed,
  UNAVAILABLE: EXIT.unreachable,
  UNIMPLEMENTED: EXIT.failed,
};

export function exitCodeOf(code: ErrorCode): ExitCode {
  return EXIT_OF_CODE[code];
}
