import pino, { type DestinationStream, type Logger } from 'pino';
import { processEnvironment, terminalWishes, type MosaicConfig } from '../config/index.js';

export type { Logger } from 'pino';

/** Whatever a log line carries, values with these names never reach it. */
const REDACTED_PATHS = ['secret', 'secretHash', 'token', 'password', 'authorization', 'cookie'].flatMap((name) => [
  name,
  `*.${name}`,
]);

export interface LogOptions extends Readonly<MosaicConfig['log']> {
  /** Names the process in every line: `master`, `agents`. */
  readonly name: string;
  /** @default standard error */
  readonly destination?: DestinationStream;
}

/** The log of one process. */
export interface Log {
  readonly logger: Logger;
  /** A logger whose lines say which part wrote them. */
  component(name: string): Logger;
  /** Writes out what is still buffered. Call it last, before the process exits. */
  flush(): void;
}

/** Lines are buffered up to this many characters before they are written; fewer, larger writes cost the loop less. */
const BUFFER_CHARACTERS = 4_096;
/** A quiet log is written out this often. */
const FLUSH_PERIOD_MS = 500;

/**
 * @throws Error when the format is `pretty` and the optional package for it is not installed; the message says what to do
 */
export async function createLog({ name, level, format, destination }: LogOptions): Promise<Log> {
  const raw =
    destination ??
    pino.destination({ dest: 2, sync: false, minLength: BUFFER_CHARACTERS, periodicFlush: FLUSH_PERIOD_MS });
  const toTerminal = destination === undefined && process.stderr.isTTY && terminalWishes(processEnvironment()).color;
  const stream = format === 'pretty' ? await prettyStream(raw, toTerminal) : raw;
  const logger = pino(
    {
      name,
      level,
      redact: { paths: REDACTED_PATHS, censor: '(hidden)' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        bindings: ({ name: process }) => ({ process: process as string }),
      },
    },
    stream,
  );
  return {
    logger,
    component: (component) => logger.child({ component }),
    flush: () => {
      flushSync(raw);
    },
  };
}

async function prettyStream(destination: DestinationStream, colorize: boolean): Promise<DestinationStream> {
  let build;
  try {
    ({ prettyFactory: build } = await import('pino-pretty'));
  } catch (error) {
    throw new Error(
      'log.format is "pretty", but the optional package pino-pretty is not installed; install it or set log.format to json',
      { cause: error },
    );
  }
  const line = build({ colorize, ignore: 'process,hostname,pid', translateTime: 'SYS:HH:MM:ss.l' });
  return { write: (text: string) => destination.write(line(JSON.parse(text) as Record<string, unknown>)) };
}

function flushSync(stream: DestinationStream): void {
  if (!('flushSync' in stream) || typeof stream.flushSync !== 'function') return;
  try {
    (stream.flushSync as () => void).call(stream);
  } catch {
    // Nothing was written yet, or nobody reads any more: there is nowhere left to say so.
  }
}
