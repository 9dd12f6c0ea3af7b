/** The allocator's benchmark does what it says, in small: its own checks of offers and invariants run with it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { GRIDS } from '../bench/allocator/grid.js';
import { runCell, type Cell } from '../bench/allocator/workloads.js';
import { MASTER_NODE_FLAGS } from '../bench/node-flags.js';

const SMALL: Readonly<Record<string, Omit<Cell, 'workload'>>> = {
  W1: { hosts: 40, frameworks: 10, roles: 1 },
  W1saturated: { hosts: 40, frameworks: 5, roles: 1 },
  W2: { hosts: 40, frameworks: 20, roles: 1 },
  W3: { hosts: 20, frameworks: 20, roles: 10 },
  W3quota: { hosts: 20, frameworks: 20, roles: 10 },
  W4: { hosts: 30, frameworks: 30, roles: 30 },
  W5: { hosts: 40, frameworks: 10, roles: 1 },
  Dirty: { hosts: 40, frameworks: 10, roles: 1 },
};
/** What each makes in the phase that counts. */
const OFFERS: Readonly<Record<string, readonly [phase: string, offers: number]>> = {
  W1: ['allocate', 40],
  W1saturated: ['allocate', 0],
  W2: ['allocate', 40],
  W3: ['firstPass', 20],
  W3quota: ['firstPass', 20],
  W4: ['firstPass', 36],
  W5: ['updateAgents', 40],
  Dirty: ['dirty 10 %', 4],
};

describe('the benchmarks of masters', () => {
  it('start them as the unit file in docs/running.md does', () => {
    const unit = readFileSync(new URL('../../docs/running.md', import.meta.url), 'utf8');
    expect(unit).toContain(`\nEnvironment=NODE_OPTIONS=${MASTER_NODE_FLAGS.join(' ')}\n`);
  });
});

describe('the benchmark of the allocator', () => {
  it('has a small cell here for every workload whose size can be chosen', () => {
    expect(Object.keys(GRIDS).filter((name) => name !== 'MultiFramework')).toEqual(Object.keys(SMALL));
  });

  it.each(Object.entries(SMALL))('runs %s and counts what it makes', (workload, size) => {
    const results = runCell({ workload, ...size }, 1);
    const [phase, offers] = OFFERS[workload] ?? ['', -1];
    expect(results.find((result) => result.phase === phase)).toMatchObject({ offers });
    expect(
      results.filter(({ medianMs, minMs, p99Ms }) => !(minMs > 0 && minMs <= medianMs && medianMs <= p99Ms)),
    ).toEqual([]);
  });
});
