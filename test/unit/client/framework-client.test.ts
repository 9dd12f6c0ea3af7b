// The published client of frameworks against the master's session layer, on a virtual clock and network.
import { describe, expect, it } from '@jest/globals';
import type {
  Effect,
  Event,
  FrameworkEvent,
  FrameworkMessage,
  HostLease,
  Offer,
  StepRequest,
  TaskStatus,
} from '../../../scheduler/index.js';
import { connectFramework, FrameworkClient } from '../../../src/client/framework-client.js';
import type { FrameworkEvents } from '../../../src/client/framework-options.js';
import { wantHosts, wantSlices } from '../../../src/client/wants.js';
import { WireError } from '../../../src/client/wire/wire-error.js';
import type { Dialer } from '../../../src/ports/index.js';
import { SessionServer } from '../../../src/session/index.js';
import { VirtualNetwork } from '../../../src/simulation/virtual-network.js';
import { sfc32 } from '../../support/seeded-random.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const PEER = 'framework/batch/nightly';

/** A master whose decisions are the test's. It keeps what a real one keeps over a restart: the applied sequence. */
class ScriptedMaster {
  readonly messages: FrameworkMessage[] = [];
  readonly #clock: VirtualClock;
  readonly #network: VirtualNetwork;
  #server: SessionServer | null = null;
  #incarnation = '';
  #applied = 0;
  onMessage: (message: FrameworkMessage) => void = () => undefined;
  onConnected: (resumed: boolean) => void = () => undefined;
  refuse = false;

  constructor(clock: VirtualClock, network: VirtualNetwork) {
    this.#clock = clock;
    this.#network = network;
  }

  start(term: number): void {
    const server: SessionServer = new SessionServer({
      clock: this.#clock,
      submit: (event) => {
        this.#submit(server, event);
      },
    });
    this.#server = server;
    server.open(term);
    this.#network.listen(server);
  }

  crash(): void {
    this.#network.listen(null);
    this.#server = null;
  }

  send(message: FrameworkEvent): void {
    this.#server?.execute({ kind: 'send', peerId: PEER, message });
  }

