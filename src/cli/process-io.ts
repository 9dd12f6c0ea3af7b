/** The world of a real run: this process, its terminal, its signals. */
import { readFileSync } from 'node:fs';
import { processEnvironment } from '../config/environment.js';
import { EXIT } from './exit.js';
import type { CliIo } from './io.js';

/** The package's own file, from `src/cli` as from `dist/src/cli`. */
const MANIFESTS = ['../../package.json', '../../../package.json'];

/** A command that is told to stop has this long for its last words. */
const LAST_WORDS_MS = 500;

export function processIo(): CliIo {
  const interrupt = new AbortController();
  const onInterrupt = (): void => {
    interrupt.abort();
    setTimeout(() => process.exit(EXIT.interrupted), LAST_WORDS_MS).unref();
  };
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  // Whoever reads us may stop in the middle (`| head`): that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTty: process.stdout.isTTY,
    canAsk: process.stdin.isTTY && process.stderr.isTTY,
    size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
    env: processEnvironment(),
    folder: process.cwd(),
    version: packageVersion(),
    nowMs: () => Date.now(),
    sleep,
    ask,
    readInput,
    interrupted: interrupt.signal,
    connect: async (address) => {
      const { connectOperator } = await import('./grpc-access.js');
      return connectOperator(address);
    },
    handOver: () => {
      process.removeListener('SIGINT', onInterrupt);
      process.removeListener('SIGTERM', onInterrupt);
    },
  };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}

/** Longer input is cut: whoever takes it refuses that much. */
const INPUT_LENGTH_MAX = 4_000_000;

async function readInput(): Promise<string> {
  let content = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    content += String(chunk);
    if (content.length > INPUT_LENGTH_MAX) break;
  }
  return content;
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

function packageVersion(): string {
  for (const path of MANIFESTS) {
    try {
      const manifest = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (manifest.name === 'mosaic' && manifest.version !== undefined) return manifest.version;
    } catch {
      // Not at this depth; the other one is tried.
    }
  }
  return 'unknown';
}
