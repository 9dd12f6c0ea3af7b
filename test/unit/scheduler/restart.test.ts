// What a new master makes of what the old one stored: nothing that was known before may be judged anew by chance.
import { describe, expect, it } from '@jest/globals';
import type { SchedulerOptions, TaskSpec } from '../../../scheduler/index.js';
import {
  CoreHarness,
  hostsWanted,
  resources,
  slicesWanted,
  type AgentPeer,
  type FrameworkPeer,
} from '../../support/core-harness.js';

const wet = { dryRun: false } as const;
const SLICE = resources(1, 1).quantities;

interface SharedHost {
  readonly harness: CoreHarness;
  readonly node: AgentPeer;
  readonly jobs: FrameworkPeer;
}

function sharedHost(options: Partial<SchedulerOptions> = {}): SharedHost {
  const harness = new CoreHarness({ planner: 'off', ...options });
  const node = harness.agent('node1');
  harness.must({ ...wet, kind: 'host_admit', host: 'node1' });
  harness.must({ ...wet, kind: 'host_share', host: 'node1', shared: true });
  node.sendReport({ profile: 'shared' });
  const jobs = harness.framework('hadoop/night');
  jobs.acknowledges = false;
  return { harness, node, jobs };
}

function spec(taskId: string): TaskSpec {
  return {
    taskId,
    name: taskId,
    resources: { quantities: SLICE, ports: [] },
    image: 'busybox',
    command: [],
    env: {},
    killGraceMs: 0,
    labels: {},
  };
}

/** Launches one task in each offer that is open. */
function launch({ harness, jobs }: SharedHost, taskIds: readonly string[]): void {
  jobs.wants([slicesWanted('jobs', taskIds.length, { quantities: SLICE, ports: [] })]);
  harness.advance(10);
  const { offers } = harness.query({ kind: 'offers', page: { limit: 1_000, pageToken: '' } });
  for (const [at, taskId] of taskIds.entries())
    jobs.say({
      kind: 'accept',
      commandId: `launch-${taskId}`,
      offerIds: [offers[at]?.offerId ?? ''],
      action: { kind: 'launch', tasks: [spec(taskId)] },
    });
  harness.advance(10);
}

