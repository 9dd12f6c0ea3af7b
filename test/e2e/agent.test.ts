// `mosaic agent` as people run it: on this machine, as a process of its own.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { until } from '../support/until.js';
import { ensureBuilt, FleetRig, hostsOf, type MosaicProcess } from './master-rig.js';

describe('mosaic agent', () => {
  let rig: FleetRig;
  let state: string;

  beforeAll(() => {
    ensureBuilt();
  });

  beforeEach(() => {
    rig = new FleetRig();
    state = join(rig.folder, 'state');
  });

  afterEach(async () => {
    await rig.close();
  });

  function agent(address: string, ...more: readonly string[]): MosaicProcess {
    return rig.mosaic('agent', '--master', address, '--state', state, '--name', 'this-machine', ...more);
  }

  it('joins this machine, keeps its id over kill -9, and ends cleanly at SIGTERM', async () => {
    const { address } = await rig.master(0);
    const operator = rig.operator(address);
    const first = agent(address, '--zone', 'z1', '--rack', 'r7', '--attribute', 'owner=research');
    await until('the machine is known', async () => (await hostsOf(operator))[0]?.connected === true);
    await until('it has reported', async () => Object.keys((await hostsOf(operator))[0]?.attributes ?? {}).length > 0);
    const [before] = await hostsOf(operator);
    expect(before).toMatchObject({ name: 'this-machine', mode: 'unclaimed' });
    expect(before?.attributes).toMatchObject({ owner: 'research' });
    expect(before?.faultDomain).toMatchObject({ zone: 'z1', rack: 'r7' });
    expect(before?.total.quantities['cpusMilli']).toBeGreaterThan(0);
    expect(statSync(join(state, 'checkpoint.json')).mode & 0o777).toBe(0o600);
    const kept = JSON.parse(readFileSync(join(state, 'checkpoint.json'), 'utf8')) as { secret: string };

    await first.end('SIGKILL');
    await until('the master knows', async () => (await hostsOf(operator))[0]?.connected === false);
    const second = agent(address);
    await until('the machine is back', async () => (await hostsOf(operator))[0]?.connected === true);
    const hosts = await hostsOf(operator);
    expect(hosts.map(({ hostId }) => hostId)).toEqual([before?.hostId]);
    expect(JSON.parse(readFileSync(join(state, 'checkpoint.json'), 'utf8'))).toMatchObject({ secret: kept.secret });
    expect(await second.end('SIGTERM')).toBe(0);
  });

  it('keeps trying an address where nobody answers, says so, and joins when somebody does', async () => {
    const port = await freePort();
    const lonely = agent(`127.0.0.1:${port}`);
    await lonely.said(/cannot join the master: no master answers at 127\.0\.0\.1:\d+/);
    expect(lonely.running).toBe(true);
    const { address } = await rig.master(port);
    const operator = rig.operator(address);
    await until('the machine is known', async () => (await hostsOf(operator))[0]?.connected === true);
    expect(lonely.running).toBe(true);
    expect(await lonely.end('SIGTERM')).toBe(0);
  });

  it('leaves when another process takes its state folder', async () => {
    const { address } = await rig.master(0);
    const operator = rig.operator(address);
    const first = agent(address);
    await until('the machine is known', async () => (await hostsOf(operator))[0]?.connected === true);
    const second = agent(address);
    expect(await first.ended).toBe(1);
    expect(first.output).toMatch(
      /another agent with this state folder \(.*\) has taken over; run one agent per machine/,
    );
    await until('the second holds the session', async () => (await hostsOf(operator))[0]?.connected === true);
    expect(await hostsOf(operator)).toHaveLength(1);
    expect(second.running).toBe(true);
  });

  it('does not start without its memory, or where it cannot keep one', async () => {
    mkdirSync(state);
    writeFileSync(join(state, 'checkpoint.json'), '{"version":1,"secret":');
    const damaged = agent('127.0.0.1:1');
    expect(await damaged.ended).toBe(1);
    expect(damaged.output).toMatch(
      /the agent's checkpoint cannot be read \(it is not JSON\); restore it, or move it away/,
    );

    writeFileSync(join(rig.folder, 'file'), '');
    state = join(rig.folder, 'file', 'state');
    const homeless = agent('127.0.0.1:1');
    expect(await homeless.ended).toBe(1);
    expect(homeless.output).toMatch(/cannot be (read|written) .*--state/);
    for (const { output } of [damaged, homeless]) expect(output).not.toMatch(/\n\s+at /);
  });

  it('refuses an address that is none', async () => {
    const wrong = agent('not an address');
    expect(await wrong.ended).toBe(2);
    expect(wrong.output).toMatch(/HOST:PORT/);
  });
});
