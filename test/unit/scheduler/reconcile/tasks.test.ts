import { describe, expect, it } from '@jest/globals';
import type { Core } from '../../../../scheduler/core.js';
import { gauges } from '../../../../scheduler/gauges.js';
import {
  ackTask,
  ENDED_TASKS_KEPT,
  killTask,
  launchTasks,
  liveTasksOf,
  onAgentReport,
  onTaskStatus,
  peerConnected,
  reconcileTasks,
} from '../../../../scheduler/reconcile/index.js';
import {
  condition,
  connectFramework,
  hostOf,
  joinAgent,
  makeCore,
  report,
  restart,
  sent,
  setMode,
  spec,
  status,
  taskOf,
} from './support.js';

const FW = 'batch/b';

function shared(): { readonly core: Core; readonly hostId: string } {
  const core = makeCore();
  const hostId = joinAgent(core, 1);
  connectFramework(core, FW);
  setMode(core, hostId, 'shared');
  return { core, hostId };
}

function launch(core: Core, hostId: string, ...ids: readonly string[]): void {
  launchTasks(
    core,
    FW,
    '/prod',
    hostId,
    ids.map((id) => spec(id)),
  );
}

const key = (id: string): string => `${FW}/${id}`;

describe('launching', () => {
  it('numbers the commands of a host, durable, and names tasks to the agent by framework and id', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a', 'b');
    expect(hostOf(core, hostId).commandSeq).toBe(2);
    expect(taskOf(core, key('b'))).toMatchObject({ state: 'staging', launchSeq: 2, role: '/prod', hostId });
    expect(sent(core).toAgents).toEqual([
      { kind: 'launch', commandSeq: 1, frameworkId: FW, task: { ...spec('a'), taskId: key('a') } },
      { kind: 'launch', commandSeq: 2, frameworkId: FW, task: { ...spec('b'), taskId: key('b') } },
    ]);
    expect(core.dirtyHosts.has(hostId)).toBe(true);
    expect(gauges(core).tasksByState).toMatchObject({ staging: 2, running: 0, lost: 0 });
  });

  it('waits for the report of a session that starts over, so that no command overtakes another', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    peerConnected(core, `agent/${hostId}`, false);
    core.takeEffects();
    launch(core, hostId, 'b');
    expect(sent(core).toAgents).toEqual([]);
    onAgentReport(core, hostId, report({ lastCommandSeq: 0 }));
    expect(sent(core).toAgents).toMatchObject([
      { kind: 'launch', commandSeq: 1 },
      { kind: 'launch', commandSeq: 2 },
    ]);
  });
});

describe('a status', () => {
  it('is recorded, forwarded and acknowledged, in an order that makes the record durable first', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    core.takeEffects();
    onTaskStatus(core, hostId, status(key('a'), hostId, { message: 'up' }));
    expect(taskOf(core, key('a'))).toMatchObject({ state: 'running', statusSeq: 1, message: 'up' });
    expect(sent(core)).toMatchObject({
      toFrameworks: [{ kind: 'task_status', status: { taskId: 'a', hostId, state: 'running', statusSeq: 1 } }],
      toAgents: [],
    });
  });

  it('that is old or repeated is acknowledged again and changes nothing', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    onTaskStatus(core, hostId, status(key('a'), hostId, { statusSeq: 2 }));
    core.takeEffects();
    const before = taskOf(core, key('a'));
    onTaskStatus(core, hostId, status(key('a'), hostId, { statusSeq: 2, state: 'failed' }));
    onTaskStatus(core, hostId, status(key('a'), hostId, { statusSeq: 1, state: 'staging' }));
    expect(taskOf(core, key('a'))).toBe(before);
    expect(sent(core)).toMatchObject({ toFrameworks: [], toAgents: [{ statusSeq: 2 }] });
  });

  it('that ends a task frees its resources at once; the record waits for the framework', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    core.dirtyHosts.clear();
    onTaskStatus(core, hostId, status(key('a'), hostId, { statusSeq: 2, state: 'finished', exitCode: 0 }));
    expect(core.dirtyHosts.has(hostId)).toBe(true);
    expect(liveTasksOf(core, hostId)).toEqual([]);
    expect(core.ledger.account('/prod').used).toEqual({ cpusMilli: 0, memoryBytes: 0 });
    ackTask(core, FW, { kind: 'task_ack', taskId: 'a', statusSeq: 1 });
    expect(core.state.tasks.has(key('a'))).toBe(true);
    ackTask(core, FW, { kind: 'task_ack', taskId: 'a', statusSeq: 2 });
    expect(core.state.tasks.has(key('a'))).toBe(false);
  });

  it('after the end changes nothing', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    onTaskStatus(core, hostId, status(key('a'), hostId, { statusSeq: 2, state: 'failed', exitCode: 1 }));
    onTaskStatus(core, hostId, status(key('a'), hostId, { statusSeq: 3, state: 'running' }));
    expect(taskOf(core, key('a'))).toMatchObject({ state: 'failed', statusSeq: 2 });
  });

  it('of a task that nobody knows is acknowledged when it ended, else the agent is asked for everything', () => {
    const { core, hostId } = shared();
    onTaskStatus(core, hostId, status('x/y/z', hostId, { state: 'finished', statusSeq: 4 }));
    onTaskStatus(core, hostId, status('x/y/z', hostId, { state: 'running', statusSeq: 5 }));
    expect(sent(core).toAgents).toEqual([
      { kind: 'task_ack', taskId: 'x/y/z', statusSeq: 4 },
      { kind: 'report_request' },
    ]);
    expect(core.state.tasks.size).toBe(0);
  });

  it('of the same task from another host does not touch it', () => {
    const { core, hostId } = shared();
    const other = joinAgent(core, 2);
    launch(core, hostId, 'a');
    onTaskStatus(core, other, status(key('a'), other, { state: 'failed', statusSeq: 9 }));
    expect(taskOf(core, key('a'))).toMatchObject({ state: 'staging', hostId });
  });

  it('cannot make ended tasks of a framework that never acknowledges pile up', () => {
    const { core, hostId } = shared();
    for (let n = 0; n <= ENDED_TASKS_KEPT; n += 1) {
      launch(core, hostId, `t${n}`);
      onTaskStatus(core, hostId, status(key(`t${n}`), hostId, { state: 'finished' }));
    }
    expect(core.state.tasks.size).toBe(ENDED_TASKS_KEPT);
    expect(core.state.tasks.has(key('t0'))).toBe(false);
    expect(sent(core).all).toContainEqual(
      expect.objectContaining({
        kind: 'decision',
        decision: expect.objectContaining({ about: 'task', subject: key('t0') }),
      }),
    );
  });
});

