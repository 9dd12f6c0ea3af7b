import { join } from 'node:path';
import {
  Agent,
  FileCheckpoint,
  readMachine,
  SimulatedDriver,
  SimulatedHardware,
  type Driver,
  type InventoryOverrides,
} from '../agent/index.js';
import { GrpcDialer } from '../client/index.js';
import type { AgentRunOptions } from '../config/index.js';
import { createLog } from '../observability/index.js';
import { SystemClock, SystemRandom } from '../ports/index.js';
import { productVersion } from './product-version.js';
import { stopSignal } from './stop-signal.js';

/**
 * `mosaic agent`: joins this machine to a master and runs until SIGINT or SIGTERM (exit code 0), or until the master sends
 * it away for good (1).
 */
export async function runAgent(options: AgentRunOptions): Promise<number> {
  const clock = new SystemClock();
  const random = new SystemRandom();
  const log = await createLog({ name: 'agent', ...options.log });
  const dialer = new GrpcDialer({ address: options.master, peer: 'agent', clock });
  const overrides: InventoryOverrides = {
    faultDomain: options.faultDomain,
    attributes: options.attributes,
    ...(options.name === '' ? {} : { name: options.name }),
  };
  let end: (reason: string) => void = () => undefined;
  const sentAway = new Promise<string>((resolve) => {
    end = resolve;
  });
  const agent = new Agent({
    dialer,
    clock,
    random,
    driver: await machineDriver(overrides, clock, random),
    checkpoint: new FileCheckpoint(join(options.stateFolder, 'checkpoint.json')),
    log: log.component('agent'),
    version: productVersion(),
    onEnded: (reason) => {
      end(reason);
    },
  });
  try {
    await agent.start();
  } catch (error) {
    process.stderr.write(`mosaic agent: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  process.stderr.write(
    `agent of ${options.name === '' ? 'this machine' : options.name} joins ${options.master}; stop with Ctrl-C\n`,
  );
  const reason = await Promise.race([stopSignal(), sentAway]);
  await agent.close();
  dialer.close();
  log.flush();
  if (reason === null) return 0;
  process.stderr.write(
    reason === 'superseded'
      ? `mosaic agent: another agent with this state folder (${options.stateFolder}) has taken over; ` +
          `run one agent per machine, each with a --state of its own\n`
      : `mosaic agent: the master at ${options.master} sent this machine away (${reason}); mend that, then start the agent again\n`,
  );
  return 1;
}

/** The real machine's inventory; tasks and host steps are simulated until a driver for containers and images is there. */
async function machineDriver(overrides: InventoryOverrides, clock: SystemClock, random: SystemRandom): Promise<Driver> {
  const atOnce = { minMs: 0, maxMs: 0 };
  const timings = {
    prepare: atOnce,
    wipe: atOnce,
    verifyClean: atOnce,
    prepareFailMilli: 0,
    wipeFailMilli: 0,
    dirtyMilli: 0,
  };
  const inventory = await readMachine(overrides);
  const hardware = new SimulatedHardware({ inventory, taskStartMs: 0, timingsOf: () => timings }, clock);
  const simulated = new SimulatedDriver(hardware, clock, random);
  return {
    inventory: () => readMachine(overrides),
    recover: (onTaskEnd) => simulated.recover(onTaskEnd),
    startTask: (taskKey, spec, onTaskEnd) => simulated.startTask(taskKey, spec, onTaskEnd),
    killTask: (taskKey) => simulated.killTask(taskKey),
    prepare: (context) => simulated.prepare(context),
    wipe: (context) => simulated.wipe(context),
    verifyClean: (context) => simulated.verifyClean(context),
  };
}
