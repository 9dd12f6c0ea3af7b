import { FakeAdapter } from '../../../frameworks/fake/index.js';
import { GrpcDialer } from '../../client/index.js';
import { SystemRandom } from '../../ports/index.js';
import { buildDemand, buildFleet, loadTraces, scaleScenario } from '../../scenario/index.js';
import { FrameworkProcess } from '../../simulation/framework-process.js';
import { ManagedWorkload, type ManagedWorkloadSnapshot } from '../../simulation/managed-workload.js';
import { runnerOptions } from '../../simulation/scenario-setup.js';
import { SeededRandom } from '../../simulation/seeded-random.js';
import type { RoleStart } from '../messages.js';
import { HeldClock, SharedClock } from '../shared-clock.js';
import type { Role, Send } from './role.js';
import { STDERR_LOG } from './stderr-log.js';

/** What makes managers act anew in each life: their past draws are gone. */
const LIVES_LABEL = 'demo';

type FrameworkStart = Extract<RoleStart, { role: 'framework' }>;

/** One framework: the runner on a fake manager, whose state goes to the parent with every change. */
export function startFramework(start: FrameworkStart, send: Send): Role {
  const { scenario } = start;
  const spec = scenario.workloads.find((one) => one.name === start.workload);
  const series = buildDemand(scenario, loadTraces()).find((one) => one.workload === start.workload);
  if (spec === undefined || series === undefined) throw new Error(`the scenario has no workload "${start.workload}"`);
  const clock = new SharedClock(start.clock);
  const startMs = start.clock.wallMs;
  const held = new HeldClock(clock, startMs);
  if (start.beganMs !== null) held.begin(start.beganMs);
  const scaled = scaleScenario(scenario);
  const random = new SystemRandom();
  const fleet = buildFleet(scenario);
  let placed = false;
  const workload = new ManagedWorkload({
    scaled,
    workload: spec,
    series,
    fleet,
    clock: held,
    random: new SeededRandom(scenario.seed, `${LIVES_LABEL}/${start.workload}/${clock.nowMs()}`),
    startMs,
    onServing: (host, serving, atScenarioMs) => send({ kind: 'serving', host, serving, atScenarioMs }),
    onChange: () => {
      if (placed) send({ kind: 'manager', manager: workload.snapshot() });
    },
    ...(start.manager === null ? {} : { restored: start.manager as ManagedWorkloadSnapshot }),
  });
  placed = true;
  send({ kind: 'manager', manager: workload.snapshot() });
  for (const host of start.off) workload.setPower(host, false);

  let framework: FrameworkProcess | null = null;
  let dialer: GrpcDialer | null = null;
  const connect = (address: string): void => {
    if (framework !== null) return;
    dialer = new GrpcDialer({ address, peer: 'framework', clock });
    framework = new FrameworkProcess({
      frameworkId: workload.frameworkId,
      roles: [spec.role],
      adapter: new FakeAdapter({ manager: workload.manager, clock, random, demandSource: workload.demand }),
      dialer,
      clock,
      random,
      secret: start.secret,
      runner: runnerOptions(scaled),
      log: STDERR_LOG,
      onEnded: (reason) => {
        // Another process has this session, or it was refused for good: a new life starts over.
        if (reason !== 'closed') process.exit(1);
      },
    });
    framework.start();
    send({ kind: 'ready' });
  };

  if (start.master !== null) connect(start.master);
  return {
    onMessage: (message) => {
      switch (message.kind) {
        case 'master':
          connect(message.address);
          break;
        case 'begin':
          held.begin(message.beganMs);
          break;
        case 'power':
          workload.setPower(message.host, message.on);
          break;
        case 'manager_down':
          workload.manager.setFaults({ down: message.down });
          break;
        case 'census': {
          const { machines } = workload.manager.snapshot();
          send({ kind: 'census', machines: machines.map(({ name, state }) => ({ name, state })) });
          break;
        }
        case 'start':
          break;
      }
    },
    close: async () => {
      await framework?.close();
      dialer?.close();
    },
  };
}
