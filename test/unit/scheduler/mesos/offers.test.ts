// Mesos' master_tests.cpp, as far as they are about which offers may be accepted together.
import { describe, expect, it } from '@jest/globals';
import { cpus, slicesEntry, task, World } from '../allocate/world.js';

/** Two shared hosts; one framework with a slice of each in /a and one of the first in /b. */
function start() {
  const world = new World();
  world.framework('f/1', ['/a', '/b']);
  world.hosts(2, 'agent', { mode: 'shared', resources: cpus(2) });
  world.demand('f/1', '/a', [
    slicesEntry('d', 2, cpus(1), { placement: [{ kind: 'distinct_hosts', domain: 'rack' }] }),
  ]);
  world.demand('f/1', '/b', [slicesEntry('d', 1, cpus(1))]);
  world.pass();
  const offer = (role: string, hostId: string): string =>
    [...world.core.state.offers.values()].find((each) => each.role === role && each.hostId === hostId)?.offerId ?? '';
  const launch = (...offerIds: readonly string[]) =>
    world.accept('f/1', offerIds, { kind: 'launch', tasks: [task('t', cpus(1))] });
  return { world, offer, launch };
}

describe('offers accepted together, as Mesos tests them', () => {
  it('LaunchAcrossSlaves is refused, and both offers stay open', () => {
    const { world, offer, launch } = start();
    expect(launch(offer('/a', 'agent1'), offer('/a', 'agent2'))).toMatchObject({
      ok: false,
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('the offers are of several hosts: name one task for each') as unknown,
    });
    expect(world.core.state.offers.size).toBe(3);
  });

  it('LaunchDifferentRole is refused', () => {
    const { offer, launch } = start();
    expect(launch(offer('/a', 'agent1'), offer('/b', 'agent1'))).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
  });

  it('LaunchDuplicateOffer is refused', () => {
    const { offer, launch } = start();
    const once = offer('/a', 'agent1');
    expect(launch(once, once)).toMatchObject({ ok: false, message: 'accept.offerIds names an offer twice' });
  });

  it('OfferNotRescindedOnceUsed: what was accepted or declined is not withdrawn later', () => {
    const { world, offer, launch } = start();
    const used = offer('/a', 'agent1');
    const declined = offer('/a', 'agent2');
    expect(launch(used)).toMatchObject({ ok: true });
    world.decline('f/1', [declined], 1);
    world.advance(120_000);
    const rescinded = world.sent('rescind').flatMap(({ event }) => event.offerIds);
    expect(rescinded).not.toContain(used);
    expect(rescinded).not.toContain(declined);
  });
});
