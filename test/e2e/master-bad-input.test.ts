// What goes wrong around a master: each has a sentence that says what to do, and costs nobody else anything.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { Client, credentials, status, type StatusObject } from '@grpc/grpc-js';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClassicLevel } from 'classic-level';
import { until } from '../support/until.js';
import { ensureBuilt, FleetRig, hostsOf, machine, masterArgs, mustDo } from './master-rig.js';

describe('a master', () => {
  let rig: FleetRig;
  let blocker: Server | null;

  beforeAll(() => {
    ensureBuilt();
  });

  beforeEach(() => {
    rig = new FleetRig();
    blocker = null;
  });

  afterEach(async () => {
    blocker?.close();
    await rig.close();
  });

  /** Runs a master that must not start; answers what it said. */
  async function refused(...args: readonly string[]): Promise<string> {
    const master = rig.mosaic(...args, '--log-level', 'info');
    expect(await master.ended).toBe(1);
    expect(master.output).not.toMatch(/\n\s+at /);
    expect(master.output).not.toContain('master leads');
    // Nobody could connect to what was never a master.
    expect(master.output).not.toContain('gRPC listens');
    return master.output;
  }

  /** A port that another program listens on. */
  async function busyPort(): Promise<number> {
    const server = createServer();
    blocker = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  /** A store with something in it, not in use. */
  async function filledStore(): Promise<void> {
    const { master, address } = await rig.master(0);
    const operator = rig.operator(address);
    for (let n = 0; n < 20; n++)
      await mustDo(operator, { kind: 'role_set', dryRun: false, role: `/r${n}`, change: { weight: n + 1 } });
    expect(await master.end('SIGTERM')).toBe(0);
  }

  it('says which port is busy', async () => {
    const port = await busyPort();
    const said = await refused(...masterArgs(rig.data, port));
    expect(said).toContain(`port ${port} on 127.0.0.1 is in use by another program; stop it, or choose another port`);
  });

  it('serves nobody when its HTTP port is busy', async () => {
    const port = await busyPort();
    const said = await refused(...masterArgs(rig.data, 0), '--http-port', String(port));
    expect(said).toContain(`127.0.0.1:${port} is in use by another program: stop that one, or choose another`);
    expect(existsSync(rig.data)).toBe(false);
  });

  it('leads without a profile that cannot be written, and says how to name it', async () => {
    const { master, address } = await rig.master(0, '--profile', '/proc/mosaic/profile.json');
    await master.said(
      /warning: the profile \/proc\/mosaic\/profile\.json cannot be written .*; name this master with --server/,
    );
    await mustDo(rig.operator(address), { kind: 'role_set', dryRun: false, role: '/batch', change: {} });
    expect(await master.end('SIGTERM')).toBe(0);
  });

  it('does not touch the data folder of another master', async () => {
    const { address } = await rig.master(0);
    const said = await refused(...masterArgs(rig.data, 0));
    expect(said).toMatch(/the data folder \S+ is in use by another master; stop it, or give this one its own --data/);
    const operator = rig.operator(address);
    await mustDo(operator, { kind: 'role_set', dryRun: false, role: '/still-here', change: {} });
  });

  it('does not lead with a damaged store', async () => {
    await filledStore();
    const log = readdirSync(rig.data).find(
      (name) => name.endsWith('.log') && statSync(join(rig.data, name)).size > 500,
    );
    const path = join(rig.data, String(log));
    const bytes = readFileSync(path);
    // Within a record: the length of one, made larger than what follows, would look like the end of a crash.
    const at = bytes.indexOf('/r10');
    expect(at).toBeGreaterThan(0);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    writeFileSync(path, bytes);
    const said = await refused(...masterArgs(rig.data, 0));
    expect(said).toMatch(
      /is damaged .*; restore it from a backup, or start with an empty one and adopt the fleet again/,
    );
    // Looked at once more it still says so: nothing was thrown away.
    expect(await refused(...masterArgs(rig.data, 0))).toContain('is damaged');
  });

  it('does not lead with the store of another version', async () => {
    await filledStore();
    const db = new ClassicLevel(rig.data);
    await db.put('format', '99');
    await db.close();
    const said = await refused(...masterArgs(rig.data, 0));
    expect(said).toMatch(
      /was written in store format 99, this version reads format \d+; run the version that wrote it/,
    );
  });

  it('says which data folder it cannot use', async () => {
    writeFileSync(join(rig.folder, 'file'), '');
    const said = await refused(...masterArgs(join(rig.folder, 'file', 'data'), 0));
    expect(said).toContain(`the data folder ${join(rig.folder, 'file', 'data')} cannot be opened`);
    expect(said).toMatch(/name another with --data/);
    // Nothing can be made there, although it is a folder.
    expect(await refused(...masterArgs('/proc/mosaic/data', 0))).toContain('/proc/mosaic/data cannot be opened');
  });

  it('ends cleanly at SIGTERM and SIGINT, and tells its peers to come back', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { master, address } = await rig.master(0);
      const { agent } = await rig.agent(address, machine(1));
      await until('the agent is connected', () => agent.connected);
      await mustDo(rig.operator(address), { kind: 'role_set', dryRun: false, role: '/batch', change: {} });
      const framework = rig.framework(address, 'one', '/batch');
      await until('the framework is connected', () => framework.client.connected);
      expect(await master.end(signal)).toBe(0);
      await until('the agent knows', () => !agent.connected);
      await until('the framework knows', () => framework.disconnects.length > 0);
      expect(framework.disconnects[0]).toContain('going away');
      await agent.close();
      await framework.client.close();
    }
  });

  it('answers peers that talk nonsense, and serves the others on', async () => {
    const { address } = await rig.master(0);
    const operator = rig.operator(address);
    const { agent } = await rig.agent(address, machine(1));
    await until('the agent is connected', () => agent.connected);
    const client = new Client(address, credentials.createInsecure(), { 'grpc.max_send_message_length': -1 });
    const same = (bytes: Buffer): Buffer => bytes;
    const say = async (method: string, bytes: Buffer): Promise<StatusObject> => {
      const call = client.makeBidiStreamRequest(method, same, same);
      call.on('error', () => undefined);
      call.on('data', () => undefined);
      call.write(bytes);
      return new Promise((resolve) => call.on('status', resolve));
    };
    for (const service of ['FrameworkService', 'AgentService']) {
      const path = `/mosaic.v1.${service}/Connect`;
      for (const bytes of [Buffer.from('nonsense'), Buffer.alloc(1_000, 0xff), Buffer.alloc(0)]) {
        const ended = await say(path, bytes);
        expect([status.INVALID_ARGUMENT, status.ABORTED]).toContain(ended.code);
        expect(ended.details).not.toBe('');
      }
      const oversized = await say(path, Buffer.alloc(5 * 1024 * 1024, 1));
      expect(oversized.code).toBe(status.RESOURCE_EXHAUSTED);
    }
    client.close();
    expect(agent.connected).toBe(true);
    await mustDo(operator, { kind: 'role_set', dryRun: false, role: '/after', change: {} });
    expect((await hostsOf(operator)).map(({ name, connected }) => [name, connected])).toEqual([['node1', true]]);
    const overview = await operator.get({ kind: 'overview' });
    expect(overview.overview.term).toBe(1);
  });

  it('sets the second of two machines with one uuid aside, and grants nothing new to the first', async () => {
    const { address } = await rig.master(0);
    const operator = rig.operator(address);
    const first = machine(1);
    const twin = machine(2, { identity: { ...machine(2).identity, uuid: first.identity.uuid } });
    const { agent } = await rig.agent(address, first);
    await until('the first is known', async () => agent.connected && (await hostsOf(operator)).length === 1);
    const { agent: second } = await rig.agent(address, twin);
    await until('the second is known', async () => second.connected && (await hostsOf(operator)).length === 2);
    const hosts = await hostsOf(operator);
    expect(hosts.map(({ name, mode, cordoned }) => ({ name, mode, cordoned }))).toEqual([
      { name: 'node1', mode: 'unclaimed', cordoned: true },
      { name: 'node2', mode: 'quarantined', cordoned: false },
    ]);
    const { conditions } = await operator.get({ kind: 'conditions' });
    const twins = conditions.filter(({ kind }) => kind === 'DUPLICATE_IDENTITY');
    expect(twins.map(({ subject }) => subject).sort()).toEqual(['node1', 'node2']);
    for (const { message, remedy } of twins) {
      expect(message).toContain(first.identity.uuid);
      expect(remedy).toMatch(/^mosaic host /);
    }
    expect(agent.connected && second.connected).toBe(true);
  });
});
