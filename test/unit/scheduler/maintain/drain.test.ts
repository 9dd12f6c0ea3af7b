/** Drains: what becomes of a host that is taken out of use, wherever it stands, and how it comes back. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HostView, OperatorCommand } from '../../../../scheduler/index.js';
import {
  CoreHarness,
  hostsWanted,
  resources,
  slicesWanted,
  type AgentPeer,
  type FrameworkPeer,
} from '../../../support/core-harness.js';

const wet = { dryRun: false } as const;
const dry = { dryRun: true } as const;
const MINUTE = 60_000;

let harness: CoreHarness;
let node1: AgentPeer;
let node2: AgentPeer;
let east: FrameworkPeer;
let ovirt: FrameworkPeer;

beforeEach(() => {
  harness = new CoreHarness({ planner: 'off' });
  node1 = harness.agent('node1');
  node2 = harness.agent('node2');
  ovirt = harness.framework('ovirt/prod');
  east = harness.framework('kubernetes/east');
  ovirt.observes([node1]);
  harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
  harness.must({ ...wet, kind: 'host_admit', host: 'node2' });
});

function drain(host: string, change: Partial<Extract<OperatorCommand, { kind: 'host_drain' }>> = {}): OperatorCommand {
  return { ...wet, kind: 'host_drain', host, reason: 'new disk', hard: false, ...change };
}

function host(name: string): HostView {
  return harness.query({ kind: 'host', host: name }).host;
}

function told(framework: FrameworkPeer): readonly string[] {
  return framework.received.flatMap((message) =>
    message.kind === 'host_unavailable' ? [`${message.hostName} ${message.state}`] : [],
  );
}

describe('a drain', () => {
  it('moves a leased host out; it ends free, clean, cordoned and offered to nobody', () => {
    harness.must(drain('node1'));
    harness.advance(1_000);
    expect(host('node1')).toMatchObject({ mode: 'free', clean: true, cordoned: true, drain: { phase: 'drained' } });
    ovirt.wants([hostsWanted('vms', 2)]);
    harness.advance(10_000);
    expect(host('node1')).toMatchObject({ mode: 'free', offers: 0 });
    expect(host('node2')).toMatchObject({ owner: 'ovirt/prod' });
    expect(told(ovirt)).toEqual(['node1 draining']);
    harness.assertSound();
  });

  it('changes nothing in a dry run, and says what stands in the way', () => {
    harness.command({ ...wet, kind: 'freeze', scope: 'ovirt', reason: 'a release' });
    const before = JSON.stringify(harness.master.dump());
    const reply = harness.command(drain('node1', dry));
    expect(reply).toMatchObject({
      ok: true,
      changes: [
        'node1 gets no new grants (ana: new disk)',
        'ovirt/prod is asked to leave it within 30m; then it is wiped, verified clean, and stays free and cordoned',
      ],
      remarks: ['it cannot be left yet: ana froze ovirt (a release); mosaic unfreeze --workload ovirt ends it'],
    });
    expect(JSON.stringify(harness.master.dump())).toBe(before);
  });

  it('waits for what holds it up, says so, and goes on by itself', () => {
    harness.must({ ...wet, kind: 'freeze', scope: 'ovirt', reason: 'a release' });
    harness.must(drain('node1'));
    harness.advance(MINUTE);
    expect(host('node1')).toMatchObject({
      mode: 'leased',
      drain: { phase: 'draining', left: 'the lease of ovirt/prod' },
    });
    expect(harness.why('node1').reasons.map(({ code }) => code)).toContain('FROZEN');
    harness.must({ ...wet, kind: 'unfreeze', scope: 'ovirt' });
    harness.advance(10_000);
    expect(host('node1').drain?.phase).toBe('drained');
    harness.assertSound();
  });

  it('keeps to the budgets of moves', () => {
    harness = new CoreHarness({ planner: 'off', movesInFlightPerRackMax: 2 });
    const agents = ['a1', 'a2', 'a3', 'a4'].map((name) => harness.agent(name));
    ovirt = harness.framework('ovirt/prod');
    ovirt.observes(agents);
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    ovirt.steps.set('drain', 'silent');
    for (const { name } of agents) harness.must(drain(name));
    harness.advance(10_000);
    const moving = agents.filter(({ name }) => host(name).transition !== null);
    expect(moving.map(({ name }) => name)).toEqual(['a1', 'a2']);
    expect(host('a3').drain?.waitsFor).toBe(
      'MOVE_BUDGET: 2 moves are in flight in rack r1/z1/k1; movesInFlightPerRackMax is 2',
    );
    for (const { name } of agents) expect(host(name).cordoned).toBe(true);
    for (let round = 0; round < 2; round += 1) {
      for (const request of ovirt.unanswered.splice(0)) ovirt.answer(request, { state: 'done' });
      harness.advance(10_000);
    }
    expect(agents.map(({ name }) => host(name).drain?.phase)).toEqual(['drained', 'drained', 'drained', 'drained']);
  });

  it('has a host that is on its way to somebody else end in the free pool', () => {
    ovirt.steps.set('drain', 'silent');
    harness.must({ ...wet, kind: 'move', host: 'node1', to: 'kubernetes/east', role: '', hard: false, reason: '' });
    harness.must(drain('node1'));
    const [request] = ovirt.unanswered;
    ovirt.answer(request!, { state: 'done' });
    harness.advance(1_000);
    expect(host('node1')).toMatchObject({ mode: 'free', cordoned: true, drain: { phase: 'drained' } });
    expect(harness.query({ kind: 'frameworks', workload: 'kubernetes' }).frameworks[0]?.hosts).toBe(0);
    harness.assertSound();
  });

  it('takes back a host that has just landed', () => {
    east.steps.set('join', 'silent');
    east.wants([hostsWanted('pods', 1)]);
    harness.advance(1_000);
    expect(host('node2').transition?.step).toBe('join');
    harness.must(drain('node2'));
    east.answer(east.lastRequest('join'), { state: 'failed', message: 'told to stop' });
    harness.advance(1_000);
    expect(host('node2')).toMatchObject({ mode: 'free', cordoned: true, drain: { phase: 'drained' } });
    harness.assertSound();
  });

  it('lets tasks run out, and kills them at the deadline with the shorter grace once it is hard', () => {
    const jobs = harness.framework('shared/jobs', ['/'], false);
    harness.must({ ...wet, kind: 'host_share', host: 'node2', shared: true });
    harness.advance(1_000);
    jobs.wants([slicesWanted('work', 1, resources(1, 1))]);
    harness.advance(1_000);
    const offers = jobs.received.find((message) => message.kind === 'offers');
    const offerIds = offers?.kind === 'offers' ? offers.offers.map(({ offerId }) => offerId) : [];
    const task = {
      taskId: 'a',
      name: 'a',
      resources: { quantities: { cpusMilli: 1_000 }, ports: [] },
      image: 'x',
      command: [],
      env: {},
      killGraceMs: 20_000,
      labels: {},
    };
    jobs.say({ kind: 'accept', commandId: 'c1', offerIds, action: { kind: 'launch', tasks: [task] } });
    node2.tasksPlay = 'silent';
    harness.must(drain('node2', { hard: true, deadlineMs: 5 * MINUTE, graceMs: 30_000 }));
    harness.advance(5 * MINUTE - 1_000);
    expect(node2.received.filter((message) => message.kind === 'kill')).toEqual([]);
    harness.advance(2_000);
    expect(node2.received.filter((message) => message.kind === 'kill')).toMatchObject([{ graceMs: 20_000 }]);
    expect(host('node2').drain).toMatchObject({ phase: 'draining', left: '1 task' });
    expect(told(jobs)).toEqual(['node2 draining']);
    // It keeps its cordon over a restart, and a framework without memory is told again.
    harness.restart();
    for (const name of ['node1', 'node2', 'shared/jobs']) harness.peer(name).connect();
    expect(told(jobs)).toEqual(['node2 draining', 'node2 draining']);
    node2.setTask('shared/jobs/a', 'killed');
    harness.settle();
    expect(host('node2')).toMatchObject({ mode: 'shared', cordoned: true, drain: { phase: 'drained' } });
    harness.assertSound();
  });

  it('is refused where nothing of ours is on the host, and with spans that cannot be', () => {
    harness.agent('node3');
    const refusals = [
      drain('node3'),
      drain('node1', { deadlineMs: -1 }),
      drain('node1', { graceMs: 1.5 }),
      drain('node1', { reason: 'two\nlines' }),
    ].map((command) => harness.command(command));
    expect(refusals).toMatchObject([
      { ok: false, code: 'FAILED_PRECONDITION', message: expect.stringContaining('node3 is unclaimed') },
      { ok: false, message: 'deadlineMs is -1; it must be a whole number of ms from 0 to 2592000000 (30 days)' },
      { ok: false, message: 'graceMs is 1.5; it must be a whole number of ms from 0 to 2592000000 (30 days)' },
      { ok: false, message: expect.stringContaining('control character') },
    ]);
  });
});

describe('the end of a drain', () => {
  it('leaves a cordon that was there before, and one that was made meanwhile', () => {
    harness.must({ ...wet, kind: 'host_cordon', host: 'node2', reason: 'mine' });
    harness.must(drain('node2'));
    harness.must({ ...wet, kind: 'host_drain_cancel', host: 'node2' });
    expect(host('node2')).toMatchObject({ cordoned: true, cordonReason: 'ana: mine', drain: null });
    harness.must(drain('node1'));
    harness.must({ ...wet, kind: 'host_cordon', host: 'node1', reason: 'mine' });
    harness.must({ ...wet, kind: 'host_drain_cancel', host: 'node1' });
    expect(host('node1')).toMatchObject({ cordoned: true, drain: null });
    harness.assertSound();
  });

  it('brings back a host whose manager still drains, and says when that is too late', () => {
    ovirt.steps.set('drain', 'silent');
    harness.must(drain('node1'));
    expect(harness.command({ ...dry, kind: 'host_drain_cancel', host: 'node1' })).toMatchObject({
      changes: ['node1 may get grants again', 'node1 goes back to ovirt/prod'],
    });
    harness.must({ ...wet, kind: 'host_uncordon', host: 'node1' });
    ovirt.answer(ovirt.lastRequest('drain'), { state: 'failed', message: 'told to stop' });
    harness.advance(1_000);
    expect(host('node1')).toMatchObject({ owner: 'ovirt/prod', phase: 'serving', cordoned: false });

    ovirt.steps.set('drain', 'done');
    node1.steps.set('wipe', 'silent');
    harness.advance(harness.options.coolDownMs);
    harness.must(drain('node1'));
    const reply = harness.command({ ...wet, kind: 'host_drain_cancel', host: 'node1' });
    expect(reply).toMatchObject({ ok: true, remarks: [expect.stringContaining('it is past turning back')] });
    node1.answer(node1.lastRequest('wipe'), { state: 'done' });
    harness.advance(1_000);
    expect(host('node1')).toMatchObject({ mode: 'free', cordoned: false });
    harness.assertSound();
  });

  it('comes with the record: who forgets the host forgets its drain', () => {
    harness.must(drain('node2'));
    node2.disconnect();
    harness.must({ ...wet, kind: 'host_quarantine', host: 'node2', reason: 'gone' });
    harness.must({ ...wet, kind: 'host_forget', host: 'node2' });
    harness.assertSound();
    expect([...harness.stored.keys()].filter((key) => key.startsWith('drain/'))).toEqual([]);
  });
});