describe('a new master', () => {
  it('knows that a host has less than what runs on it, before its agent reports', () => {
    const world = sharedHost();
    const { harness, node, jobs } = world;
    launch(world, ['t1', 't2', 't3']);
    node.sendReport({ resources: { quantities: { cpusMilli: 2_000, memoryBytes: 2 ** 40 }, ports: [] } });
    harness.assertSound();
    harness.restart();
    harness.assertSound();
    jobs.connect();
    jobs.say({ kind: 'kill_task', commandId: 'k1', taskId: 't1', graceMs: 0 });
    expect(jobs.received.findLast((message) => message.kind === 'result')).toMatchObject({ outcome: { ok: true } });
  });

  it('forgets the oldest outcome of a session first, not the one whose command id sorts first', () => {
    const { harness, jobs } = sharedHost();
    const ask = (commandId: string): string => {
      jobs.say({ kind: 'kill_task', commandId, taskId: commandId, graceMs: 0 });
      const answer = jobs.received.findLast((message) => message.kind === 'result');
      return answer?.kind === 'result' && !answer.outcome.ok ? answer.outcome.message : '';
    };
    for (let at = 0; at < 999; at += 1) ask(`z${String(at).padStart(4, '0')}`);
    harness.advance(1_000);
    const newest = 'a-newest';
    ask(newest);
    harness.restart();
    jobs.connect();
    ask('one-more');
    jobs.say({ kind: 'kill_task', commandId: newest, taskId: 'another', graceMs: 0 });
    // Known still: used for something else it is refused, as it was before the restart.
    expect(jobs.received.findLast((message) => message.kind === 'result')).toMatchObject({
      outcome: { code: 'ALREADY_EXISTS' },
    });
  });

  it('forgets the task first that ended first', () => {
    const world = sharedHost();
    const { harness, node, jobs } = world;
    launch(world, ['z-old', 'a-new']);
    node.setTask('hadoop/night/z-old', 'finished');
    harness.advance(1_000);
    node.setTask('hadoop/night/a-new', 'finished');
    harness.advance(1_000);
    harness.restart();
    jobs.connect();
    const { tasks } = harness.query({ kind: 'tasks', frameworkId: 'hadoop/night', page: { limit: 0, pageToken: '' } });
    expect(tasks).toHaveLength(2);
    const resync = jobs.received.findLast((message) => message.kind === 'resync');
    expect(resync?.kind === 'resync' ? resync.tasks.map((task) => task.taskId) : []).toEqual(['z-old', 'a-new']);
  });

  it('has spent what the old one has spent of the moves of an hour', () => {
    const harness = new CoreHarness({ movesPerHourMax: 1, hysteresisRounds: 1, minHoldMs: 0, recoveryHostsMilli: 0 });
    for (const role of ['/a', '/b']) harness.must({ ...wet, kind: 'role_set', role, change: {} });
    const agents = ['node1', 'node2', 'node3', 'node4'].map((name, at) =>
      harness.agent(name, { faultDomain: { region: 'r', zone: 'z', rack: `k${at}` } }),
    );
    const ovirt = harness.framework('ovirt/prod', ['/a']);
    const kube = harness.framework('kubernetes/east', ['/b']);
    ovirt.observes(agents);
    kube.observes([]);
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    const hosts = (): number => harness.query({ kind: 'frameworks', workload: 'kubernetes' }).frameworks[0]?.hosts ?? 0;
    ovirt.wants([hostsWanted('vms', 4)]);
    kube.wants([hostsWanted('pods', 2)]);
    harness.advance(600_000);
    expect(hosts()).toBe(1);
    harness.restart();
    for (const agent of agents) agent.connect();
    ovirt.connect();
    kube.connect();
    ovirt.observes(agents);
    kube.observes([]);
    harness.advance(600_000);
    expect(hosts()).toBe(1);
    harness.advance(3_600_000);
    expect(hosts()).toBe(2);
  });

  it('does not fail over a move that was planned in the very moment in which the old one died', () => {
    const harness = new CoreHarness({ hysteresisRounds: 1, recoveryHostsMilli: 0 });
    harness.must({ ...wet, kind: 'role_set', role: '/a', change: {} });
    harness.must({ ...wet, kind: 'role_set', role: '/b', change: {} });
    const agents = ['node1', 'node2'].map((name) => harness.agent(name));
    const ovirt = harness.framework('ovirt/prod', ['/a']);
    const kube = harness.framework('kubernetes/east', ['/b']);
    ovirt.observes(agents);
    kube.observes([]);
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    ovirt.steps.set('forecast', 'silent');
    ovirt.wants([hostsWanted('vms', 1)]);
    kube.wants([hostsWanted('pods', 1)]);
    // The command has the planner run now: /a wants one of the two that it is guaranteed, so one may go.
    harness.must({ ...wet, kind: 'role_set', role: '/a', change: { guarantee: { hosts: 2 } } });
    expect(ovirt.unanswered).toHaveLength(1);
    // What /a wants is not known to the new master, whose clock goes on where the old one stopped.
    harness.restart();
    harness.assertSound();
  });

  it('does not have a host wiped before its agent has said what is on it', () => {
    const { harness, node } = sharedHost();
    node.steps.set('wipe', 'silent');
    harness.must({ ...wet, kind: 'host_share', host: 'node1', shared: false });
    expect(node.lastRequest('wipe').workload).toBe('shared');
    harness.restart();
    node.connect();
    harness.advance(200_000);
    expect(node.unanswered.length).toBeGreaterThan(1);
    for (const request of node.unanswered) expect(request.workload).toBe('shared');
  });
});
