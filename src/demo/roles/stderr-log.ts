import type { Log } from '../../../frameworks/contract/ports.js';

/** Warnings and errors as lines on standard error; the parent keeps the last of them. The rest is for real daemons. */
export const STDERR_LOG: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (fields, message) => write('warn', fields, message),
  error: (fields, message) => write('error', fields, message),
};

function write(level: string, fields: Readonly<Record<string, unknown>>, message: string): void {
  process.stderr.write(`${level}: ${message} ${JSON.stringify(fields)}\n`);
}
