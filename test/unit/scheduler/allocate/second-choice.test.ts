// Whoever loses an offer without having made use of it lacks again what it asked for, and other hosts may have it: also those
// that were looked at before and lay idle because nobody lacked anything.
import { describe, expect, it } from '@jest/globals';
import { rescindHostOffers } from '../../../../scheduler/allocate/index.js';
import { cpus, hostsEntry, slicesEntry, targets, World } from './world.js';

describe('a demand that lost its offer', () => {
  for (const kind of ['hosts', 'slices'] as const) {
    const world = (): World => {
      const made = new World();
      made.framework('f/1', ['/a']);
      made.hosts(2, 'h', kind === 'hosts' ? {} : { mode: 'shared' });
      made.demand('f/1', '/a', [kind === 'hosts' ? hostsEntry('d', 1) : slicesEntry('d', 1, cpus(1, 1))]);
      expect(targets(made, made.pass())).toEqual(['f/1=h1']);
      return made;
    };

    it(`of ${kind} gets another one when it declines`, () => {
      const made = world();
      made.decline(
        'f/1',
        [...made.core.state.offers.values()].map(({ offerId }) => offerId),
      );
      expect(targets(made, made.pass())).toEqual(['f/1=h2']);
    });

    it(`of ${kind} gets another one when it lets the offer run out`, () => {
      const made = world();
      made.advance(30_000);
      expect(targets(made, made.pass())).toEqual(['f/1=h2']);
    });

    it(`of ${kind} gets another one when the offer is taken back`, () => {
      const made = world();
      const host = made.core.state.hosts.get('h1')!;
      made.core.state.hosts.put({ ...host, cordoned: true });
      rescindHostOffers(made.core, 'h1', 'h1 is cordoned');
      expect(targets(made, made.pass())).toEqual(['f/1=h2']);
    });
  }
});
