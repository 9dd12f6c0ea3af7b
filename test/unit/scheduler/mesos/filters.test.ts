// Mesos' hierarchical_allocator_tests.cpp: offer filters, activation, and agents that come, go and change.
import { describe, expect, it } from '@jest/globals';
import { rescindFrameworkOffers, rescindHostOffers } from '../../../../scheduler/allocate/index.js';
import { freeResources } from '../../../../scheduler/allocate/index.js';
import { hostsEntry, slicesEntry, World } from '../allocate/world.js';
import { agent, given, greedy, wantsSlices } from './mesos.js';

describe('offer filters, as Mesos tests them', () => {
  it('OfferFilter', () => {
    const world = new World();
    greedy(world, 'f/1', '/');
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    const [offer] = world.pass();
    world.decline('f/1', [offer?.offerId ?? ''], 60_000);
    expect(given(world)).toEqual([]);
    // The filter is for that host alone.
    world.host({ name: 'agent2', resources: agent(2, 1024) });
    expect(given(world)).toEqual(['f/1 agent2 cpus=2 mem=1024']);
    world.advance(59_999);
    expect(given(world)).not.toContain('f/1 agent1 cpus=2 mem=1024');
    world.advance(1);
    expect(given(world)).toContain('f/1 agent1 cpus=2 mem=1024');
  });

  it('SmallOfferFilterTimeout', () => {
    const world = new World({ allocateBatchMs: 1_000 });
    greedy(world, 'f/1', '/');
    greedy(world, 'f/2', '/');
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    const [offer] = world.pass();
    // A filter shorter than the time to the next pass still lets the other one go first.
    world.decline('f/1', [offer?.offerId ?? ''], 1);
    expect(given(world)).toEqual(['f/2 agent1 cpus=2 mem=1024']);
  });

  it('FrameworkLoopMESOS_9554', () => {
    const world = new World();
    world.role('/quota', { guarantee: { hosts: 2 } });
    greedy(world, 'f/1', '/quota');
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    world.decline('f/1', [world.pass()[0]?.offerId ?? ''], 60_000);
    // The first in line is filtered: the second of the role gets it, and nobody waits behind who cannot be served.
    greedy(world, 'f/2', '/quota');
    expect(given(world)).toEqual(['f/2 agent1 cpus=2 mem=1024']);
  });
});

describe('frameworks that go and come, as Mesos tests them', () => {
  it('DeactivateAndReactivateFramework', () => {
    const world = new World();
    greedy(world, 'f/1', '/');
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    world.pass();
    world.connect('f/1', false);
    rescindFrameworkOffers(world.core, 'f/1', 'f/1 is away');
    expect(given(world)).toEqual([]);
    world.connect('f/1', true);
    world.demand('f/1', '/', [hostsEntry('d', 100)]);
    world.core.markAllDirty();
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);
  });

  it('SuppressAndReviveOffers', () => {
    const world = new World();
    greedy(world, 'f/1', '/');
    // Who states demand suppresses by wanting nothing, and revives by wanting something.
    world.demand('f/1', '/', []);
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    expect(given(world)).toEqual([]);
    world.demand('f/1', '/', [hostsEntry('d', 1)]);
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);
  });

  it('SuppressAndReviveOffersWithMultiRole', () => {
    const world = new World();
    world.framework('f/1', ['/a', '/b']);
    world.demand('f/1', '/a', [hostsEntry('d', 5)]);
    world.demand('f/1', '/b', [hostsEntry('d', 5)]);
    // /a 0, /b 0, by path; then it wants nothing more in /a, and all goes to /b.
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    expect(world.pass().map(({ role }) => role)).toEqual(['/a']);
    world.demand('f/1', '/a', []);
    world.hosts(2, 'later', { resources: agent(2, 1024) });
    expect(world.pass().map(({ role }) => role)).toEqual(['/b', '/b', '/b']);
  });

  it('Whitelist', () => {
    const world = new World();
    greedy(world, 'f/1', '/');
    const host = world.host({ name: 'agent1', resources: agent(2, 1024) });
    world.core.state.hosts.put({ ...host, cordoned: true });
    expect(given(world)).toEqual([]);
    world.core.state.hosts.put({ ...host, cordoned: false });
    world.core.markDirty('agent1');
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);
  });
});