describe('killing', () => {
  it('is told to the agent once, and answered', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    core.takeEffects();
    killTask(core, FW, { kind: 'kill_task', commandId: 'k1', taskId: 'a', graceMs: 700 });
    expect(taskOf(core, key('a'))).toMatchObject({ state: 'killing', killSeq: 2, killGraceMs: 700, statusSeq: 0 });
    expect(sent(core)).toMatchObject({
      toAgents: [{ kind: 'kill', commandSeq: 2, taskId: key('a'), graceMs: 700 }],
      toFrameworks: [{ kind: 'result', commandId: 'k1', outcome: { ok: true, ids: ['a'] } }],
    });
    killTask(core, FW, { kind: 'kill_task', commandId: 'k1', taskId: 'a', graceMs: 700 });
    killTask(core, FW, { kind: 'kill_task', commandId: 'k2', taskId: 'a', graceMs: 700 });
    expect(sent(core)).toMatchObject({
      toAgents: [],
      toFrameworks: [
        { commandId: 'k1', outcome: { ok: true } },
        { commandId: 'k2', outcome: { ok: true } },
      ],
    });
  });

  it('of a task that nobody knows is answered NOT_FOUND; of one of another framework, too', () => {
    const { core, hostId } = shared();
    connectFramework(core, 'batch/other');
    launch(core, hostId, 'a');
    core.takeEffects();
    killTask(core, 'batch/other', { kind: 'kill_task', commandId: 'k1', taskId: 'a', graceMs: 0 });
    expect(sent(core)).toMatchObject({ toAgents: [], toFrameworks: [{ outcome: { ok: false, code: 'NOT_FOUND' } }] });
  });

  it('with a grace time that is no time is answered with what is accepted', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    core.takeEffects();
    killTask(core, FW, { kind: 'kill_task', commandId: 'k1', taskId: 'a', graceMs: -1 });
    expect(sent(core)).toMatchObject({
      toAgents: [],
      toFrameworks: [{ outcome: { code: 'INVALID_ARGUMENT', message: expect.stringMatching(/graceMs is -1/) } }],
    });
  });

  it('is not undone by a status that was sent before the kill arrived', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    killTask(core, FW, { kind: 'kill_task', commandId: 'k1', taskId: 'a', graceMs: 0 });
    onTaskStatus(core, hostId, status(key('a'), hostId, { statusSeq: 1 }));
    expect(taskOf(core, key('a')).state).toBe('killing');
    onTaskStatus(core, hostId, status(key('a'), hostId, { statusSeq: 2, state: 'killed' }));
    expect(taskOf(core, key('a')).state).toBe('killed');
  });
});

