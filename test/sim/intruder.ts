import type { AgentHello, FrameworkHello, FrameworkMessage, SessionHello } from '../../scheduler/index.js';
import type { Connection } from '../../src/ports/index.js';
import type { PeerFrame } from '../../src/session/index.js';
import type { FaultClock } from './fault-clock.js';

const HOLD_MAX_MS = 120_000;
const FLOOD = 100;

/**
 * Connections from nowhere: wrong secrets, claims that are not theirs, unknown roles, machines that cannot be told from
 * others, silence, nonsense and floods. None of it may cost anybody else anything.
 */
export function startIntruder(clock: FaultClock, perHour: number): void {
  const intruder = new Intruder(clock);
  clock.repeat(perHour, () => {
    intruder.act();
  });
}

class Intruder {
  readonly #clock: FaultClock;
  #count = 0;

  constructor(clock: FaultClock) {
    this.#clock = clock;
  }

  act(): void {
    const { prng, world } = this.#clock;
    const host = prng.pick(world.hostNames);
    const { identity } = world.hardwareOf(host).machine.inventory;
    const stolen: FrameworkHello = {
      kind: 'framework',
      workload: 'ovirt',
      name: 'prod',
      roles: ['/prod/vms'],
      executesSteps: true,
    };
    prng.pick<() => void>([
      () => {
        this.#hello('wrong secret of a framework', stolen);
      },
      () => {
        this.#hello('unknown role', { ...stolen, workload: 'evil', roles: ['/prod/vms/none'] });
      },
      () => {
        this.#hello('name that is none', { ...stolen, workload: 'Evil\u0000', name: '' });
      },
      () => {
        this.#hello('wrong secret of an agent', { kind: 'agent', name: host, identity });
      },
      () => {
        this.#hello('machine without identity', {
          kind: 'agent',
          name: 'localhost',
          identity: { uuid: '00000000-0000-0000-0000-000000000000', serial: 'To be filled by O.E.M.', macs: [] },
        });
      },
      () => {
        const number = String(this.#count % 4);
        this.#hello('machine with the uuid of another', {
          kind: 'agent',
          name: `twin-${number}`,
          identity: { uuid: identity.uuid, serial: `TWIN${number}`, macs: [`02:00:00:00:00:0${number}`] },
        });
      },
      () => {
        this.#hello('claims a newer master', { ...stolen, name: 'stale' }, { highestTerm: 1_000_000 });
      },
      () => {
        this.#hello('numbers that cannot be', { ...stolen, name: 'odd' }, { outboxFirstSeq: -1, appliedSeq: 0.5 });
      },
      () => {
        this.#say('messages before the hello', [
          { kind: 'peer_message', seq: 1, ack: 0, message: nonsense(0) },
          { kind: 'peer_ack', ack: 5 },
        ]);
      },
      () => {
        this.#say('silence', []);
      },
      () => {
        this.#flood();
      },
    ])();
  }

  #hello(name: string, who: FrameworkHello | AgentHello, change: Partial<SessionHello> = {}): void {
    this.#say(name, [this.#helloFrame(who, change)]);
  }

  /** A framework in good standing with no manners: it says what makes no sense, skips numbers, never acknowledges. */
  #flood(): void {
    const who: FrameworkHello = {
      kind: 'framework',
      workload: 'intruder',
      name: `n${String(this.#count % 3)}`,
      roles: ['/batch/tasks'],
      executesSteps: false,
    };
    const frames: PeerFrame[] = [this.#helloFrame(who, {})];
    for (let seq = 1; seq <= FLOOD; seq++)
      frames.push({ kind: 'peer_message', seq, ack: 0, message: nonsense(this.#clock.prng.int(0, 1_000)) });
    frames.push({ kind: 'peer_message', seq: FLOOD + 50, ack: 1_000_000, message: nonsense(1) });
    this.#say('flood', frames);
  }

  /** The hello goes out at once, all else once the welcome has come. */
  #say(name: string, frames: readonly PeerFrame[]): void {
    this.#count += 1;
    this.#clock.count(`intruder: ${name}`);
    let open = true;
    const connection: Connection = this.#clock.world.network.dialer('intruder').dial({
      onFrame: (frame) => {
        if (frame.kind !== 'welcome') return;
        for (const one of rest) if (open) connection.send(one);
      },
      onClose: () => {
        open = false;
      },
      onDrain: () => undefined,
    });
    const [first, ...rest] = frames;
    if (first !== undefined) connection.send(first);
    if (first !== undefined && first.kind !== 'hello') for (const one of rest) connection.send(one);
    this.#clock.world.clock.setTimer(this.#clock.prng.int(1_000, HOLD_MAX_MS), () => {
      if (open) connection.close('the intruder leaves');
    });
  }

  #helloFrame(who: FrameworkHello | AgentHello, change: Partial<SessionHello>): PeerFrame {
    const number = String(this.#count);
    // One secret for each workload and name, or its own second connection would be refused.
    const secret = who.kind === 'agent' ? `intruder ${number}` : `intruder ${who.name}`;
    return {
      kind: 'hello',
      secret,
      pagedResync: who.kind === 'framework',
      hello: {
        who,
        incarnation: `intruder-${number}`,
        secretHash: 'replaced by the session server',
        outboxFirstSeq: 1,
        appliedTerm: 0,
        appliedSeq: 0,
        highestTerm: 0,
        ...change,
      },
    };
  }
}

