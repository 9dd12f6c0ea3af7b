// Lists and the overview: what people and scripts read about a small data center.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HostView, Query } from '../../../../scheduler/index.js';
import {
  CoreHarness,
  hostsWanted,
  resources,
  slicesWanted,
  type AgentPeer,
  type FrameworkPeer,
} from '../../../support/core-harness.js';

const wet = { dryRun: false } as const;
const FIRST = { limit: 0, pageToken: '' };

let harness: CoreHarness;
let agents: readonly AgentPeer[];
let ovirt: FrameworkPeer;

function hosts(filter: Partial<Extract<Query, { kind: 'hosts' }>>): readonly HostView[] {
  return harness.query({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page: FIRST, ...filter }).hosts;
}

function names(filter: Partial<Extract<Query, { kind: 'hosts' }>>): readonly string[] {
  return hosts(filter).map((host) => host.name);
}

/** node1 and node2 with ovirt/prod, node3 free, node4 shared, node10 unclaimed. */
beforeEach(() => {
  harness = new CoreHarness({ planner: 'off' });
  agents = ['node10', 'node1', 'node2', 'node3', 'node4'].map((name, index) =>
    harness.agent(name, { resources: resources(4, 8), faultDomain: { region: 'r', zone: 'z', rack: `k${index % 2}` } }),
  );
  ovirt = harness.framework('ovirt/prod');
  ovirt.observes(agents.slice(1, 3));
  harness.settle();
  harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
  harness.must({ ...wet, kind: 'host_admit', host: 'node3' });
  harness.must({ ...wet, kind: 'host_admit', host: 'node4' });
  harness.must({ ...wet, kind: 'host_share', host: 'node4', shared: true });
  harness.advance(1_000);
});

describe('the list of hosts', () => {
  it('is in natural order', () => {
    expect(names({})).toEqual(['node1', 'node2', 'node3', 'node4', 'node10']);
  });

  it.each<[Partial<Extract<Query, { kind: 'hosts' }>>, readonly string[]]>([
    [{ owner: 'ovirt/prod' }, ['node1', 'node2']],
    [{ owner: 'ovirt' }, ['node1', 'node2']],
    [{ owner: 'free' }, ['node3']],
    [{ owner: 'shared' }, ['node4']],
    [{ state: 'unclaimed' }, ['node10']],
    [{ state: 'leased', rack: 'k1' }, ['node1']],
    [{ name: 'node1*' }, ['node1', 'node10']],
    [{ name: 'node?', state: 'free' }, ['node3']],
    [{ state: 'lost' }, []],
  ])('with %j has %j', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });

  it('goes on page by page', () => {
    const first = harness.query({
      kind: 'hosts',
      owner: '',
      state: '',
      rack: '',
      name: '',
      page: { limit: 3, pageToken: '' },
    });
    expect([first.hosts.length, first.total, first.nextPageToken]).toEqual([3, 5, 'node3']);
    expect(names({ page: { limit: 3, pageToken: first.nextPageToken } })).toEqual(['node4', 'node10']);
  });

  it.each<[Query, RegExp]>([
    [
      { kind: 'hosts', owner: '', state: 'busy', rack: '', name: '', page: FIRST },
      /^state is "busy"; it must be one of unclaimed, free, leased, shared, quarantined, moving, away, lost, cordoned, draining, drained, dirty$/,
    ],
    [
      { kind: 'hosts', owner: 'nobody', state: '', rack: '', name: '', page: FIRST },
      /^owner is "nobody"; it must be a framework id, a workload, `free` or `shared`/,
    ],
    [
      { kind: 'offers', page: { limit: 5_000, pageToken: '' } },
      /^limit is 5000; it must be a whole number from 1 to 1000/,
    ],
  ])('refuses %j in a sentence', (query, message) => {
    const result = harness.master.query(query);
    expect(result.kind).toBe('invalid');
    expect(result.kind === 'invalid' && result.message).toMatch(message);
  });

  it('tells of one host what is free on it, who holds it and since when', () => {
    const { host } = harness.query({ kind: 'host', host: 'node1' });
    expect(host).toMatchObject({
      mode: 'leased',
      owner: 'ovirt/prod',
      role: '/',
      leaseOrigin: 'adopted',
      phase: 'serving',
    });
    expect(host.servingSinceMs).toBeGreaterThan(0);
    expect(host.free.quantities['cpusMilli'] ?? 0).toBe(0);
    expect(harness.query({ kind: 'host', host: 'node3' }).host.free).toEqual(resources(4, 8));
  });

  it('says what is near when a host does not exist', () => {
    const result = harness.master.query({ kind: 'host', host: 'node5' });
    expect(result).toEqual({
      kind: 'not_found',
      message: expect.stringMatching(/^there is no host "node5"; did you mean node1 or/),
    });
  });
});

