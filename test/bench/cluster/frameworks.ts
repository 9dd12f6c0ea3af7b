import {
  connectFramework,
  GrpcDialer,
  newTask,
  SystemClock,
  SystemRandom,
  wantSlices,
  type FrameworkClient,
  type FrameworkEvents,
  type Offer,
  type TaskStatus,
} from '../../../src/client/index.js';
import { sharedMs } from './clock.js';
import type { Emulator, Tell } from './emulator-parts.js';
import { roleOf, SLOT, STREAMS_PER_CONNECTION } from './fleet.js';
import { formatTimes, parseTimes, RUN_LABEL, TIMES_LABEL } from './launch-times.js';
import type { FrameworksStart, FrameworkWindow } from './messages.js';
import { RunTimes } from './run-times.js';

/**
 * Each framework has a long list of tasks to run and says so once: the master subtracts what is launched. So many that no
 * run comes to the end of the list; the contract takes no more.
 */
const TASKS_WANTED = 1_000_000;

/** Launches on slots that were released at the very end of the window are waited for this long. */
const STRAGGLER_GRACE_MS = 3_000;

/** All frameworks of a run in one process, each with a client and a session of its own. */
export function startFrameworks(start: FrameworksStart, tell: Tell): Emulator {
  const { address, count } = start;
  const clock = new SystemClock();
  const random = new SystemRandom();
  const dialers: GrpcDialer[] = [];
  const runTimes = new RunTimes(start.taskMeanMs, random);
  let firstTasks = start.slots;
  let window: Window | null = null;
  /** The highest term before the failover that is waited for; offers of a later one are news. */
  let beforeTerm = Infinity;
  let term = 0;
  let lost = 0;
  const running = new Set<string>();
  let taskNo = 0;

  const launch = (client: FrameworkClient, offers: readonly Offer[], offeredMs: number): void => {
    const tasks = offers.map(({ resources }) => {
      taskNo += 1;
      firstTasks -= 1;
      const runMs = firstTasks >= 0 ? runTimes.firstMs() : runTimes.nextMs();
      return newTask(`t${taskNo}`, resources, {
        command: ['sleep'],
        labels: { [RUN_LABEL]: runMs.toFixed(0), [TIMES_LABEL]: formatTimes([offeredMs, sharedMs()]) },
      });
    });
    window?.count('launches', tasks.length);
    void client
      .launch(
        offers.map(({ offerId }) => offerId),
        tasks,
      )
      .then((outcome) => {
        if (!outcome.ok) window?.count('refused', tasks.length);
      });
  };

  const onOffers = ({ offers }: FrameworkEvents['offers'], client: FrameworkClient): void => {
    const offeredMs = sharedMs();
    if (term > beforeTerm) {
      beforeTerm = Infinity;
      tell({ kind: 'offered_again', atMs: offeredMs });
    }
    window?.count('offers', offers.length);
    // Offers of one host are taken together: a launch names one host.
    const byHost = new Map<string, Offer[]>();
    for (const offer of offers) {
      const ofHost = byHost.get(offer.hostId);
      if (ofHost === undefined) byHost.set(offer.hostId, [offer]);
      else ofHost.push(offer);
    }
    for (const ofHost of byHost.values()) launch(client, ofHost, offeredMs);
  };

  const onStatus = ({ taskId, state, message }: TaskStatus): void => {
    if (state === 'staging' || running.has(taskId) === (state === 'running')) return; // Told again after a resync.
    if (state === 'running') {
      running.add(taskId);
      window?.addLaunch(parseTimes(message), sharedMs());
      return;
    }
    running.delete(taskId);
    if (state !== 'finished') lost += 1;
    else window?.count('finished', 1);
  };

  const clients = Array.from({ length: count }, (_, at) => {
    if (at % STREAMS_PER_CONNECTION === 0) dialers.push(new GrpcDialer({ address, peer: 'framework', clock }));
    return connectFramework(
      {
        dialer: dialers.at(-1) as GrpcDialer,
        clock,
        random,
        workload: 'bench',
        name: `f${at}`,
        roles: [roleOf(at)],
        secret: `secret of emulated framework ${at}`,
      },
      {
        connected: (session) => {
          term = Math.max(term, session.term);
        },
        offers: onOffers,
        task_status: ({ status }) => onStatus(status),
        error: ({ code, message }) => fail(`${code} ${message}`),
        refused: ({ code, message, retryAfterMs }) => {
          if (retryAfterMs === 0) fail(`${code} ${message}`);
        },
      },
    );
  });

  const endWindow = (ending: Window): void => {
    ending.end();
    setTimeout(() => {
      window = null;
      tell({ kind: 'window', window: ending.figures() });
    }, STRAGGLER_GRACE_MS);
  };

  return {
    state: () => {
      const connected = clients.filter((client) => client.connected).length;
      return { connected, reported: connected, running: running.size, lost };
    },
    onMessage: ({ kind }) => {
      if (kind === 'demand')
        for (const [at, client] of clients.entries())
          client.demand(roleOf(at), [wantSlices('tasks', TASKS_WANTED, SLOT)]);
      if (kind === 'window_begin') window = new Window();
      if (kind === 'failover') beforeTerm = term;
      if (kind === 'window_end' && window !== null) endWindow(window);
    },
    close: () => {
      for (const client of clients) void client.close();
      for (const dialer of dialers) dialer.close();
    },
  };
}

/** Counts between its making and `end`; launches belong to it when their slot was released in it. */
class Window {
  readonly #counts = { offers: 0, launches: 0, finished: 0, refused: 0 };
  readonly #samples: [number, number, number, number, number][] = [];
  readonly #beganMs = sharedMs();
  #endedMs = Infinity;

  count(what: 'offers' | 'launches' | 'finished' | 'refused', more: number): void {
    if (this.#endedMs === Infinity) this.#counts[what] += more;
  }

  addLaunch([released = 0, offered = 0, accepted = 0, launched = 0]: readonly number[], runningMs: number): void {
    if (released >= this.#beganMs && released < this.#endedMs)
      this.#samples.push([released, offered, accepted, launched, runningMs]);
  }

  end(): void {
    this.#endedMs = sharedMs();
  }

  figures(): FrameworkWindow {
    return { ...this.#counts, lengthMs: this.#endedMs - this.#beganMs, samples: this.#samples };
  }
}

function fail(message: string): never {
  throw new Error(`the master would not take what an emulated framework said: ${message}`);
}
