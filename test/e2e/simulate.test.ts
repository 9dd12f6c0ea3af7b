// `mosaic simulate` as people run it: the same seed gives the same report, byte for byte, and wrong input is told at once.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/scenario/index.js';
import { projectRoot } from '../support/planted-tree.js';
import { ensureBuilt } from './master-rig.js';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('mosaic simulate', () => {
  let folder: string;

  beforeAll(() => {
    ensureBuilt();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-simulate-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function simulate(...args: readonly string[]): Promise<Ran> {
    const program = join(projectRoot, 'dist/src/cli/main.js');
    return new Promise((resolve) => {
      execFile(process.execPath, [program, 'simulate', ...args], { cwd: folder }, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
      });
    });
  }

  it('gives the same report for the same seed, byte for byte, and another one for another seed', async () => {
    const small = ['--hosts', '12', '--hours', '4', '-o', 'json'];
    const runs = await Promise.all([
      simulate(...small, '--seed', '3', '--report', 'r.json'),
      simulate(...small, '--seed', '3'),
      simulate(...small, '--seed', '4'),
    ]);
    expect(runs.map(({ code, err }) => ({ code, err }))).toEqual(runs.map(() => ({ code: 0, err: '' })));
    const [first, again, other] = runs.map(({ out }) => out);
    expect(again).toBe(first);
    expect(readFileSync(join(folder, 'r.json'), 'utf8')).toBe(first);
    expect(other).not.toBe(first);
    const report = JSON.parse(String(first)) as Report;
    expect(report).toMatchObject({ seed: 3, hosts: 12, hours: 4, floored: 0, gapClosed: null });
    expect(Object.keys(report.policies)).toEqual(['static', 'equalSplit', 'greedy', 'dynamic']);
    expect(Object.keys(report.policies.dynamic)).toEqual([
      ...['demandCoreHours', 'servedCoreHours', 'servedRatio', 'meanWaitSeconds', 'moves', 'movesPerHostDay'],
      ...['meanMoveSeconds', 'utilization'],
    ]);
  });

  it('plays a scenario file, with its fleet, quotas, synthetic demand and faults', async () => {
    writeFileSync(
      join(folder, 's.yaml'),
      `
fleet:
  shapes:
    - { name: big, count: 4, cpus: 64 }
    - { name: small, count: 6, cpus: 16 }
roles:
  - { path: /day, guarantee: { hosts/big: 1 } }
  - { path: /night, guarantee: { hosts: 20% }, limit: { hosts: 8 }, weight: 2 }
workloads:
  - { name: ovirt, framework: day, role: /day, demand: { synthetic: { shape: sine, peakHour: 3 }, share: 0.4 } }
  - { name: hadoop, framework: night, role: /night, profile: instant, demand: { trace: fb2010, share: 0.3 } }
policies:
  dynamic: { maxMovesPerHour: 20 }
hours: 6
faults:
  - { at: 1h, kind: kill_host, target: node03, for: 1h }
  - { at: 2h, kind: kill_master }
  - { at: 3h, kind: pause_manager, target: ovirt, for: 20m }
`,
    );
    const { code, out, err } = await simulate('s.yaml', '--seed', '1', '-o', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ seed: 1, hosts: 10, hours: 6 });
  });

  it('says what is wrong before it runs anything', async () => {
    writeFileSync(join(folder, 's.yaml'), 'hosts: many\n');
    expect(await simulate('s.yaml')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('s.yaml:1') });
    expect(await simulate('nowhere.yaml')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^mosaic: there is no scenario file \S+nowhere\.yaml; name a scenario file/),
    });
    expect(await simulate('--report', 'no/such/r.json')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/--report is \S+no\/such\/r\.json; its folder does not exist or cannot be written to/),
    });
    expect(await simulate('--hosts', '2')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--hosts') });
  });
});
