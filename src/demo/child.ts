/**
 * A child process of the demo: waits for its first message, becomes what that says, and ends when it is asked to or when
 * its parent is gone. Ctrl-C reaches the whole terminal; only the parent acts on it.
 */
import { rmSync } from 'node:fs';
import { removeProfile } from '../config/profile.js';
import { endsWithin, SystemClock } from '../ports/index.js';
import type { FromChild, Household, RoleStart, ToChild } from './messages.js';
import { FatalError, type Role, type Send } from './roles/role.js';

/** A role that hangs while closing is not waited for. */
const CLOSE_TIMEOUT_MS = 2_000;

let role: Role | null = null;
let household: Household | null = null;
/** Whoever asks for the end waits for the same one. */
let ending: Promise<boolean> | null = null;
/** The role has done its work and lets go of the channel by itself. */
let leaving = false;
/** What came while the role was being loaded. */
const early: ToChild[] = [];

const send: Send = (message: FromChild) => {
  if (process.connected) process.send?.(message);
};

function leave(): void {
  leaving = true;
  process.disconnect();
}

/** Only what the role needs is loaded: five processes start at once on few cores. */
async function become(start: RoleStart): Promise<Role> {
  switch (start.role) {
    case 'master':
      return (await import('./roles/master.js')).startMaster(start, send);
    case 'agents':
      return (await import('./roles/agents.js')).startAgents(start, send);
    case 'framework':
      return (await import('./roles/framework.js')).startFramework(start, send);
    case 'greedy':
      return (await import('./roles/greedy.js')).startGreedy(start, send, leave);
  }
}

async function begin(start: RoleStart): Promise<void> {
  try {
    role = await become(start);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    const { exitCode, message } = error;
    const fatal: FromChild = { kind: 'fatal', exitCode, message };
    process.stderr.write(`${message}\n`); // The supervisor tells it when it gives up.
    // Later it may be well, a port be free again: it is started anew.
    process.send?.(fatal, () => process.exit(exitCode));
    return;
  }
  for (const message of early.splice(0)) role.onMessage(message);
}

/** Who called has something to do besides: what is left behind must go, also after a role that hangs. */
function end(): Promise<boolean> {
  ending ??= endsWithin(new SystemClock(), role?.close() ?? Promise.resolve(), CLOSE_TIMEOUT_MS);
  return ending;
}

process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('SIGTERM', () => {
  void end().finally(() => process.exit(0));
});
process.on('message', (message: ToChild) => {
  if (message.kind === 'start') {
    household = message.household;
    void begin(message.start);
  } else if (role === null) early.push(message);
  else role.onMessage(message);
});
process.on('disconnect', () => {
  void end().finally(() => {
    // The parent is gone, and nobody else removes what it left. Its id says so only in a moment: a process that is killed
    // closes its files before its children are given to another.
    if (!leaving && household !== null) {
      removeProfile(household.profilePath, household.parentPid);
      rmSync(household.folder, { recursive: true, force: true, maxRetries: 3 });
    }
    process.exit(0);
  });
});