describe('the overview', () => {
  it('counts every host once', () => {
    const { overview } = harness.query({ kind: 'overview' });
    expect(overview.hostsByMode).toEqual({ unclaimed: 1, free: 1, leased: 2, shared: 1, quarantined: 0 });
    expect(overview.owners.reduce((sum, owner) => sum + owner.hosts, 0)).toBe(overview.hostsTotal);
    expect(overview.owners.map((owner) => [owner.owner, owner.hosts, owner.why])).toEqual([
      ['ovirt/prod', 2, 'has stated no demand'],
      ['shared', 1, 'cut into slices for tasks'],
      ['', 2, '1 free, 1 unclaimed'],
    ]);
  });

  it('says of an owner what it lacks and why', () => {
    ovirt.wants([hostsWanted('vms', 9)]);
    harness.advance(1_000);
    const [owner] = harness.query({ kind: 'overview' }).overview.owners;
    expect(owner).toMatchObject({ owner: 'ovirt/prod', hosts: 3, serving: 3, wanted: 9 });
    expect(owner?.reason).not.toBe('NONE');
    expect(harness.query({ kind: 'overview' }).overview.unmet).toEqual([
      expect.objectContaining({
        frameworkId: 'ovirt/prod',
        demandId: 'vms',
        want: 'hosts of shape standard',
        count: 9,
      }),
    ]);
  });

  it('says of an owner that is away that it keeps what it holds', () => {
    ovirt.disconnect();
    const [owner] = harness.query({ kind: 'overview' }).overview.owners;
    expect(owner).toMatchObject({ hosts: 2, connected: false, reason: 'DISCONNECTED' });
  });

  it('shows what moves, from the first moment to the last', () => {
    const spare = harness.framework('kubernetes/east');
    ovirt.steps.set('drain', 'silent');
    harness.must({
      ...wet,
      kind: 'move',
      host: 'node1',
      to: 'kubernetes/east',
      role: '',
      hard: false,
      reason: 'short',
    });
    const { overview } = harness.query({ kind: 'overview' });
    expect(overview.moving).toEqual([
      expect.objectContaining({
        hostName: 'node1',
        from: 'ovirt/prod',
        to: 'kubernetes/east',
        step: 'drain',
        word: 'working',
      }),
    ]);
    expect(overview.owners.find((owner) => owner.owner === 'ovirt/prod')).toMatchObject({ movingOut: 1, movingIn: 0 });
    expect(overview.owners.find((owner) => owner.owner === 'kubernetes/east')).toMatchObject({
      movingOut: 0,
      movingIn: 1,
    });
    expect(hosts({ state: 'moving' }).map((host) => host.transition?.step)).toEqual(['drain']);
    ovirt.answer(ovirt.lastRequest('drain'), { state: 'done' });
    harness.settle();
    expect(spare.connected).toBe(true);
    expect(harness.query({ kind: 'overview' }).overview).toMatchObject({ moving: [] });
    expect(hosts({ owner: 'kubernetes/east' }).map((host) => host.name)).toEqual(['node1']);
  });
});

describe('other lists', () => {
  it('show offers and tasks by host', () => {
    const jobs = harness.framework('jobs/small', ['/'], false);
    jobs.wants([slicesWanted('work', 2, { quantities: { cpusMilli: 1_000, memoryBytes: 1 }, ports: [] })]);
    harness.advance(100);
    const { offers, total } = harness.query({ kind: 'offers', page: FIRST });
    expect([offers.length, total]).toEqual([2, 2]);
    expect(offers[0]).toMatchObject({
      hostName: 'node4',
      frameworkId: 'jobs/small',
      wholeHost: false,
      demandId: 'work',
    });
    const spec = {
      name: 'a',
      resources: { quantities: { cpusMilli: 1_000 }, ports: [] },
      image: 'i',
      command: [],
      env: {},
      killGraceMs: 0,
      labels: {},
    };
    jobs.say({
      kind: 'accept',
      commandId: 'c1',
      offerIds: offers.map((offer) => offer.offerId),
      action: {
        kind: 'launch',
        tasks: [
          { ...spec, taskId: 'a10' },
          { ...spec, taskId: 'a9' },
        ],
      },
    });
    const { tasks } = harness.query({ kind: 'tasks', frameworkId: 'jobs/small', page: FIRST });
    expect(tasks.map((task) => [task.taskId, task.hostName, task.state])).toEqual([
      ['a9', 'node4', 'running'],
      ['a10', 'node4', 'running'],
    ]);
    expect(harness.master.query({ kind: 'tasks', frameworkId: 'jobs/smal', page: FIRST })).toMatchObject({
      kind: 'not_found',
    });
    expect(harness.query({ kind: 'overview' }).overview.tasksRunning).toBe(2);
  });

  it('show roles with what they use, ask for and are owed', () => {
    ovirt.wants([hostsWanted('vms', 5)]);
    harness.advance(1_000);
    const [root] = harness.query({ kind: 'roles' }).roles;
    expect(root).toMatchObject({ path: '/', frameworks: ['ovirt/prod'] });
    expect(root?.used['hosts']).toBe(3);
    expect(root?.demanded).toEqual({ hosts: 5, 'hosts/standard': 5 });
    expect(root?.entitled['hosts']).toBeGreaterThanOrEqual(3);
  });

  it('show frameworks by workload, and say when there is no such workload', () => {
    expect(harness.query({ kind: 'frameworks', workload: 'ovirt' }).frameworks).toEqual([
      expect.objectContaining({ frameworkId: 'ovirt/prod', hosts: 2, connected: true, observed: true }),
    ]);
    expect(harness.master.query({ kind: 'frameworks', workload: 'ovrt' })).toEqual({
      kind: 'not_found',
      message: 'there is no workload "ovrt"; did you mean ovirt? see: mosaic framework list',
    });
  });

  it('show nothing wrong in the audit', () => {
    expect(harness.query({ kind: 'audit' }).violations).toEqual([]);
  });
});

it('reading changes nothing', () => {
  ovirt.wants([hostsWanted('vms', 9)]);
  const before = [JSON.stringify(harness.master.dump()), harness.master.nextWakeMs()];
  harness.takeEffects();
  for (const kind of ['overview', 'roles', 'demands', 'plan', 'conditions', 'freezes', 'audit'] as const)
    harness.query({ kind });
  for (const thing of ['node1', 'ovirt/prod', '/', 'ovirt/prod/vms', 'workload:ovirt']) harness.why(thing);
  hosts({});
  expect([JSON.stringify(harness.master.dump()), harness.master.nextWakeMs()]).toEqual(before);
  expect(harness.step({ kind: 'tick' })).toEqual([]);
});
