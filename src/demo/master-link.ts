import type { Decision, OperatorClient, OperatorCommand, OperatorReply, TransitionView } from '../client/index.js';
import type { Clock } from '../ports/index.js';
import type { Scenario } from '../scenario/index.js';
import { FleetWatch } from './fleet-watch.js';

/** The master answers calls within this, or it is down. */
const CALL_TIMEOUT_MS = 2_000;

export interface MasterLinkOptions {
  readonly clock: Clock;
  readonly onDecision: (decision: Decision) => void;
  readonly onEnded: (transition: TransitionView) => void;
}

/** The demo's own connection to its master: what an admin would do and see. */
export class MasterLink {
  readonly client: OperatorClient;
  readonly watch: FleetWatch;

  private constructor(client: OperatorClient, watch: FleetWatch) {
    this.client = client;
    this.watch = watch;
  }

  /** The client brings all of gRPC with it; it is loaded here, while the children start. */
  static async open(address: string, options: MasterLinkOptions): Promise<MasterLink> {
    const { OperatorClient: Client } = await import('../client/index.js');
    const client = new Client({ address, timeoutMs: CALL_TIMEOUT_MS, user: 'demo', clock: options.clock });
    return new MasterLink(client, new FleetWatch({ master: client, ...options }));
  }

  /** Null: the master could not be asked. */
  async command(command: OperatorCommand): Promise<OperatorReply | null> {
    return await this.client.command(command).catch(() => null);
  }

  close(): void {
    this.watch.close();
    this.client.close();
  }
}

/** The commands that give a master the scenario's shapes and roles. */
export async function roleCommands(scenario: Scenario): Promise<readonly OperatorCommand[]> {
  const { setupCommands } = await import('../simulation/scenario-setup.js');
  return setupCommands(scenario);
}