describe('an agent that comes back', () => {
  it('is sent what it has not applied, in order, and what it lost is lost', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a', 'b', 'c');
    killTask(core, FW, { kind: 'kill_task', commandId: 'k', taskId: 'b', graceMs: 5 });
    peerConnected(core, `agent/${hostId}`, false);
    core.takeEffects();
    onAgentReport(core, hostId, report({ lastCommandSeq: 2, tasks: [status(key('b'), hostId)] }));
    const { toAgents, toFrameworks } = sent(core);
    expect(toAgents).toMatchObject([
      { kind: 'launch', commandSeq: 3, task: { taskId: key('c') } },
      { kind: 'kill', commandSeq: 4, taskId: key('b'), graceMs: 5 },
    ]);
    expect(taskOf(core, key('a')).state).toBe('lost');
    expect(toFrameworks).toContainEqual({
      kind: 'task_status',
      status: {
        taskId: 'a',
        hostId,
        state: 'lost',
        statusSeq: 1,
        message: 'node1 came back without it',
        exitCode: null,
      },
    });
    expect(taskOf(core, key('c')).state).toBe('staging');
  });

  it('does not lose a launch that is still on its way in the same session', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    core.takeEffects();
    onAgentReport(core, hostId, report({ lastCommandSeq: 0 }));
    expect(taskOf(core, key('a')).state).toBe('staging');
    expect(sent(core).toAgents).toEqual([]);
  });

  it('keeps its tasks over a restart of the master', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    const next = restart(core);
    peerConnected(next, `agent/${hostId}`, false);
    onAgentReport(next, hostId, report({ lastCommandSeq: 1, tasks: [status(key('a'), hostId)] }));
    expect(taskOf(next, key('a'))).toMatchObject({ state: 'running', statusSeq: 1 });
  });

  it('brings statuses that were missed', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    core.takeEffects();
    onAgentReport(
      core,
      hostId,
      report({ lastCommandSeq: 1, tasks: [status(key('a'), hostId, { state: 'failed', statusSeq: 3, exitCode: 2 })] }),
    );
    expect(sent(core)).toMatchObject({
      toFrameworks: [{ status: { state: 'failed', statusSeq: 3, exitCode: 2 } }],
      toAgents: expect.arrayContaining([{ kind: 'task_ack', taskId: key('a'), statusSeq: 3 }]),
    });
  });

  it('with strangers has them killed once, and shown until they are gone', () => {
    const { core, hostId } = shared();
    const stranger = status('old/fw/x', hostId, { statusSeq: 4 });
    onAgentReport(core, hostId, report({ tasks: [stranger] }));
    expect(sent(core).toAgents).toEqual([{ kind: 'kill', commandSeq: 1, taskId: 'old/fw/x', graceMs: 10_000 }]);
    expect(condition(core, 'UNKNOWN_TASKS', 'node1')).toMatch(/old\/fw\/x/);
    onAgentReport(core, hostId, report({ tasks: [stranger] }));
    expect(sent(core).toAgents).toEqual([]);
    onAgentReport(core, hostId, report({ lastCommandSeq: 1, tasks: [{ ...stranger, state: 'killed', statusSeq: 5 }] }));
    expect(sent(core).toAgents).toEqual([{ kind: 'task_ack', taskId: 'old/fw/x', statusSeq: 5 }]);
    expect(condition(core, 'UNKNOWN_TASKS', 'node1')).toBeUndefined();
  });

  it('with a task that has ended for us has it killed', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a');
    onAgentReport(core, hostId, report({ lastCommandSeq: 1 }));
    expect(taskOf(core, key('a')).state).toBe('lost');
    core.takeEffects();
    onAgentReport(core, hostId, report({ lastCommandSeq: 1, tasks: [status(key('a'), hostId, { statusSeq: 7 })] }));
    expect(sent(core).toAgents).toMatchObject([{ kind: 'kill', taskId: key('a'), commandSeq: 2 }]);
    expect(taskOf(core, key('a')).state).toBe('lost');
  });

  it('having applied more than was given makes the numbers go on above', () => {
    const { core, hostId } = shared();
    onAgentReport(core, hostId, report({ lastCommandSeq: 40 }));
    launch(core, hostId, 'a');
    expect(taskOf(core, key('a')).launchSeq).toBe(41);
  });
});

describe('reconciling', () => {
  it('answers for all tasks when none is named, and unknown ones are lost', () => {
    const { core, hostId } = shared();
    launch(core, hostId, 'a', 'b');
    core.takeEffects();
    reconcileTasks(core, FW, { kind: 'reconcile', taskIds: [] });
    expect(sent(core).toFrameworks).toMatchObject([
      { status: { taskId: 'a', state: 'staging' } },
      { status: { taskId: 'b' } },
    ]);
    reconcileTasks(core, FW, { kind: 'reconcile', taskIds: ['b', 'zz', 'b'] });
    expect(sent(core).toFrameworks).toMatchObject([
      { status: { taskId: 'b' } },
      { status: { taskId: 'zz', state: 'lost', statusSeq: 0, hostId: '' } },
    ]);
  });

  it('refuses to answer for more tasks than one message may name', () => {
    const { core } = shared();
    reconcileTasks(core, FW, { kind: 'reconcile', taskIds: Array.from({ length: 10_001 }, (_, n) => `t${n}`) });
    expect(sent(core).toFrameworks).toMatchObject([{ kind: 'error', code: 'RESOURCE_EXHAUSTED' }]);
  });
});
