// Every real part of a master in one process: composed as in production, on a store in a folder, over gRPC on loopback.
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Mutation } from '../../scheduler/index.js';
import { newTask, wantHosts, wantSlices, type OperatorClient } from '../../src/client/index.js';
import { loadConfig, type MosaicConfig } from '../../src/config/index.js';
import { composeMaster, type MasterDaemon } from '../../src/daemon/compose.js';
import { SystemClock, type Clock } from '../../src/ports/index.js';
import { MemoryStore } from '../../src/store/index.js';
import { FleetRig, hostsOf, machine, mustDo, pathsOfRoles } from '../e2e/master-rig.js';
import { freePort } from '../support/free-port.js';
import { until } from '../support/until.js';

describe('a composed master', () => {
  let rig: FleetRig;
  let daemon: MasterDaemon | null;

  beforeEach(() => {
    rig = new FleetRig();
    daemon = null;
  });

  afterEach(async () => {
    await daemon?.close();
    await rig.close();
  });

  function config(change: Readonly<Record<string, string | number>> = {}): MosaicConfig {
    const settings = {
      'listen.grpc': '127.0.0.1:0',
      'listen.http': '127.0.0.1:0',
      data: join(rig.folder, 'data'),
      'log.level': 'silent',
      'scheduler.planner': 'off',
      'scheduler.recoveryBoundMs': 1_000,
      ...change,
    };
    const flags = Object.entries(settings).map(([path, value]) => ({ path, flag: path, value }));
    return loadConfig({ env: {}, folder: rig.folder, flags }).config;
  }

  async function admit(operator: OperatorClient, names: readonly string[]): Promise<void> {
    for (const host of names) await mustDo(operator, { kind: 'host_admit', dryRun: false, host });
    await until(`${names.join(', ')} are free`, async () =>
      (await hostsOf(operator)).every(({ name, mode }) => !names.includes(name) || mode === 'free'),
    );
  }

  it('leads from demand over offer and claim to a lease, and keeps it over a restart', async () => {
    const port = await freePort();
    daemon = await composeMaster(config({ 'listen.grpc': `127.0.0.1:${port}` }));
    const operator = rig.operator(daemon.grpcAddress);
    await mustDo(operator, { kind: 'role_set', dryRun: false, role: '/batch', change: { weight: 2 } });
    const agents = [await rig.agent(daemon.grpcAddress, machine(1)), await rig.agent(daemon.grpcAddress, machine(2))];
    await until('both agents are connected', () => agents.every(({ agent }) => agent.connected));
    await until('both hosts have reported', async () =>
      (await hostsOf(operator)).every(({ total }) => total.quantities['cpusMilli'] === 8_000),
    );
    await admit(operator, ['node1', 'node2']);

    const framework = rig.framework(daemon.grpcAddress, 'one', '/batch');
    const outcomes: boolean[] = [];
    framework.onOffers = (offers) => {
      for (const { offerId } of offers)
        void framework.client.claim([offerId]).then((outcome) => outcomes.push(outcome.ok));
    };
    framework.client.demand('/batch', [wantHosts('d1', 2)]);
    await until('two leases are serving', () => {
      const leases = [...framework.client.leases.values()];
      return leases.length === 2 && leases.every(({ phase }) => phase === 'serving');
    });
    expect(outcomes).toEqual([true, true]);
    const leases = framework.leases();
    const hostIds = agents.map(({ agent }) => agent.hostId);
    for (const host of await hostsOf(operator)) expect(host).toMatchObject({ mode: 'leased', owner: 'batch/one' });

    await daemon.close();
    await until('the peers have noticed', () => !agents.some(({ agent }) => agent.connected));
    daemon = await composeMaster(config({ 'listen.grpc': `127.0.0.1:${port}` }));
    expect(daemon.loop.term).toBe(2);
    await until('the peers are back', () => agents.every(({ agent }) => agent.connected) && framework.client.connected);
    await until('the framework has its leases', () => framework.client.leases.size === 2);
    expect(framework.leases()).toEqual(leases);
    expect(agents.map(({ agent }) => agent.hostId)).toEqual(hostIds);
    expect(framework.ends).toEqual([]);
    expect(framework.refusals).toEqual([]);
    expect([...new Set(framework.connects.map(({ term }) => term))]).toEqual([1, 2]);
    expect((await pathsOfRoles(operator)).has('/batch')).toBe(true);
    expect(await operator.get({ kind: 'audit' })).toEqual({ kind: 'audit', violations: [] });
  });

  it('runs tasks on a shared host, which go on while the master is away', async () => {
    const port = await freePort();
    daemon = await composeMaster(config({ 'listen.grpc': `127.0.0.1:${port}` }));
    const operator = rig.operator(daemon.grpcAddress);
    await mustDo(operator, { kind: 'role_set', dryRun: false, role: '/batch', change: {} });
    const { agent, hardware } = await rig.agent(daemon.grpcAddress, machine(1));
    await until('the host is known', async () => agent.connected && (await hostsOf(operator)).length === 1);
    await until('it has reported', async () => (await hostsOf(operator))[0]?.total.quantities['cpusMilli'] === 8_000);
    await admit(operator, ['node1']);
    await mustDo(operator, { kind: 'host_share', dryRun: false, host: 'node1', shared: true });
    await until('the host is shared', async () => (await hostsOf(operator))[0]?.mode === 'shared');

    const framework = rig.framework(daemon.grpcAddress, 'tasks', '/batch');
    const each = { quantities: { cpusMilli: 500, memoryBytes: 1024 ** 3 }, ports: [] };
    framework.onOffers = (offers) => {
      framework.onOffers = null;
      void framework.client.launch(
        offers.slice(0, 1).map(({ offerId }) => offerId),
        [newTask('t1', each)],
      );
    };
    framework.client.demand('/batch', [wantSlices('d1', 1, each)]);
    await until('the task runs', () => framework.taskStates.get('t1') === 'running');
    expect(hardware.runningTasks).toHaveLength(1);

    await daemon.close();
    await until('the agent has noticed', () => !agent.connected);
    expect(hardware.runningTasks).toHaveLength(1);
    framework.taskStates.clear();
    daemon = await composeMaster(config({ 'listen.grpc': `127.0.0.1:${port}` }));
    await until('the framework hears of its task again', () => framework.taskStates.get('t1') === 'running');
    await until('the agent is back', () => agent.connected);
    const outcome = await framework.client.killTask('t1');
    expect(outcome).toMatchObject({ ok: true });
    await until('the task has ended', () => framework.taskStates.get('t1') === 'killed');
    expect(hardware.runningTasks).toEqual([]);
  });

  it('gives its port and its folder back when it cannot start', async () => {
    daemon = await composeMaster(config());
    const port = await freePort();
    const second = config({ 'listen.grpc': `127.0.0.1:${port}` });
    await expect(composeMaster(second)).rejects.toThrow(
      /in use by another master; stop it, or give this one its own --data/,
    );
    const busy = config({ 'listen.grpc': daemon.grpcAddress, data: join(rig.folder, 'other') });
    await expect(composeMaster(busy)).rejects.toThrow(/in use by another program; stop it, or choose another port/);
    const busyHttp = config({ 'listen.http': daemon.httpAddress, data: join(rig.folder, 'other') });
    await expect(composeMaster(busyHttp)).rejects.toThrow(/in use by another program/);
    await daemon.close();
    daemon = await composeMaster(second);
    expect(daemon.loop.leading).toBe(true);
    await daemon.close();
    daemon = await composeMaster({ ...busy, listen: { ...busy.listen, grpc: `127.0.0.1:${port}` } });
    expect(daemon.loop.term).toBe(1);
  });

  it('tells a watcher and a waiting peer that it stops', async () => {
    daemon = await composeMaster(config());
    const operator = rig.operator(daemon.grpcAddress);
    await mustDo(operator, { kind: 'role_set', dryRun: false, role: '/batch', change: {} });
    const framework = rig.framework(daemon.grpcAddress, 'one', '/batch');
    await until('the framework is connected', () => framework.client.connected);
    const items: string[] = [];
    const watching = (async (): Promise<string> => {
      try {
        for await (const item of operator.watch({}, { resume: false })) items.push(item.kind);
        return 'ended';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    await until('the watch is open', () => items.length > 0);
    await daemon.close();
    expect(await watching).toMatch(/stops|ended/);
    await until('the framework knows', () => framework.disconnects.length > 0);
    expect(framework.disconnects[0]).toContain('going away');
    expect(framework.ends).toEqual([]);
  });

  describe('whose store takes no commits any more', () => {
    /** A store whose commits do not end while `hangs`. */
    class HangingStore extends MemoryStore {
      hangs = false;
      readonly #held: (() => void)[] = [];

      override async commit(term: number, mutations: readonly Mutation[]): Promise<void> {
        if (this.hangs) await new Promise<void>((resolve) => this.#held.push(resolve));
        await super.commit(term, mutations);
      }

      letGo(): void {
        this.hangs = false;
        for (const go of this.#held.splice(0)) go();
      }
    }

    /** A minute of the master passes in a second. */
    const fast: Clock = ((system: Clock) => {
      const startMs = system.nowMs();
      return {
        nowMs: () => startMs + 60 * (system.nowMs() - startMs),
        setTimer: (delayMs: number, fire: () => void) => system.setTimer(delayMs / 60, fire),
      };
    })(new SystemClock());

    async function readiness(): Promise<unknown> {
      const answer = await fetch(`http://${daemon?.httpAddress ?? ''}/readyz`);
      return [answer.status, ((await answer.json()) as { reason?: string }).reason];
    }

    async function serving(): Promise<boolean> {
      const client = new Client(daemon?.grpcAddress ?? '', credentials.createInsecure());
      const same = (bytes: Buffer): Buffer => bytes;
      const answer = await new Promise<Buffer>((resolve, reject) => {
        client.makeUnaryRequest('/grpc.health.v1.Health/Check', same, same, Buffer.alloc(0), (error, value) => {
          if (error === null && value !== undefined) resolve(value);
          else reject(error ?? new Error('no answer'));
        });
      });
      client.close();
      return answer.equals(Buffer.from([8, 1])); // status: SERVING
    }

    it('says so to whoever checks it, and that it is back', async () => {
      const store = new HangingStore();
      daemon = await composeMaster(config(), { store, clock: fast });
      expect([await readiness(), await serving()]).toEqual([[200, undefined], true]);
      store.hangs = true;
      const command = daemon.loop.command('ana', { kind: 'role_set', dryRun: false, role: '/batch', change: {} });
      expect(await readiness()).toEqual([503, 'the store does not take commits']);
      expect(await serving()).toBe(false);
      expect(await command).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
      store.letGo();
      await until('it is ready again', async () => ((await readiness()) as unknown[])[0] === 200);
      expect(await serving()).toBe(true);
    });

    it('stops all the same: what it decided is lost, its ports are given back', async () => {
      const listen = { 'listen.grpc': `127.0.0.1:${await freePort()}`, 'listen.http': `127.0.0.1:${await freePort()}` };
      const store = new HangingStore();
      daemon = await composeMaster(config(listen), { store, clock: fast });
      store.hangs = true;
      void daemon.loop.command('ana', { kind: 'role_set', dryRun: false, role: '/batch', change: {} });
      await expect(daemon.close()).rejects.toThrow(/did not close within 10 s/);
      daemon = await composeMaster(config(listen));
      expect(daemon.loop.leading).toBe(true);
    });
  });
});
