import { describe, expect, it, jest } from '@jest/globals';
import { freeResources } from '../../../../scheduler/allocate/index.js';
import { cpus, slicesEntry, STANDARD_HOST, task, World } from './world.js';

function oneFramework(): World {
  const world = new World();
  world.framework('batch/one', ['/batch']);
  return world;
}

describe('slices of shared hosts', () => {
  it('are cut to what is asked for, count of them, several on one host in one pass', () => {
    const world = oneFramework();
    world.hosts(2, 'h', { mode: 'shared' });
    world.demand('batch/one', '/batch', [slicesEntry('d', 5, cpus(4, 8))]);
    const offers = world.pass();
    expect(offers.map(({ hostName }) => hostName)).toEqual(['h1', 'h1', 'h1', 'h1', 'h2']);
    for (const offer of offers) expect(offer.resources).toEqual(cpus(4, 8));
    expect(freeResources(world.core, 'h1').quantities).toEqual({ memoryBytes: 32 * 2 ** 30 });
  });

  it('give as many of the free ports as the demand counts, and none to who asks for none', () => {
    const world = oneFramework();
    world.host({ name: 'h1', mode: 'shared' });
    const threePorts = { ...cpus(1), ports: [{ first: 1, last: 3 }] };
    world.demand('batch/one', '/batch', [slicesEntry('with', 2, threePorts), slicesEntry('without', 1, cpus(1))]);
    const ports = new Map(
      world.pass().map(({ demandId, offerId, resources }) => [`${demandId} ${offerId}`, resources.ports]),
    );
    expect([...ports.values()].sort((a, b) => (a[0]?.first ?? 0) - (b[0]?.first ?? 0))).toEqual([
      [],
      [{ first: 31_000, last: 31_002 }],
      [{ first: 31_003, last: 31_005 }],
    ]);
  });

  it('leave hosts with GPUs to those who ask for GPUs, while others do', () => {
    const world = oneFramework();
    world.host({ name: 'a-gpu', mode: 'shared', resources: { quantities: { cpusMilli: 2_000, gpus: 2 }, ports: [] } });
    world.host({ name: 'b', mode: 'shared', resources: cpus(16) });
    world.demand('batch/one', '/batch', [
      slicesEntry('plain', 2, cpus(1)),
      slicesEntry('gpu', 2, { quantities: { cpusMilli: 1_000, gpus: 1 }, ports: [] }),
    ]);
    const placed = world.pass().map(({ demandId, hostName }) => `${demandId}=${hostName}`);
    expect(placed.sort()).toEqual(['gpu=a-gpu', 'gpu=a-gpu', 'plain=b', 'plain=b']);
  });

  it('pack onto the fullest host that has room', () => {
    const world = oneFramework();
    world.hosts(2, 'h', { mode: 'shared' });
    world.runTask('h2', 'batch/one', '/batch', task('t0', cpus(10)));
    world.demand('batch/one', '/batch', [slicesEntry('d', 2, cpus(4))]);
    expect(world.pass().map(({ hostName }) => hostName)).toEqual(['h2', 'h1']);
  });

  it.each([
    ['spread', ['h2', 'h3']],
    ['pack', ['h1', 'h1']],
  ] as const)('%s over racks, counting tasks and offers', (kind, expected) => {
    const world = oneFramework();
    world.host({ name: 'h1', mode: 'shared', rack: 'r1' });
    world.host({ name: 'h2', mode: 'shared', rack: 'r2' });
    world.host({ name: 'h3', mode: 'shared', rack: 'r3' });
    world.runTask('h1', 'batch/one', '/batch', task('t0', cpus(1)));
    world.demand('batch/one', '/batch', [slicesEntry('d', 2, cpus(1), { placement: [{ kind, domain: 'rack' }] })]);
    expect(world.pass().map(({ hostName }) => hostName)).toEqual(expected);
  });

  it('on distinct hosts are one per host, tasks that run there included', () => {
    const world = oneFramework();
    world.hosts(3, 'h', { mode: 'shared' });
    world.runTask('h1', 'batch/one', '/batch', task('t0', cpus(1)));
    const placement = [{ kind: 'distinct_hosts', domain: 'rack' }] as const;
    world.demand('batch/one', '/batch', [slicesEntry('d', 3, cpus(1), { placement })]);
    expect(world.pass().map(({ hostName }) => hostName)).toEqual(['h2', 'h3']);
    expect(world.lastStatus('batch/one', 'd')).toMatchObject({ offered: 2, pending: 1, unmetReason: 'NO_MATCH' });
  });

  it.each(['spread', 'distinct_hosts'] as const)(
    'that %s look through what their framework has once in a pass, however many entries ask',
    (kind) => {
      const world = new World();
      world.framework('batch/one', ['/batch']);
      world.hosts(4, 'h', { mode: 'shared' });
      for (let number = 0; number < 20; number += 1)
        world.runTask('h1', 'batch/one', '/batch', task(`t${number}`, { quantities: { cpusMilli: 1 }, ports: [] }));
      const placement = [{ kind, domain: 'rack' }] as const;
      const entries = Array.from({ length: 30 }, (_, index) => slicesEntry(`d${index}`, 1, cpus(1), { placement }));
      world.demand('batch/one', '/batch', entries);
      const asked = jest.spyOn(world.core.state.tasksByFramework, 'get');
      expect(world.pass()).toHaveLength(kind === 'spread' ? 30 : 3);
      expect(asked.mock.calls.length).toBeLessThanOrEqual(1);
    },
  );

  it('on distinct hosts keep apart from what another entry of the framework got in the same pass', () => {
    const world = oneFramework();
    world.host({ name: 'h1', mode: 'shared', resources: cpus(2) });
    world.host({ name: 'h2', mode: 'shared', resources: cpus(4) });
    const placement = [{ kind: 'distinct_hosts', domain: 'rack' }] as const;
    world.demand('batch/one', '/batch', [
      slicesEntry('apart', 2, cpus(2), { placement, ageMs: 1 }),
      slicesEntry('other', 1, cpus(2)),
    ]);
    const offers = world.pass();
    expect(offers.map(({ demandId, hostName }) => `${demandId}=${hostName}`)).toEqual(['apart=h1', 'other=h2']);
    expect(world.lastStatus('batch/one', 'apart')).toMatchObject({ offered: 1, pending: 1, unmetReason: 'NO_MATCH' });
  });

  it('subtract what was launched since the demand was stated, until it is stated anew', () => {
    const world = oneFramework();
    world.hosts(1, 'h', { mode: 'shared' });
    world.demand('batch/one', '/batch', [slicesEntry('d', 2, cpus(1))]);
    const [first, second] = world.pass();
    expect(world.accept('batch/one', [first!.offerId], { kind: 'launch', tasks: [task('t1', cpus(1))] })).toEqual({
      ok: true,
      ids: ['t1'],
    });
    world.advance(1_000);
    expect(world.pass()).toEqual([]);
    expect(world.lastStatus('batch/one', 'd')).toMatchObject({ granted: 1, offered: 1, pending: 0 });
    world.accept('batch/one', [second!.offerId], { kind: 'launch', tasks: [task('t2', cpus(1))] });
    world.demand('batch/one', '/batch', [slicesEntry('d', 1, cpus(1))]);
    expect(world.pass()).toHaveLength(1);
  });

  it('come all at once over several hosts, or not at all', () => {
    const world = oneFramework();
    world.hosts(2, 'h', { mode: 'shared', resources: cpus(4) });
    world.runTask('h1', 'batch/one', '/batch', task('t0', cpus(2)));
    world.demand('batch/one', '/batch', [slicesEntry('gang', 4, cpus(2), { allOrNothing: true })]);
    expect(world.pass()).toEqual([]);
    expect(world.lastStatus('batch/one', 'gang')?.unmetReason).toBe('GROUP_INCOMPLETE');
    world.endTask('batch/one/t0');
    const offers = world.pass();
    expect(offers.map(({ hostName }) => hostName)).toEqual(['h1', 'h1', 'h2', 'h2']);
    expect(new Set(offers.map(({ groupId }) => groupId)).size).toBe(1);
  });

  it('never pass a limit of the role or an ancestor', () => {
    const world = oneFramework();
    world.framework('batch/two', ['/batch/two']);
    world.role('/batch', { limit: { cpusMilli: 3_000 } });
    world.hosts(1, 'h', { mode: 'shared' });
    world.demand('batch/two', '/batch/two', [slicesEntry('d', 9, cpus(1))]);
    expect(world.pass()).toHaveLength(3);
    expect(world.lastStatus('batch/two', 'd')?.message).toContain('role /batch is at its limit cpusMilli=3000');
  });

  it('keep free what a lending limit keeps for an idle role', () => {
    const world = oneFramework();
    world.role('/kept', { guarantee: { cpusMilli: 10_000 }, lendingLimit: { cpusMilli: 2_000 } });
    world.hosts(1, 'h', { mode: 'shared' });
    world.demand('batch/one', '/batch', [slicesEntry('d', 16, cpus(1))]);
    // 16 CPUs, 8 of them kept.
    expect(world.pass()).toHaveLength(8);
  });

  it('are not offered on a host that has less than is used on it, nor counted below zero', () => {
    const world = oneFramework();
    const host = world.host({ name: 'h1', mode: 'shared' });
    world.runTask('h1', 'batch/one', '/batch', task('t0', STANDARD_HOST));
    world.core.state.hosts.put({ ...host, resources: cpus(1) });
    expect(freeResources(world.core, 'h1')).toEqual({ quantities: {}, ports: [] });
  });

  it('say that no shared host is large enough, whatever ends', () => {
    const world = oneFramework();
    world.hosts(2, 'h', { mode: 'shared' });
    world.demand('batch/one', '/batch', [slicesEntry('d', 1, cpus(99))]);
    world.pass();
    expect(world.lastStatus('batch/one', 'd')).toMatchObject({
      unmetReason: 'NO_MATCH',
      message: 'no shared host matches and is large enough',
    });
  });
});
