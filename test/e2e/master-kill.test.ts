// `kill -9` of the master, again and again, at whatever it is doing: it comes back with everything it had said yes to, and
// agents and frameworks go on with no more than a pause.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newTask, wantHosts, wantSlices, type OperatorClient } from '../../src/client/index.js';
import { freePort } from '../support/free-port.js';
import { sfc32 } from '../support/seeded-random.js';
import { until } from '../support/until.js';
import { ensureBuilt, FleetRig, hostsOf, machine, mustDo, pathsOfRoles, type MosaicProcess } from './master-rig.js';

const KILLS = 10;
const LEASED = ['node1', 'node2', 'node3'];
const SHARED = 'node4';

/** Asks for one new role after the other as fast as they are answered, and keeps which were answered with yes. */
class RestlessOperator {
  readonly acknowledged: string[] = [];
  readonly unanswered: string[] = [];
  readonly refused: string[] = [];
  #stopped = false;
  #next = 0;
  readonly #done: Promise<void>[];

  constructor(operator: OperatorClient, callers: number) {
    this.#done = Array.from({ length: callers }, () => this.#call(operator));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#done);
  }

  async #call(operator: OperatorClient): Promise<void> {
    while (!this.#stopped) {
      this.#next += 1;
      const role = `/made-${this.#next}`;
      try {
        const reply = await operator.command({ kind: 'role_set', dryRun: false, role, change: { weight: 3 } });
        (reply.ok ? this.acknowledged : this.refused).push(role);
      } catch {
        this.unanswered.push(role);
      }
    }
  }
}

describe('kill -9 of the master', () => {
  let rig: FleetRig;

  beforeAll(() => {
    ensureBuilt();
  });

  beforeEach(() => {
    rig = new FleetRig();
  });

  afterEach(async () => {
    await rig.close();
  });

  it('loses nothing that was acknowledged, ten times in a row', async () => {
    const random = sfc32(20_261);
    const port = await freePort();
    let master: MosaicProcess;
    let address: string;
    ({ master, address } = await rig.master(port));
    const operator = rig.operator(address);
    await mustDo(operator, { kind: 'role_set', dryRun: false, role: '/batch', change: {} });
    const agents = await Promise.all([1, 2, 3, 4].map((n) => rig.agent(address, machine(n))));
    await until('all hosts have reported', async () => {
      const hosts = await hostsOf(operator);
      return hosts.length === 4 && hosts.every(({ total }) => total.quantities['cpusMilli'] === 8_000);
    });
    for (const host of [...LEASED, SHARED]) await mustDo(operator, { kind: 'host_admit', dryRun: false, host });
    await until('all hosts are free', async () => (await hostsOf(operator)).every(({ mode }) => mode === 'free'));
    await mustDo(operator, { kind: 'host_share', dryRun: false, host: SHARED, shared: true });
    await until('one is shared', async () => (await hostsOf(operator)).some(({ mode }) => mode === 'shared'));

    const holder = rig.framework(address, 'holder', '/batch');
    holder.onOffers = (offers) => {
      for (const { offerId } of offers) void holder.client.claim([offerId]);
    };
    holder.client.demand('/batch', [wantHosts('d1', LEASED.length)]);
    const runner = rig.framework(address, 'runner', '/batch');
    const each = { quantities: { cpusMilli: 500, memoryBytes: 1024 ** 3 }, ports: [] };
    runner.onOffers = (offers) => {
      runner.onOffers = null;
      void runner.client.launch([String(offers[0]?.offerId)], [newTask('t1', each)]);
    };
    runner.client.demand('/batch', [wantSlices('d1', 1, each)]);
    await until('the leases serve and the task runs', () => {
      const leases = [...holder.client.leases.values()];
      return (
        leases.length === LEASED.length &&
        leases.every(({ phase }) => phase === 'serving') &&
        runner.taskStates.get('t1') === 'running'
      );
    });
    const leases = holder.leases();
    const hostIds = agents.map(({ agent }) => agent.hostId);
    const running = agents.map(({ hardware }) => hardware.runningTasks);

    const acknowledged: string[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      const restless = new RestlessOperator(operator, 4);
      const wanted = 1 + Math.floor(random.next() * 40);
      await until('some commands were answered', () => restless.acknowledged.length >= wanted);
      for (let turns = Math.floor(random.next() * 50); turns > 0; turns--)
        await new Promise((resolve) => setImmediate(resolve));
      await master.end('SIGKILL');
      await restless.stop();
      expect(restless.refused).toEqual([]);
      acknowledged.push(...restless.acknowledged);

      runner.taskStates.clear();
      ({ master, address } = await rig.master(port));
      await until(
        'every peer is back',
        () =>
          [holder, runner].every(({ client, connects }) => client.connected && connects.at(-1)?.term === kill + 1) &&
          agents.every(({ agent }) => agent.connected),
      );
      await until(
        'the frameworks know what they have',
        () => holder.client.leases.size === LEASED.length && runner.taskStates.get('t1') === 'running',
      );
      await until('the operator is answered again', async () => {
        const paths = await pathsOfRoles(operator).catch(() => new Set<string>());
        return paths.has('/batch');
      });
      const paths = await pathsOfRoles(operator);
      expect(acknowledged.filter((role) => !paths.has(role))).toEqual([]);
      expect(holder.leases()).toEqual(leases);
    }

    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS);
    expect(agents.map(({ agent }) => agent.hostId)).toEqual(hostIds);
    expect(agents.map(({ hardware }) => hardware.runningTasks)).toEqual(running);
    for (const { ends, refusals, connects } of [holder, runner]) {
      expect(ends).toEqual([]);
      expect(refusals).toEqual([]);
      // Once to each master, or again to the same one when this process was held up for longer than it may be silent.
      const terms = new Set(connects.map(({ term }) => term));
      expect(connects.length).toBeLessThanOrEqual(2 * terms.size);
      expect([...terms]).toEqual(Array.from({ length: KILLS + 1 }, (_, at) => at + 1));
    }
    for (const { ends } of agents) expect(ends).toEqual([]);
    await until('every host has reported to the last master', async () =>
      (await hostsOf(operator)).every(({ connected }) => connected),
    );
    const hosts = await hostsOf(operator);
    expect(hosts.map(({ name, mode, owner }) => `${name} ${mode} ${owner}`).sort()).toEqual([
      'node1 leased batch/holder',
      'node2 leased batch/holder',
      'node3 leased batch/holder',
      expect.stringMatching(/^node4 shared/),
    ]);
    expect(await operator.get({ kind: 'audit' })).toEqual({ kind: 'audit', violations: [] });
    expect(await master.end('SIGTERM')).toBe(0);
  }, 600_000);
});
