import { describe, expect, it } from '@jest/globals';
import { openClaimReasons } from '../../../../scheduler/explain/why/open-claims.js';
import { cpus, World, task } from '../allocate/world.js';

const A = 'spark/a';

function fleet(): World {
  const world = new World({ openOfferShareMaxMilli: 1000 });
  world.framework(A, ['/a'], false);
  world.hosts(1, 'h', { mode: 'shared' });
  return world;
}

function told(world: World): readonly string[] {
  return openClaimReasons(world.core, A).reasons.map(({ code, text }) => `${code}: ${text}`);
}

describe('why a framework has no open offers, or no more', () => {
  it('says nothing of who takes none', () => {
    expect(told(fleet())).toEqual([]);
  });

  it('names the limit that leaves no room, and where it is seen', () => {
    const world = fleet();
    world.role('/a', { limit: { cpusMilli: 4_000 } });
    world.runTask('h1', A, '/a', task('t', cpus(4, 16)));
    world.openOffers(A, '/a');
    world.pass();
    expect(told(world)).toEqual([
      'ROLE_LIMIT: open offers in /a: role /a is at its limit cpusMilli=4000 (4000 in use)',
    ]);
    expect(openClaimReasons(world.core, A).changes).toEqual(['mosaic quota show /a']);
  });

  it('names what lending limits keep for others, and where it is seen', () => {
    const world = fleet();
    world.role('/b', { guarantee: { cpusMilli: 16_000 }, lendingLimit: { cpusMilli: 0 } });
    world.openOffers(A, '/a');
    expect(world.pass()).toEqual([]);
    expect(told(world)).toEqual([
      'FAIR_SHARE: open offers in /a: what is free is kept for roles that do not lend all of their guarantee',
    ]);
    expect(openClaimReasons(world.core, A).changes).toEqual(['mosaic quota show /']);
  });

  it('counts what is open, what was declined, and says that nothing is left', () => {
    const world = fleet();
    world.openOffers(A, '/a');
    const [offer] = world.pass();
    expect(told(world)).toEqual(['OFFERED: open offers in /a: 1 offer open; more come as it answers']);
    world.decline(A, [offer!.offerId], 60_000);
    expect(told(world)).toEqual([
      'NO_MATCH: open offers in /a: it declined 1 host; they come again when its filters end',
    ]);
    world.runTask('h1', 'other/x', '/', task('t', cpus(16, 64)));
    world.openOffers(A, '/a');
    world.pass();
    expect(told(world)).toEqual([
      'NO_CAPACITY: open offers in /a: no shared host has as much left as it takes, for 0s',
    ]);
  });
});
