import type { FrameworkEvent, FrameworkMessage } from '../../scheduler/index.js';
import { PeerSession } from '../../src/session/index.js';
import { SeededRandom } from '../../src/simulation/seeded-random.js';
import type { World } from '../../src/simulation/world.js';
import type { SimOptions } from './options.js';
import type { TaskLedger } from './task-ledger.js';

export interface Surroundings {
  readonly options: SimOptions;
  readonly world: World;
  readonly ledger: TaskLedger;
}

export interface Who {
  /** Names its random numbers, and is its secret. */
  readonly id: string;
  readonly workload: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly executesSteps: boolean;
}

/** The session of a framework of the simulator's own; the ledger of tasks hears everything before it does. */
export function peerSession(
  { options, world, ledger }: Surroundings,
  { id, workload, name, roles, executesSteps }: Who,
  onEvent: (event: FrameworkEvent) => void,
  onConnected: (resumed: boolean) => void,
): PeerSession<FrameworkMessage, FrameworkEvent> {
  return new PeerSession<FrameworkMessage, FrameworkEvent>({
    // Frameworks of one workload sit behind one network: it is struck for all of them.
    dialer: world.network.dialer(`framework/${workload}`),
    clock: world.clock,
    random: new SeededRandom(options.seed, `${id}/session`),
    who: { kind: 'framework', workload, name, roles, executesSteps },
    secret: id,
    ...(options.smallOutboxes ? { outboxMax: 8 } : {}),
    handlers: {
      onMessage: (event) => {
        ledger.onEvent(event);
        onEvent(event);
      },
      onConnected: ({ resumed }) => {
        onConnected(resumed);
      },
      onDisconnected: () => undefined,
      onRefused: () => undefined,
      onEnded: () => undefined,
    },
  });
}
