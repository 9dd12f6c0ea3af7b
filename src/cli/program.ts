import { Command, type Argument } from 'commander';
import { registerAdopt } from './commands/adopt.js';
import { registerAgent } from './commands/agent.js';
import { registerAudit } from './commands/audit.js';
import { registerBreaker } from './commands/breaker.js';
import { registerCondition } from './commands/condition.js';
import { registerConfig } from './commands/config.js';
import { registerDemand } from './commands/demand.js';
import { registerDemo } from './commands/demo.js';
import { registerDoctor } from './commands/doctor.js';
import { registerEvents } from './commands/events.js';
import { registerFramework } from './commands/framework.js';
import { registerFreeze } from './commands/freeze.js';
import { registerHost } from './commands/host.js';
import { registerMaintenance } from './commands/maintenance.js';
import { registerMaster } from './commands/master.js';
import { registerMove } from './commands/move.js';
import { registerOffer } from './commands/offer.js';
import { registerOverview } from './commands/overview.js';
import { registerPlan } from './commands/plan.js';
import { registerQuota } from './commands/quota.js';
import { registerReservation, registerReserve } from './commands/reservation.js';
import { registerRole } from './commands/role.js';
import { registerShape } from './commands/shape.js';
import { registerSimulate } from './commands/simulate.js';
import { registerTask } from './commands/task.js';
import { registerVersion } from './commands/version.js';
import { registerWhy } from './commands/why.js';
import { registerWorkload } from './commands/workload.js';
import type { CliIo } from './io.js';
import { defineGlobals, describe, type Program } from './noun.js';

/** In the order of the help. */
const COMMANDS: readonly ((program: Program) => void)[] = [
  ...[registerWhy, registerHost, registerWorkload, registerFramework, registerQuota, registerRole, registerDemand],
  ...[registerOffer, registerTask, registerReservation, registerCondition, registerEvents, registerAudit],
  ...[registerDoctor, registerMove, registerPlan, registerReserve, registerFreeze, registerMaintenance],
  ...[registerBreaker, registerAdopt, registerShape],
  ...[registerDemo, registerSimulate, registerMaster, registerAgent],
  ...[registerConfig, registerVersion],
];

/**
 * Every command with its flags and help; what a command does is loaded when it runs.
 *
 * @param exit told the exit code of the command that ran
 */
export function buildProgram(io: CliIo, exit: (code: number) => void): Command {
  const root = new Command('mosaic');
  root
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      getOutHelpWidth: () => (io.isTty ? io.size().columns : 80),
      getErrHelpWidth: () => (io.isTty ? io.size().columns : 80),
      outputError: (text, write) => write(text.replace(/^error: /, 'mosaic: ')),
    })
    .version(io.version, '-V, --version', 'the version of this program');
  const program: Program = { root, io, exit };
  registerOverview(program);
  for (const register of COMMANDS) register(program);
  // Last, because commands inherit it. What follows a word that is no command belongs to it: that word is what is wrong.
  root.allowExcessArguments();
  root.helpOption('-h, --help', 'help for any command').helpCommand(false);
  describe(root, {
    summary: 'One fleet of hosts for VMs, pods and jobs, moved between them as demand changes.',
    examples: [
      'mosaic demo                        a fleet that moves its hosts, right here',
      'mosaic                             who has the hosts, what moves, what waits',
      'mosaic why node17                  why it is where it is, what would change it',
      'mosaic move node17 --to kubernetes/east --watch',
      'mosaic quota set /research/hadoop --guarantee hosts=10',
      'mosaic host list --state quarantined -o json',
    ],
  });
  root.addHelpText('after', EXIT_CODES);
  finish(root, 'mosaic');
  return root;
}

const EXIT_CODES = `
Exit codes:
    0 done, or nothing to change     1 failed
    2 wrong usage or input           3 not found
    4 refused by a rule              5 blocked, still trying (--wait)
    6 no master answers             10 --dry-run found changes
  124 --timeout ran out            130 Ctrl-C: what was started goes on`;

/** Help leads with the summary and examples (`describe`), names commands without their aliases, and wrong usage names it. */
function finish(command: Command, path: string): void {
  defineGlobals(command);
  command.showHelpAfterError(`  see: ${path} --help`);
  command.configureHelp({
    sortSubcommands: false,
    commandDescription: () => '',
    commandUsage: (one) => `${path} ${one.usage()}`,
    subcommandTerm: (one) => [one.name(), ...one.registeredArguments.map(argumentTerm)].join(' '),
  });
  if (command.parent !== null) command.addHelpText('after', '\nFlags that every command takes: mosaic --help');
  for (const inner of command.commands) finish(inner, `${path} ${inner.name()}`);
}

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}
