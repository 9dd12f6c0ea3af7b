import { Poller } from '../common/poller.js';
import { errorText } from '../common/redact.js';
import type { Clock, Log, Random } from '../contract/ports.js';
import type { FrameworkAdapter, WantedHosts } from '../contract/types.js';
import type { DemandEntry } from '../contract/protocol.js';
import { DEMANDS_MAX, demandProblem, toDemandEntry } from './convert.js';
import type { RunnerOptions } from './options.js';
import type { FrameworkSession } from './session-port.js';

export interface DemandLoopPorts {
  readonly session: FrameworkSession;
  readonly adapter: FrameworkAdapter;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly options: RunnerOptions;
  /** Told after each poll whether the manager answered. */
  readonly onAnswer: (answered: boolean) => void;
}

/**
 * Asks the adapter what it wants and tells the master what changed. While the manager does not answer the last demand
 * stands: silence is not a wish for nothing, and a demand of zero would cost the framework its hosts.
 */
export class DemandLoop {
  readonly #ports: DemandLoopPorts;
  readonly #poller: Poller<readonly WantedHosts[]>;
  /** By role, in the order of the options; null until the first answer. */
  #entries: ReadonlyMap<string, readonly DemandEntry[]> | null = null;
  /** What the master was last told, as text, by role. */
  readonly #told = new Map<string, string>();

  constructor(ports: DemandLoopPorts) {
    this.#ports = ports;
    this.#poller = new Poller({
      clock: ports.clock,
      random: ports.random,
      periodMs: ports.options.demandPeriodMs,
      timeoutMs: ports.options.callTimeoutMs,
      poll: () => ports.adapter.demand(),
      onValue: (wanted) => this.#onWanted(wanted),
      onError: (error) => {
        ports.log.warn({}, `demand is not known, the last one stands: ${errorText(error)}`);
        ports.onAnswer(false);
      },
    });
  }

  /** Demand of one role, null until the manager was asked once. */
  entriesOf(role: string): readonly DemandEntry[] | null {
    return this.#entries === null ? null : (this.#entries.get(role) ?? []);
  }

  start(): void {
    this.#poller.start();
  }

  stop(): void {
    this.#poller.stop();
  }

  /** Demand is soft on the master's side: after every connect it is told in full. */
  onConnected(): void {
    this.#told.clear();
    this.#tell();
    this.#poller.pollNow();
  }

  #onWanted(wanted: readonly WantedHosts[]): void {
    const { options, log } = this.#ports;
    const entries = new Map<string, DemandEntry[]>(options.roles.map((role) => [role, []]));
    const ids = new Set<string>();
    for (const want of wanted) {
      const ofRole = entries.get(want.role);
      const id = `${want.role}|${want.demandId}`;
      const problem = demandProblem(want);
      if (problem !== null) log.warn({ role: want.role }, `demand dropped: ${problem}`);
      else if (ofRole === undefined) {
        const known = options.roles.join(', ');
        log.warn(
          { role: want.role, demandId: want.demandId },
          `demand for a role that is not configured; known: ${known}`,
        );
      } else if (ids.has(id) || ofRole.length >= DEMANDS_MAX) {
        log.warn(
          { role: want.role, demandId: want.demandId },
          `demand dropped: stated twice, or over ${DEMANDS_MAX} a role`,
        );
      } else {
        ids.add(id);
        ofRole.push(toDemandEntry(want));
      }
    }
    this.#entries = entries;
    this.#ports.onAnswer(true);
    this.#tell();
  }

  #tell(): void {
    for (const [role, entries] of this.#entries ?? []) {
      const text = JSON.stringify(entries);
      if (this.#told.get(role) === text) continue;
      this.#told.set(role, text);
      // Whole hosts are stated as a total, so what was processed meanwhile does not matter.
      this.#ports.session.send({ kind: 'demand', role, asOfSeq: 0, entries });
    }
  }
}
