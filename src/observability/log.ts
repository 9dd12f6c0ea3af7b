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
  /** Instead of a file descriptor. */
  readonly destination?: DestinationStream;
  /** Must stay open as long as the process runs: what waits is still written after `flush`. @default 2, standard error */
  readonly fd?: number;
}

/** The log of one process. */
export interface Log {
  readonly logger: Logger;
  /** A logger whose lines say which part wrote them. */
  component(name: string): Logger;
  /** Lines that were lost because nobody reads what is written. */
  readonly droppedCount: number;
  /** Writes out what is still buffered. Call it last, before the process exits. */
  flush(): void;
}

/** Lines are buffered up to this many characters before they are written; fewer, larger writes cost the loop less. */
const BUFFER_CHARACTERS = 4_096;
/** What waits for a pipe that nobody reads: some 20,000 lines. Later ones are dropped and counted; a log is worth no more memory. */
const WAITING_CHARACTERS_MAX = 4 * 1024 * 1024;
/** At the end a full pipe is tried this often, 100 ms apart: a process must not stay because nobody reads its log. */
const LAST_TRIES_MAX = 10;
/** A quiet log is written out this often. */
const FLUSH_PERIOD_MS = 500;

/**
 * @throws Error when the format is `pretty` and the optional package for it is not installed; the message says what to do
 */
export async function createLog({ name, level, format, destination, fd = 2 }: LogOptions): Promise<Log> {
  const file = destination === undefined ? new LogFile(fd) : null;
  const raw = destination ?? (file as LogFile).stream;
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
  file?.stream.on('drain', () => {
    const dropped = file.takeUntold();
    if (dropped > 0) logger.warn({ dropped }, `${dropped} lines before this one are lost: nobody read the log`);
  });
  return {
    logger,
    get droppedCount() {
      return file?.droppedCount ?? 0;
    },
    component: (component) => logger.child({ component }),
    flush: () => {
      if (file === null) flushSync(raw);
      else file.end();
    },
  };
}

/** A file descriptor with a bounded buffer before it. */
class LogFile {
  readonly stream: ReturnType<typeof pino.destination>;
  droppedCount = 0;
  #toldCount = 0;
  #ending = false;
  #lastTries = 0;

  constructor(fd: number) {
    this.stream = pino.destination({
      dest: fd,
      sync: false,
      minLength: BUFFER_CHARACTERS,
      maxLength: WAITING_CHARACTERS_MAX,
      periodicFlush: FLUSH_PERIOD_MS,
      retryEAGAIN: () => !this.#ending || (this.#lastTries += 1) < LAST_TRIES_MAX,
    });
    // A full disk under the log, or nobody at the pipe at the end: there is nowhere to say so, and no reason to die of it.
    this.stream.on('error', () => undefined);
    this.stream.on('drop', () => {
      this.droppedCount += 1;
    });
  }

  /** Lines that were dropped since the last call. */
  takeUntold(): number {
    const untold = this.droppedCount - this.#toldCount;
    this.#toldCount = this.droppedCount;
    return untold;
  }

  end(): void {
    this.#ending = true;
    this.#lastTries = 0;
    flushSync(this.stream);
    // The library tries the same once more when the process exits.
    if (this.#lastTries >= LAST_TRIES_MAX) this.stream.flushSync = () => undefined;
  }
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
