import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/scenario/index.js';
import { DemoProcess } from '../support/demo-process.js';
import { freePort } from '../support/free-port.js';

/** A line of how things stand: scenario time is running. */
const STANDING = /^\d\d:\d\d {2}.* wanted/;
/** Minutes of real time on a busy machine; nothing here asserts how long something takes. */
const PATIENCE_MS = 600_000;

describe('mosaic demo without a terminal', () => {
  let demo: DemoProcess;

  afterEach(() => {
    demo.remove();
  });

  it(
    'runs to its end, moves hosts, and compares every policy',
    async () => {
      demo = new DemoProcess(['--hosts', '24', '--hours', '6', '--speed', '600']);
      expect(await demo.ended).toEqual({ code: 0, signal: null });
      expect(demo.errors).toBe('');
      const report = JSON.parse(readFileSync(demo.report, 'utf8')) as Report;
      expect(report).toMatchObject({ seed: 7, hosts: 24, hours: 6 });
      expect(Object.keys(report.policies)).toEqual(['static', 'equalSplit', 'greedy', 'dynamic']);
      expect(report.policies.dynamic.moves).toBeGreaterThan(0);
      expect(report.policies.dynamic.servedRatio).toBeGreaterThan(0.8);
      expect(report.policies.static.demandCoreHours).toBe(report.policies.dynamic.demandCoreHours);
      expect(demo.lines[0]).toBe('mosaic demo: 24 hosts, 6 h at 600 times life, seed 7');
      expect(demo.text).toMatch(/gRPC 127\.0\.0\.1:\d+.*; try .*mosaic \| .*mosaic why .* \| .*mosaic quota set /);
      expect(demo.lines.filter((line) => STANDING.test(line)).length).toBeGreaterThan(3);
      expect(demo.text).toContain('Mosaic (dynamic)');
      expect(demo.text).toContain(
        'Checked at the end: 24 leases on 24 hosts, each in exactly one manager; every move has ended.',
      );
      expect(demo.leftovers()).toEqual([]);
      expect(demo.children().size).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'keeps every lease and ends every move when each process is killed ten times, alone and all at once',
    async () => {
      // Ports that nobody else is given while the master is down; and hours for three times the half minute of the kills.
      const ports = ['--grpc-port', String(await freePort()), '--http-port', String(await freePort())];
      demo = new DemoProcess([...ports, '--hosts', '24', '--hours', '24', '--speed', '600']);
      expect(await demo.line(STANDING)).not.toBeNull();
      const victims = ['master', 'agents', 'ovirt/prod', 'kubernetes/east', 'hadoop/night'];
      // Whatever moves are under way then: nothing waits for a good moment.
      for (let round = 0; round < 5; round += 1) for (const victim of victims) await demo.killed([victim]);
      for (let round = 0; round < 5; round += 1) await demo.killed(victims);
      expect(await demo.ended).toEqual({ code: 0, signal: null });
      expect(demo.errors).toBe('');
      expect(demo.text).toContain(
        'restarted: master 10x, agents 10x, ovirt/prod 10x, kubernetes/east 10x, hadoop/night 10x',
      );
      expect(demo.text).toContain(
        'Checked at the end: 24 leases on 24 hosts, each in exactly one manager; every move has ended.',
      );
      const report = JSON.parse(readFileSync(demo.report, 'utf8')) as Report;
      expect(report.policies.dynamic.moves).toBeGreaterThan(0);
      expect(demo.leftovers()).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'gives a role more hosts while it runs once its quota says so',
    async () => {
      demo = new DemoProcess(['--hosts', '24', '--hours', '24', '--speed', '400']);
      // Its weight gives it less than it wants, and from then on its trace never asks for fewer than 11.
      let before = await hadoop(demo);
      while (before.wanted < 20 || before.hosts > 8) before = await hadoop(demo);
      // Whether a budget of moves is spent at that very moment, say, is chance: then that is told, and the hosts follow later.
      const [was, happens] = (await demo.mosaic('quota', 'set', '/research/hadoop', '--guarantee', 'hosts=13')).split(
        '\n',
      );
      expect(was).toBe('guarantee is hosts=13 (was hosts=2)');
      expect(happens).toMatch(
        /^(the planner moves|nothing is taken: (MOVE_BUDGET|COOL_DOWN|HYSTERESIS|OFFERED): \/research\/hadoop lacks) \d+ /,
      );
      let { hosts } = await hadoop(demo);
      while (hosts < 11) ({ hosts } = await hadoop(demo));
      demo.process.kill('SIGINT');
      expect(await demo.ended).toEqual({ code: 130, signal: null });
      expect(demo.errors).toBe('');
    },
    PATIENCE_MS,
  );

  it(
    'stops on Ctrl-C and reports what was run',
    async () => {
      demo = new DemoProcess(['--hosts', '12', '--hours', '24']);
      await demo.line(STANDING);
      await demo.line(STANDING);
      expect(readFileSync(demo.profile, 'utf8')).toContain('mosaic demo');
      demo.process.kill('SIGINT');
      expect(await demo.ended).toEqual({ code: 130, signal: null });
      const report = JSON.parse(readFileSync(demo.report, 'utf8')) as Report;
      expect(report.hours).toBeGreaterThan(0);
      expect(report.hours).toBeLessThan(24);
      expect(demo.text).toContain(`Stopped early: the report covers the ${report.hours} of 24 h that were run.`);
      expect(demo.leftovers()).toEqual([]);
      expect(demo.children().size).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'leaves nothing behind when it is killed',
    async () => {
      demo = new DemoProcess(['--hosts', '12', '--hours', '24']);
      await demo.line(STANDING);
      demo.process.kill('SIGKILL');
      expect(await demo.ended).toEqual({ code: null, signal: 'SIGKILL' });
      // Its children notice, and the last of them tidies up.
      await demo.cleared();
      expect(demo.leftovers()).toEqual([]);
      expect(demo.hasReport()).toBe(false);
    },
    PATIENCE_MS,
  );

  it('says what is wrong before it starts anything', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    demo = new DemoProcess(['--grpc-port', String(port)]);
    expect(await demo.ended).toEqual({ code: 2, signal: null });
    await new Promise((resolve) => server.close(resolve));
    expect(demo.errors).toContain(`--grpc-port is ${port}, and 127.0.0.1:${port} cannot be used`);
    expect(demo.lines).toEqual([]);
    expect(demo.leftovers()).toEqual([]);
  });

  it('refuses a report that cannot be written, and a scenario that cannot be read', async () => {
    demo = new DemoProcess(['--report', '/no/such/folder/r.json']);
    expect(await demo.ended).toEqual({ code: 2, signal: null });
    expect(demo.errors).toContain('--report is /no/such/folder/r.json; its folder does not exist');
    demo.remove();
    demo = new DemoProcess(['--report', tmpdir()]);
    expect(await demo.ended).toEqual({ code: 2, signal: null });
    expect(demo.errors).toContain(`--report is ${tmpdir()}, which is a folder`);
    demo.remove();
    demo = new DemoProcess(['--scenario', '/no/such/scenario.yaml']);
    expect(await demo.ended).toEqual({ code: 2, signal: null });
    expect(demo.errors).toContain('there is no scenario file /no/such/scenario.yaml; name a scenario file (YAML)');
  });
});

/** What the next line of how things stand says of hadoop/night. Throws when the demo ends before. */
async function hadoop(demo: DemoProcess): Promise<{ readonly hosts: number; readonly wanted: number }> {
  const line = await demo.line(STANDING);
  const [, hosts, wanted] = /hadoop\/night (\d+)(?: \(\d+ serving\))? of (\d+) wanted/.exec(line ?? '') ?? [];
  if (wanted === undefined) throw new Error(`hadoop/night does not stand in: ${String(line)}`);
  return { hosts: Number(hosts), wanted: Number(wanted) };
}