  #submit(server: SessionServer, event: Event): void {
    if (server !== this.#server) return;
    const execute = (effect: Extract<Effect, { kind: 'ack' | 'session_accepted' | 'session_refused' }>): void => {
      server.execute(effect);
    };
    if (event.kind === 'session_open') {
      const { connectionId, hello } = event;
      if (this.refuse) {
        execute({ kind: 'session_refused', connectionId, code: 'NOT_FOUND', message: 'no role /x', retryAfterMs: 0 });
        return;
      }
      const newIncarnation = hello.incarnation !== this.#incarnation;
      if (newIncarnation) this.#applied = 0;
      this.#incarnation = hello.incarnation;
      const resumeFromSeq = Math.max(this.#applied + 1, hello.outboxFirstSeq);
      execute({
        kind: 'session_accepted',
        connectionId,
        peerId: PEER,
        who: hello.who,
        assignedId: 'batch/nightly',
        resumeFromSeq,
        newIncarnation,
      });
    }
    if (event.kind === 'peer_connected') this.onConnected(event.resumed);
    if (event.kind === 'framework_message' && event.seq > this.#applied) {
      this.#applied = event.seq;
      this.messages.push(event.message);
      execute({ kind: 'ack', peerId: PEER, seq: event.seq });
      this.onMessage(event.message);
    }
  }
}

/** A master of an older version: the stream ends at what it does not take, as the gRPC dialer tells it. */
function refusing(dialer: Dialer, clock: VirtualClock, refuses: (message: FrameworkMessage) => boolean): Dialer {
  return {
    dial: (handler) => {
      let over = false;
      const connection = dialer.dial({
        ...handler,
        onFrame: (frame) => {
          if (!over) handler.onFrame(frame);
        },
      });
      return {
        ...connection,
        send: (frame) => {
          if (over) return true;
          if (frame.kind !== 'peer_message' || !refuses(frame.message as FrameworkMessage))
            return connection.send(frame);
          over = true;
          clock.setTimer(5, () => {
            handler.onFrame({ kind: 'refused', code: 'INVALID_ARGUMENT', message: 'not known', retryAfterMs: 30_000 });
            connection.close('refused');
          });
          return true;
        },
      };
    },
  };
}

function world() {
  const clock = new VirtualClock(1_000_000);
  const network = new VirtualNetwork({ clock, random: sfc32(1) });
  const master = new ScriptedMaster(clock, network);
  const options = {
    dialer: network.dialer('client'),
    clock,
    random: sfc32(2),
    workload: 'batch',
    name: 'nightly',
    roles: ['/batch'],
    secret: '0123456789abcdef',
  };
  const seen: (readonly [keyof FrameworkEvents, unknown])[] = [];
  const client = new FrameworkClient(options);
  for (const kind of [
    'connected',
    'disconnected',
    'refused',
    'ended',
    'resync',
    'offers',
    'lease',
    'task_status',
    'error',
  ] as const)
    client.on(kind, (event) => seen.push([kind, event]));
  return { clock, network, master, options, client, seen };
}

const kindsOf = (list: readonly (readonly [string, unknown])[]): string[] => list.map(([kind]) => kind);

const LEASE: HostLease = {
  leaseId: 'l-1-1',
  hostId: 'h-1-1',
  hostName: 'node1',
  identity: { uuid: 'u', serial: '', macs: [] },
  role: '/batch',
  origin: 'claimed',
  phase: 'joining',
};
const STATUS: TaskStatus = { taskId: 't1', hostId: 'h', state: 'running', statusSeq: 4, message: '', exitCode: null };
const OFFER: Offer = {
  offerId: 'o-1-1',
  role: '/batch',
  demandId: 'd',
  hostId: 'h-1-1',
  hostName: 'node1',
  identity: { uuid: 'u', serial: '', macs: [] },
  shape: 'standard',
  faultDomain: { region: '', zone: '', rack: '' },
  attributes: {},
  resources: { quantities: { cpusMilli: 1_000 }, ports: [] },
  wholeHost: true,
  transitionId: null,
  groupId: null,
  reservationId: null,
  validForMs: 30_000,
};

describe('a framework client', () => {
  it('says what is wanted, and hears of offers', async () => {
    const { clock, master, client, seen } = world();
    master.start(3);
    client.demand('/batch', [wantHosts('d', 3, { evidence: '40 jobs wait' })]);
    client.start();
    await clock.advanceUntil(() => master.messages.length === 1, 5_000);
    expect(master.messages).toEqual([
      {
        kind: 'demand',
        role: '/batch',
        asOfSeq: 0,
        entries: [expect.objectContaining({ demandId: 'd', count: 3, want: { kind: 'hosts', shape: 'standard' } })],
      },
    ]);
    master.send({ kind: 'offers', offers: [OFFER] });
    await clock.advanceUntil(() => seen.length === 2, 5_000);
    expect(seen).toEqual([
      ['connected', { resumed: false, frameworkId: 'batch/nightly', term: 3 }],
      ['offers', { kind: 'offers', offers: [OFFER] }],
    ]);
    expect(client.connected).toBe(true);
  });

  it('counts the message in hand as seen when it states demand from it', async () => {
    const { clock, master, client } = world();
    master.start(1);
    client.on('offers', () => {
      client.demand('/batch', [wantSlices('d', 1, OFFER.resources)]);
    });
    client.start();
    await clock.advanceUntil(() => client.connected, 5_000);
    master.send({ kind: 'offers', offers: [OFFER] });
    master.send({ kind: 'offers', offers: [OFFER] });
    await clock.advanceUntil(() => master.messages.length === 2, 5_000);
    expect(master.messages).toMatchObject([{ asOfSeq: 1 }, { asOfSeq: 2 }]);
  });

  it('gives each command its outcome', async () => {
    const { clock, master, client } = world();
    master.start(1);
    master.onMessage = (message) => {
      if (message.kind === 'accept')
        master.send({ kind: 'result', commandId: message.commandId, outcome: { ok: true, ids: ['l-1-1'] } });
      if (message.kind === 'kill_task')
        master.send({
          kind: 'result',
          commandId: message.commandId,
          outcome: { ok: false, code: 'NOT_FOUND', message: 'no task t9' },
        });
    };
    client.start();
    const outcomes = Promise.all([client.claim(['o-1-1']), client.killTask('t9')]);
    expect(await clock.advanceThrough(outcomes, 5_000)).toEqual([
      { ok: true, ids: ['l-1-1'] },
      { ok: false, code: 'NOT_FOUND', message: 'no task t9' },
    ]);
    const ids = master.messages.map((message) => ('commandId' in message ? message.commandId : ''));
    expect(new Set(ids).size).toBe(2);
  });

  it('acknowledges the end of a task once its listeners have handled it, and nothing before', async () => {
    const { clock, master, client } = world();
    master.start(1);
    const order: string[] = [];
    client.on('task_status', ({ status }) => order.push(`handled ${status.statusSeq}`));
    master.onMessage = (message) => {
      if (message.kind === 'task_ack') order.push(`acknowledged ${message.statusSeq}`);
    };
    client.start();
    await clock.advanceUntil(() => client.connected, 5_000);
    master.send({ kind: 'task_status', status: STATUS });
    master.send({ kind: 'task_status', status: { ...STATUS, state: 'finished', statusSeq: 5 } });
    await clock.advanceUntil(() => order.length === 3, 5_000);
    expect(order).toEqual(['handled 4', 'handled 5', 'acknowledged 5']);
    expect(master.messages).toEqual([{ kind: 'task_ack', taskId: 't1', statusSeq: 5 }]);
  });

  it('keeps the leases as the master tells them', async () => {
    const { clock, master, client, seen } = world();
    master.start(1);
    client.start();
    await clock.advanceUntil(() => client.connected, 5_000);
    const next = async (event: FrameworkEvent): Promise<void> => {
      const before = seen.length;
      master.send(event);
      await clock.advanceUntil(() => seen.length > before, 5_000);
    };
    await next({ kind: 'resync', leases: [LEASE, { ...LEASE, leaseId: 'l-1-2' }], tasks: [] });
    expect([...client.leases.keys()]).toEqual(['l-1-1', 'l-1-2']);
    await next({ kind: 'lease', lease: { ...LEASE, phase: 'serving' }, change: 'changed', reason: '' });
    expect(client.leases.get('l-1-1')?.phase).toBe('serving');
    await next({ kind: 'lease', lease: LEASE, change: 'ended', reason: 'left' });
    expect([...client.leases.keys()]).toEqual(['l-1-2']);
  });

  it('says demand, open offers and unanswered commands again to a master that has started anew', async () => {
    const { clock, master, client, seen } = world();
    master.onConnected = (resumed) => {
      if (!resumed) master.send({ kind: 'resync', leases: [LEASE], tasks: [STATUS] });
    };
    master.start(1);
    client.start();
    client.demand('/batch', [wantHosts('d', 1)]);
    client.openOffers('/batch', true, { cpusMilli: 100 });
    const claimed = client.claim(['o-1-1']);
    await clock.advanceUntil(() => master.messages.some(({ kind }) => kind === 'accept'), 5_000);
    await clock.advance(1_000); // Every message is acknowledged, and the answer to the claim is lost with the master.

    master.crash();
    const before = master.messages.length;
    await clock.advanceUntil(() => !client.connected, 60_000);
    client.demand('/batch', [wantHosts('d', 2)]);
    master.onMessage = (message) => {
      if (message.kind === 'accept')
        master.send({ kind: 'result', commandId: message.commandId, outcome: { ok: true, ids: ['l-1-1'] } });
    };
    master.start(2);
    expect(await clock.advanceThrough(claimed, 60_000)).toEqual({ ok: true, ids: ['l-1-1'] });
    await clock.advance(1_000);
    const said = master.messages.slice(before);
    expect(said.map(({ kind }) => kind)).toEqual(['demand', 'accept', 'demand', 'open_offers']);
    expect(said[2]).toMatchObject({ entries: [{ demandId: 'd', count: 2 }] });
    expect(
      new Set(master.messages.flatMap((message) => (message.kind === 'accept' ? [message.commandId] : []))),
    ).toEqual(new Set([expect.any(String)]));
    // The tasks of a full state are told one by one as well.
    const told = ['connected', 'resync', 'task_status'];
    expect(kindsOf(seen)).toEqual([...told, 'disconnected', ...told]);
  });

  it('takes a full state of any size, and acknowledges of it what has ended as far as the session can hold', async () => {
    const { clock, master, client, seen } = world();
    const tasks = Array.from({ length: 60_000 }, (_, at): TaskStatus => ({
      ...STATUS,
      taskId: `t${at}`,
      state: at % 2 === 0 ? 'running' : 'finished',
    }));
    master.onConnected = (resumed) => {
      if (!resumed) master.send({ kind: 'resync', leases: [LEASE], tasks });
    };
    master.start(1);
    client.start();
    await clock.advance(20_000);
    const resyncs = seen.flatMap(([kind, event]) => (kind === 'resync' ? [event as FrameworkEvents['resync']] : []));
    expect(resyncs).toEqual([{ kind: 'resync', leases: [LEASE], tasks }]);
    expect(kindsOf(seen).filter((kind) => kind === 'task_status')).toHaveLength(60_000);
    expect(kindsOf(seen)).not.toContain('disconnected');
    expect(master.messages).toHaveLength(5_000);
    expect(master.messages[0]).toEqual({ kind: 'task_ack', taskId: 't1', statusSeq: 4 });
  });

  it('gives a message up that the master does not take, and starts over with the rest', async () => {
    const { clock, network, master, options } = world();
    const refuses = (message: FrameworkMessage): boolean => message.kind === 'return_host';
    const errors: string[] = [];
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined };
    const client = new FrameworkClient({
      ...options,
      dialer: refusing(network.dialer('client'), clock, refuses),
      log: { ...log, error: (_fields, text) => void errors.push(text) },
    });
    const refusals: number[] = [];
    client.on('refused', () => void refusals.push(clock.nowMs()));
    master.onConnected = (resumed) => {
      if (!resumed) master.send({ kind: 'resync', leases: [LEASE], tasks: [] });
    };
    master.onMessage = (message) => {
      if (message.kind === 'kill_task')
        master.send({ kind: 'result', commandId: message.commandId, outcome: { ok: true, ids: [] } });
    };
    master.start(1);
    client.start();
    client.demand('/batch', [wantHosts('d', 1)]);
    const returned = client.returnHost('l-1-1');
    const killed = client.killTask('t1');
    await clock.advance(120_000);
    expect(refusals).toHaveLength(2);
    expect(await returned).toEqual({
      ok: false,
      code: 'INVALID_ARGUMENT',
      message: 'the master does not take a message: not known',
    });
    // Behind it in the outbox, it was held up as well; and the state was said again.
    expect(await killed).toEqual({ ok: true, ids: [] });
    expect(errors).toEqual([
      'the session starts over, and demand and commands are said again: the master does not take a message: not known',
    ]);
    expect(client.connected).toBe(true);
    expect(master.messages.map(({ kind }) => kind)).toEqual(['demand', 'kill_task', 'demand']);
  });

  it('resumes after a break without a word to its owner but that', async () => {
    const { clock, network, master, client, seen } = world();
    master.start(1);
    client.start();
    await clock.advanceUntil(() => client.connected, 5_000);
    network.crashPeer('client'); // Only the master notices: what it sends now waits in its outbox.
    master.send({ kind: 'offers', offers: [OFFER] });
    await clock.advanceUntil(() => kindsOf(seen).includes('offers'), 120_000);
    expect(kindsOf(seen)).toEqual(['connected', 'disconnected', 'connected', 'offers']);
    expect(seen[2]?.[1]).toMatchObject({ resumed: true });
  });

  it('does the steps of whole hosts, and shuts their fences when another process takes the session', async () => {
    const { clock, master, options } = world();
    master.start(1);
    const request: StepRequest = {
      transitionId: 't-1-1',
      step: 'drain',
      attempt: 1,
      validForMs: 60_000,
      hostId: 'h-1-1',
      hostName: 'node1',
      identity: LEASE.identity,
      workload: 'batch',
      policy: { softDeadlineMs: 0, hard: false },
      reason: 'a test',
    };
    const fences: string[] = [];
    const client = new FrameworkClient({
      ...options,
      steps: {
        join: () => Promise.resolve(),
        leave: () => Promise.resolve(),
        drain: async (context) => {
          context.fence();
          fences.push('open');
          await context.sleep(30_000).catch(() => undefined);
          try {
            context.fence();
          } catch {
            fences.push('shut');
          }
        },
      },
    });
    master.onMessage = (message) => {
      if (message.kind !== 'step_update' || message.update.state !== 'running') return;
      const { updateNo } = message.update;
      master.send({ kind: 'step_renew', renew: { ...request, updateNo, validForMs: 60_000 } });
    };
    client.start();
    await clock.advanceUntil(() => client.connected, 5_000);
    master.send({ kind: 'step_request', request: { ...request, step: 'cancel_drain', transitionId: 't-1-0' } });
    master.send({ kind: 'step_request', request: { ...request, step: 'wipe', transitionId: 't-1-0' } });
    master.send({ kind: 'step_request', request });
    await clock.advanceUntil(() => fences.length === 1, 5_000);
    const refused = master.messages.flatMap((message) =>
      message.kind === 'step_update' && message.update.state === 'refused' ? [message.update.step] : [],
    );
    expect(refused).toEqual(['cancel_drain', 'wipe']);
    const second = connectFramework({ ...options, random: sfc32(3) });
    await clock.advanceUntil(() => fences.length === 2, 20_000);
    expect(fences).toEqual(['open', 'shut']);
    await second.close();
  });

  it('does not send what the master would refuse', () => {
    const { master, client } = world();
    master.start(1);
    expect(() => client.demand('/batch', [wantHosts('d', -1)])).toThrow(WireError);
    expect(() => client.demand('/batch', [wantHosts('d', -1)])).toThrow(
      'demand.entries[0].count is -1; it must be a whole number from 0 to 1000000',
    );
    expect(() => client.decline([])).toThrow('decline.offer_ids is empty; it must name at least one offer');
    expect(() => void client.claim([])).toThrow('accept.offer_ids is empty');
  });

  it('ends when it is refused for good, and tells whoever waits', async () => {
    const { clock, master, client, seen } = world();
    master.refuse = true;
    master.start(1);
    const claimed = client.claim(['o-1-1']);
    client.start();
    expect(await clock.advanceThrough(claimed, 5_000)).toEqual({
      ok: false,
      code: 'UNAVAILABLE',
      message: 'the session has ended (refused); the outcome is not known',
    });
    expect(seen).toEqual([
      ['refused', { code: 'NOT_FOUND', message: 'no role /x', retryAfterMs: 0 }],
      ['ended', { reason: 'refused' }],
    ]);
  });

  it('ends when another process takes its session', async () => {
    const { clock, master, options, client, seen } = world();
    master.start(1);
    client.start();
    await clock.advanceUntil(() => client.connected, 5_000);
    const second = connectFramework({ ...options, random: sfc32(3) }, {});
    await clock.advanceUntil(() => second.connected, 5_000);
    await clock.advanceUntil(() => kindsOf(seen).includes('ended'), 5_000);
    expect(seen.at(-1)).toEqual(['ended', { reason: 'superseded' }]);
    await second.close();
  });

  it('stops listening when asked', async () => {
    const { clock, master, client } = world();
    master.start(1);
    const got: string[] = [];
    const stop = client.on('offers', () => got.push('offers'));
    client.start();
    await clock.advanceUntil(() => client.connected, 5_000);
    master.send({ kind: 'offers', offers: [OFFER] });
    await clock.advanceUntil(() => got.length === 1, 5_000);
    stop();
    master.send({ kind: 'offers', offers: [OFFER] });
    await clock.advance(1_000);
    expect(got).toEqual(['offers']);
  });

  it('needs an address or a dialer', () => {
    const { options } = world();
    const { dialer: _dialer, ...rest } = options;
    expect(() => new FrameworkClient(rest)).toThrow('give the address of a master, or a dialer');
  });
});
