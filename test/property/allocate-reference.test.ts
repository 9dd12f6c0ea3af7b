// The allocator against a slow, obvious one (`test/support/reference/`): on random clusters every role gets the same
// amounts of every shape and dimension, and every entry the same count.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { referenceAllocation } from '../support/reference/allocator.js';
import type { ReferenceCluster } from '../support/reference/cluster.js';
import { randomCluster } from '../support/reference/random-cluster.js';
import { wholeHostCharge } from '../../scheduler/quota/index.js';
import type { Quantities } from '../../scheduler/resources/index.js';
import { worldOf } from '../support/reference/world-of.js';

const CLUSTERS = 300;

interface Given {
  readonly role: string;
  readonly frameworkId: string;
  readonly demandId: string;
  readonly whole: boolean;
  readonly quantities: Quantities;
}

/** What was given, summed up: by role and dimension (shapes are dimensions), and by entry. */
function sums(given: readonly Given[]): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  const add = (key: string, amount: number): void => {
    if (amount !== 0) found[key] = (found[key] ?? 0) + amount;
  };
  for (const { role, frameworkId, demandId, whole, quantities } of given) {
    add(`${frameworkId} ${role} ${demandId}`, 1);
    for (const [dimension, amount] of Object.entries(quantities))
      add(`${role} ${whole ? 'hosts' : 'slices'} ${dimension}`, amount);
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function allocated(cluster: ReferenceCluster): Readonly<Record<string, number>> {
  const world = worldOf(cluster);
  world.pass();
  return sums(
    [...world.core.state.offers.values()].map((offer) => {
      const host = world.core.state.hosts.get(offer.hostId)!;
      const { wholeHost: whole, resources } = offer;
      return { ...offer, whole, quantities: whole ? wholeHostCharge(host) : resources.quantities };
    }),
  );
}

describe('the allocator', () => {
  it('gives every role the amounts that the reference allocator gives it', () => {
    let given = 0;
    fc.assert(
      fc.property(randomCluster, (cluster) => {
        const expected = sums(referenceAllocation(cluster));
        given += Object.keys(expected).length;
        expect(allocated(cluster)).toEqual(expected);
      }),
      { numRuns: CLUSTERS },
    );
    // Clusters in which nothing can be given would prove nothing.
    expect(given).toBeGreaterThan(CLUSTERS * 5);
  });
});
