import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BenchRig } from './bench-rig.js';

let rig: BenchRig;

beforeEach(() => {
  rig = new BenchRig('restart', ['--expose-gc']);
});

afterEach(() => {
  rig.close();
});

describe('bench:restart', () => {
  it('takes every agent back, says what that cost, and leaves nothing behind', () => {
    const { status, stdout, stderr } = rig.run('--hosts', '40', '--frameworks', '3', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const figures = JSON.parse(stdout) as Record<string, number>;
    // Three frameworks, forty hosts and their sessions, two tasks on each host, and the rest.
    expect(figures).toMatchObject({ bench: 'restart', hosts: 40, frameworks: 3 });
    expect(figures['records']).toBeGreaterThan(3 * 500 + 4 * 40);
    for (const measured of ['readCpuMs', 'restoreCpuMs', 'reconnectCpuMs', 'startedMb', 'rssMb'])
      expect({ measured, value: figures[measured] }).toEqual({ measured, value: expect.any(Number) });
    expect(figures['rssMb']).toBeGreaterThan(10);
    expect(rig.leftBehind()).toEqual([]);
  });

  it('refuses bad flags with a sentence, the usage and exit code 2', () => {
    const { status, stdout, stderr } = rig.run('--hosts', 'many');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--hosts is "many"; it must be a whole number from 1 to 50000\nusage: ');
  });
});
