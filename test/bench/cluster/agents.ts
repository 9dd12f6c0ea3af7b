import { GrpcDialer, SystemClock, SystemRandom } from '../../../src/client/index.js';
import { sharedMs } from './clock.js';
import type { Emulator, Tell } from './emulator.js';
import { EmulatedAgent } from './emulated-agent.js';
import { STREAMS_PER_CONNECTION } from './fleet.js';
import type { AgentsStart } from './messages.js';

/** Agents that connect within one millisecond, so that a fleet does not come in one burst at its first start. */
const STARTS_PER_MS = 5;
/** How often agents are looked at after a failover: the error of what is measured there. */
const LOOK_EVERY_MS = 10;

/** Many agents in one process. */
export function startAgents({ address, first, count }: AgentsStart, tell: Tell): Emulator {
  const clock = new SystemClock();
  const random = new SystemRandom();
  const dialers: GrpcDialer[] = [];
  const agents: EmulatedAgent[] = [];
  for (let at = 0; at < count; at += 1) {
    if (at % STREAMS_PER_CONNECTION === 0) dialers.push(new GrpcDialer({ address, peer: 'agent', clock }));
    const dialer = dialers.at(-1) as GrpcDialer;
    agents.push(new EmulatedAgent(first + at, { dialer, clock, random }));
  }
  let started = 0;
  const starting = setInterval(() => {
    for (let more = STARTS_PER_MS; more > 0 && started < count; more -= 1) agents[started++]?.start();
    if (started === count) clearInterval(starting);
  }, 1);

  const watchReports = (): void => {
    const atMs: number[] = [];
    let waiting = [...agents];
    for (const agent of agents) agent.awaitReport();
    const looking = setInterval(() => {
      const nowMs = sharedMs();
      const still = waiting.filter((agent) => !agent.reported);
      for (let more = waiting.length - still.length; more > 0; more -= 1) atMs.push(nowMs);
      waiting = still;
      if (waiting.length > 0) return;
      clearInterval(looking);
      tell({ kind: 'reported_again', atMs });
    }, LOOK_EVERY_MS);
  };

  return {
    state: () => {
      const counts = { connected: 0, reported: 0, running: 0, lost: 0 };
      for (const agent of agents) {
        if (agent.connected) counts.connected += 1;
        if (agent.reported) counts.reported += 1;
        counts.running += agent.runningTasks;
      }
      return counts;
    },
    onMessage: (message) => {
      if (message.kind === 'failover') watchReports();
    },
    close: () => {
      clearInterval(starting);
      for (const agent of agents) agent.close();
      for (const dialer of dialers) dialer.close();
    },
  };
}
