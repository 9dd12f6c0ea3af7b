import { CommanderError } from 'commander';
import { errorText } from '../config/error-text.js';
import { CliError, EXIT } from './exit.js';
import type { CliIo } from './io.js';
import { AccessError } from './operator-access.js';
import { buildProgram } from './program.js';

/** Runs one command line (without `node` and the program) and answers its exit code. Never throws. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = buildProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return io.interrupted.aborted && exitCode === EXIT.done ? EXIT.interrupted : exitCode;
  } catch (error) {
    return await told(error, io);
  }
}

async function told(error: unknown, io: CliIo): Promise<number> {
  // Commander has printed what it had to say; its own codes are 1 for wrong usage.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
  if (io.interrupted.aborted) return EXIT.interrupted;
  if (error instanceof CliError) {
    io.err(`mosaic: ${error.message}\n`);
    const near = error.typed === null ? undefined : await nearest(error.typed.value, error.typed.accepted);
    if (near !== undefined) io.err(`  did you mean ${near}?\n`);
    for (const hint of error.hints) io.err(`  ${hint}\n`);
    return error.exitCode;
  }
  if (isConfigError(error)) {
    io.err(`mosaic: the configuration is refused\n${error.problems.map((problem) => `  ${problem}\n`).join('')}`);
    return EXIT.badInput;
  }
  io.err(`mosaic: ${errorText(error)}\n`);
  return error instanceof AccessError && error.code === 'UNAVAILABLE' ? EXIT.unreachable : EXIT.failed;
}

async function nearest(value: string, accepted: readonly string[]): Promise<string | undefined> {
  const { nearestName } = await import('../scenario/located-yaml.js');
  return nearestName(value, accepted);
}

/** By its name: importing the class would load the whole schema for every command. */
function isConfigError(error: unknown): error is Error & { readonly problems: readonly string[] } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'problems' in error &&
    'name' in error &&
    error.name === 'ConfigError'
  );
}