describe('agents that come, go and change, as Mesos tests them', () => {
  it('RecoverResources', () => {
    const world = new World();
    wantsSlices(world, 'f/1', '/', agent(1, 512), 5);
    world.host({ name: 'agent1', mode: 'shared', resources: agent(2, 1024) });
    const offers = world.pass();
    expect(offers).toHaveLength(2);
    const [first] = offers;
    const spec = { name: 't', image: '', command: [], env: {}, killGraceMs: 0, labels: {} };
    world.accept('f/1', [first?.offerId ?? ''], {
      kind: 'launch',
      tasks: [{ ...spec, taskId: 't', resources: agent(1, 512) }],
    });
    expect(given(world)).toEqual([]);
    world.endTask('f/1/t');
    expect(given(world)).toEqual(['f/1 agent1 cpus=1 mem=512']);
  });

  it('RemoveSlaveRecoverResources', () => {
    const world = new World();
    greedy(world, 'f/1', '/');
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    world.pass();
    expect(world.total('/', 'hosts')).toBe(1);
    rescindHostOffers(world.core, 'agent1', 'agent1 is gone');
    world.core.state.hosts.delete('agent1');
    world.core.state.hostPresence.delete('agent1');
    // Nothing is charged for what is gone, and nothing is made of it.
    expect([world.total('/', 'hosts'), world.core.capacity.total]).toEqual([0, {}]);
    expect(given(world)).toEqual([]);
  });

  it('UpdateSlaveTotalResources', () => {
    const world = new World();
    wantsSlices(world, 'f/1', '/', agent(1, 0), 10);
    const host = world.host({ name: 'agent1', mode: 'shared', resources: agent(2, 0) });
    world.pass();
    expect(world.total('/', 'cpusMilli')).toBe(2_000);
    // It grows by two and only the two are offered; it shrinks below what is given out and nothing is.
    world.core.state.hosts.put({ ...host, resources: agent(4, 0) });
    world.core.markDirty('agent1');
    expect(given(world)).toEqual(['f/1 agent1 cpus=1 mem=0', 'f/1 agent1 cpus=1 mem=0']);
    world.core.state.hosts.put({ ...host, resources: agent(1, 0) });
    world.core.markDirty('agent1');
    expect(given(world)).toEqual([]);
    expect(freeResources(world.core, 'agent1').quantities).toEqual({});
  });

  it('TaskFinished: what a task leaves is offered together with what was free', () => {
    const world = new World();
    world.framework('f/1', ['/']);
    world.host({ name: 'agent1', mode: 'shared', resources: agent(3, 1024) });
    const spec = { name: 't', image: '', command: [], env: {}, killGraceMs: 0, labels: {} };
    world.runTask('agent1', 'f/1', '/', { ...spec, taskId: 't', resources: agent(2, 256) });
    world.demand('f/1', '/', [slicesEntry('d', 1, agent(3, 1024))]);
    expect(given(world)).toEqual([]);
    world.endTask('f/1/t');
    expect(given(world)).toEqual(['f/1 agent1 cpus=3 mem=1024']);
  });
});

describe('sizes of offers, as Mesos tests them', () => {
  it('Allocatable: what is smaller than the demand is not offered', () => {
    const world = new World();
    wantsSlices(world, 'f/1', '/', agent(0.5, 128), 10);
    world.host({ name: 'cpus', mode: 'shared', resources: agent(0.4, 1024) });
    world.host({ name: 'memory', mode: 'shared', resources: agent(2, 127) });
    expect(given(world)).toEqual([]);
    world.host({ name: 'both', mode: 'shared', resources: agent(0.5, 128) });
    expect(given(world)).toEqual(['f/1 both cpus=0.5 mem=128']);
  });

  it.each([
    ['CpusOnlyOfferedAndTaskLaunched', agent(2, 0)],
    ['MemoryOnlyOfferedAndTaskLaunched', agent(0, 200)],
  ])('%s', (_name, each) => {
    const world = new World();
    wantsSlices(world, 'f/1', '/', each, 1);
    world.host({ name: 'agent1', mode: 'shared', resources: agent(2, 200) });
    const [offer] = world.pass();
    expect(offer?.resources).toEqual(each);
    const spec = { taskId: 't', name: 't', image: '', command: [], env: {}, killGraceMs: 0, labels: {} };
    expect(
      world.accept('f/1', [offer?.offerId ?? ''], { kind: 'launch', tasks: [{ ...spec, resources: each }] }),
    ).toEqual({ ok: true, ids: ['t'] });
  });
});
