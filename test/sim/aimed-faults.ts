import type { FaultClock } from './fault-clock.js';
import type { Hands } from './hands.js';
import type { MoveChange, MoveWatch, StoredTransition } from './move-watch.js';
import type { SimOptions } from './options.js';
import { killAgent, killFramework, killMaster, managerFault, stopAgent, stopFramework } from './strikes.js';

/** Within this after a step was asked something happens to it: most steps last for seconds. */
const SOON_MS = 8_000;
const LEASE_GRACE_MS = 10_000;

interface Network {
  partition(peer: string, forMs: number): void;
}

/** Strikes the executor of a move just when it has something to do: random faults seldom meet a step of three seconds. */
export function aimFaults(
  clock: FaultClock,
  watch: MoveWatch,
  hands: Hands,
  network: Network,
  options: Pick<SimOptions, 'aimMilli' | 'stepLeaseMs'>,
): void {
  watch.listen((change) => {
    if (!clock.chanceMilli(options.aimMilli)) return;
    const { step, direction } = change.transition;
    // What can only go wrong in few ways is struck in these.
    const byHand = step === 'verify' || (step === 'leave' && direction === 'rollback') ? 0.8 : 0.4;
    clock.later(
      step === 'verify' || step === 'offer' ? 1_000 : SOON_MS,
      () => {
        if (change.transition.step === 'offer') strikeOffer(clock, change.transition);
        else if (clock.prng.chance(byHand)) lendAHand(clock, hands, change);
        else strikeExecutor(clock, network, change, options.stepLeaseMs);
      },
      0,
    );
  });
}

function strikeExecutor(clock: FaultClock, network: Network, { host, transition }: MoveChange, leaseMs: number): void {
  const framework = executingFramework(transition);
  const peer = framework === null ? `agent/${host}` : `framework/${framework}`;
  const { prng } = clock;
  if (framework !== null && !isManaged(clock, framework)) {
    network.partition(peer, prng.int(leaseMs, leaseMs + 4 * LEASE_GRACE_MS));
    return;
  }
  prng.pick([
    () => {
      if (framework === null) killAgent(clock, host);
      else killFramework(clock, framework);
    },
    () => {
      if (framework === null) stopAgent(clock, host, 2 * leaseMs);
      else stopFramework(clock, framework, 2 * leaseMs);
    },
    () => {
      // Back at about the time when the step lease has ended: answers come late, or just in time.
      network.partition(peer, prng.int(leaseMs, leaseMs + 4 * LEASE_GRACE_MS));
    },
    () => {
      if (framework !== null) managerFault(clock, framework);
    },
    () => {
      killMaster(clock);
    },
  ])();
}

/** A directed offer that nobody answers runs out. */
function strikeOffer(clock: FaultClock, transition: StoredTransition): void {
  const framework = nameOf(transition.to);
  if (framework !== null && isManaged(clock, framework)) stopFramework(clock, framework, 60_000);
}

/** What an admin at the manager would do to confuse just this step. */
function lendAHand(clock: FaultClock, hands: Hands, { host, transition }: MoveChange): void {
  const managed = (name: string | null): string | null => (name !== null && isManaged(clock, name) ? name : null);
  const from = managed(nameOf(transition.from));
  const to = managed(nameOf(transition.to));
  switch (transition.step) {
    case 'drain':
    case 'cancel_drain':
      if (from !== null) hands.remove(from, host);
      return;
    case 'leave': {
      const holder = transition.direction === 'forward' ? from : to;
      if (holder !== null) hands.activate(holder, host);
      return;
    }
    case 'join':
      if (to !== null) hands.remove(to, host);
      return;
    case 'verify':
      if (to !== null) hands.drain(to, host);
      return;
    default:
      return;
  }
}

/** The world's name of the framework that executes the step; null: the host's agent does. */
function executingFramework(transition: StoredTransition): string | null {
  switch (transition.step) {
    case 'forecast':
    case 'drain':
    case 'cancel_drain':
      return nameOf(transition.from);
    case 'leave':
      return nameOf(transition.direction === 'forward' ? transition.from : transition.to);
    case 'join':
    case 'verify':
      return nameOf(transition.to);
    default:
      return null;
  }
}

function nameOf(holder: { readonly frameworkId: string } | null): string | null {
  return holder === null ? null : (holder.frameworkId.split('/')[0] ?? null);
}

/** Whether there is a manager of that name, in a process that can be struck; the other peers only have a network. */
function isManaged({ world }: FaultClock, framework: string): boolean {
  return world.frameworkNames.includes(framework);
}