const HUGE = Number.MAX_SAFE_INTEGER;
const LONG = 'x'.repeat(2_000);

/** Well-formed messages that make no sense. */
function nonsense(draw: number): FrameworkMessage {
  const id = `i${String(draw)}`;
  const makers: readonly (() => FrameworkMessage)[] = [
    () => ({ kind: 'accept', commandId: id, offerIds: [LONG, id, id], action: { kind: 'claim' } }),
    () => ({ kind: 'accept', commandId: id, offerIds: [], action: { kind: 'launch', tasks: [] } }),
    () => ({ kind: 'decline', offerIds: [id], filterMs: HUGE, reason: LONG }),
    () => ({ kind: 'demand', role: '/prod', asOfSeq: HUGE, entries: [] }),
    () => ({
      kind: 'demand',
      role: '/batch/tasks',
      asOfSeq: 0,
      entries: [
        {
          demandId: '',
          want: { kind: 'slices', resources: { quantities: { cpusMilli: -5, bananas: HUGE }, ports: [] } },
          count: -1,
          minimum: HUGE,
          allOrNothing: true,
          constraints: [{ attribute: LONG, op: 'in', values: [] }],
          placement: [],
          priority: -HUGE,
          deadlineMs: -1,
          ageMs: HUGE,
          evidence: LONG,
        },
      ],
    }),
    () => ({ kind: 'open_offers', role: '/batch/tasks', enabled: true, minimum: { cpusMilli: -1 } }),
    () => ({ kind: 'renew', offerIds: Array.from({ length: 500 }, (_, index) => `o-${String(index)}-1`) }),
    () => ({ kind: 'kill_task', commandId: id, taskId: LONG, graceMs: -1 }),
    () => ({ kind: 'task_ack', taskId: id, statusSeq: -1 }),
    () => ({ kind: 'reconcile', taskIds: [LONG] }),
    () => ({ kind: 'return_host', commandId: id, leaseId: LONG, reason: LONG }),
    () => ({
      kind: 'step_update',
      update: {
        transitionId: `t-1-${String(draw % 40)}`,
        step: 'leave',
        attempt: 1 + (draw % 6),
        updateNo: HUGE,
        state: 'done',
        progressMilli: -1,
        message: LONG,
        blockedBy: [],
        forecast: null,
      },
    }),
  ];
  return makers[draw % makers.length]?.() ?? { kind: 'reconcile', taskIds: [] };
}
