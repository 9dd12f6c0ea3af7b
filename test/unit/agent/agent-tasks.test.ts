import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TaskStatus } from '../../../scheduler/index.js';
import { AgentRig, task } from './agent-rig.js';

describe('an agent: tasks', () => {
  it('launches once, however often it is asked', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.launch(1, task('f/a'));
    rig.launch(1, task('f/a'));
    await rig.settle();
    rig.launch(1, task('f/a'));
    await rig.settle();
    expect(rig.hardware.runningTasks).toEqual(['f/a']);
    const numbers = new Map(rig.statuses.map(({ statusSeq, state }) => [statusSeq, state]));
    expect([...new Set(rig.statesOf('f/a'))]).toEqual(expect.arrayContaining(['running']));
    expect(numbers.get(1)).toBe('running');
  });

  it('does not start again what has ended and was forgotten', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.launch(1, task('f/a', { 'simulated-run-ms': '50' }));
    await rig.settle();
    const last = rig.statuses.at(-1);
    expect(last).toMatchObject({ state: 'finished', exitCode: 0 });
    rig.send({ kind: 'task_ack', taskId: 'f/a', statusSeq: last?.statusSeq ?? 0 });
    await rig.settle();
    rig.launch(1, task('f/a', { 'simulated-run-ms': '50' }));
    await rig.settle();
    expect(rig.hardware.runningTasks).toEqual([]);
    expect(rig.statuses.filter(({ state }) => state === 'running')).toHaveLength(1);
  });

  it('kills once it is asked, says so, and answers a repeat', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.launch(1, task('f/a'));
    await rig.settle();
    rig.killTask(2, 'f/a');
    await rig.settle();
    expect(rig.statesOf('f/a')).toEqual(['running', 'killing', 'killed']);
    rig.killTask(2, 'f/a');
    await rig.settle();
    expect(rig.statuses.at(-1)).toMatchObject({ state: 'killed', statusSeq: 3 });
    expect(rig.hardware.runningTasks).toEqual([]);
  });

  it('tries a kill again that its driver could not do, at growing distances, until it can or the task has ended', async () => {
    const rig = new AgentRig();
    const tries: number[] = [];
    let works = false;
    rig.driver = (driver) => ({
      ...driver,
      recover: (onTaskEnd) => driver.recover(onTaskEnd),
      startTask: (key, spec, onTaskEnd) => driver.startTask(key, spec, onTaskEnd),
      killTask: (key, graceMs) => {
        tries.push(rig.clock.nowMs());
        return works
          ? driver.killTask(key, graceMs)
          : Promise.reject(new Error('the container service does not answer'));
      },
    });
    await rig.start();
    rig.launch(1, task('f/a'));
    rig.launch(2, task('f/b', { 'simulated-run-ms': '400000' }));
    await rig.settle();
    rig.killTask(3, 'f/a');
    await rig.clock.advance(300_000);
    expect(rig.statesOf('f/a')).toEqual(['running', 'killing']);
    expect(tries.length).toBeGreaterThan(8);
    expect(tries.length).toBeLessThan(20);
    expect(rig.logs.filter((line) => line.includes('f/a could not be killed'))).toHaveLength(tries.length);
    works = true;
    await rig.clock.advance(60_000);
    expect(rig.statesOf('f/a')).toEqual(['running', 'killing', 'killed']);
    works = false;
    rig.killTask(4, 'f/b');
    await rig.clock.advance(120_000);
    expect(rig.statesOf('f/b').slice(0, 2)).toEqual(['running', 'killing']);
    expect(rig.statesOf('f/b')).toHaveLength(3);
    const before = tries.length;
    await rig.clock.advance(300_000);
    expect(tries).toHaveLength(before);
  });

  it('kills a task that is still starting as soon as it can', async () => {
    const rig = new AgentRig({ taskStartMs: 100 });
    await rig.start();
    rig.launch(1, task('f/a'));
    await rig.clock.advance(50);
    rig.killTask(2, 'f/a');
    await rig.settle();
    expect(rig.hardware.runningTasks).toEqual([]);
    expect(rig.statesOf('f/a')).toEqual(['killing', 'killed']);
  });

  it('does not let a slow start hold up other commands', async () => {
    const rig = new AgentRig({ taskStartMs: 60_000 });
    await rig.start();
    rig.launch(1, task('f/slow'));
    rig.killTask(2, 'f/unknown');
    await rig.settle();
    expect(rig.statuses).toMatchObject([{ taskId: 'f/unknown', state: 'killed' }]);
  });

  it('says that a task which it does not know does not run', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.killTask(1, 'f/never');
    await rig.settle();
    expect(rig.statuses).toEqual([
      {
        taskId: 'f/never',
        hostId: 'h-1',
        state: 'killed',
        statusSeq: 1,
        message: 'it did not run here',
        exitCode: null,
      },
    ]);
  });

  it('reports that a task could not be started, and why', async () => {
    const rig = new AgentRig();
    rig.driver = (driver) => ({
      ...driver,
      recover: (onTaskEnd) => driver.recover(onTaskEnd),
      startTask: () => Promise.reject(new Error('no such image')),
    });
    await rig.start();
    rig.launch(1, task('f/a'));
    await rig.settle();
    expect(rig.statuses).toMatchObject([{ state: 'failed', message: expect.stringContaining('no such image') }]);
  });

  it('finds tasks again that ran on while it was away, and tells their end', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.launch(1, task('f/a', { 'simulated-run-ms': '5000' }));
    await rig.settle();
    await rig.restart();
    expect(rig.reports.at(-1)).toMatchObject({ lastCommandSeq: 1, tasks: [{ taskId: 'f/a', state: 'running' }] });
    await rig.clock.advance(6_000);
    expect(rig.statuses.at(-1)).toMatchObject({ taskId: 'f/a', state: 'finished' });
  });

  it('reports as failed what is gone when it comes back', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.launch(1, task('f/a'));
    await rig.settle();
    rig.kill();
    rig.hardware.powerOff();
    await rig.start();
    expect(rig.reports.at(-1)?.tasks).toMatchObject([
      { taskId: 'f/a', state: 'failed', statusSeq: 2, message: expect.stringContaining('gone') },
    ]);
  });

  it('repeats the last status of an ended task after restarts until the master has it', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.launch(1, task('f/a', { 'simulated-run-ms': '50', 'simulated-exit-code': '3' }));
    await rig.settle();
    for (let n = 0; n < 2; n++) {
      await rig.restart();
      expect(rig.reports.at(-1)?.tasks).toMatchObject([{ taskId: 'f/a', state: 'failed', exitCode: 3, statusSeq: 2 }]);
    }
    rig.send({ kind: 'task_ack', taskId: 'f/a', statusSeq: 1 });
    await rig.restart();
    expect(rig.reports.at(-1)?.tasks).toHaveLength(1);
    rig.send({ kind: 'task_ack', taskId: 'f/a', statusSeq: 2 });
    await rig.settle();
    await rig.restart();
    expect(rig.reports.at(-1)?.tasks).toEqual([]);
  });

  it('goes on with a kill that a restart interrupted', async () => {
    const rig = new AgentRig();
    let kills = 0;
    rig.driver = (driver) => ({
      ...driver,
      recover: (onTaskEnd) => driver.recover(onTaskEnd),
      startTask: (key, spec, onTaskEnd) => driver.startTask(key, spec, onTaskEnd),
      killTask: (key, graceMs) => {
        kills += 1;
        if (kills > 1) return driver.killTask(key, graceMs);
        rig.kill(); // The command is on disk, the signal was not sent yet.
        return new Promise(() => undefined);
      },
    });
    await rig.start();
    rig.launch(1, task('f/a'));
    await rig.settle();
    rig.killTask(2, 'f/a');
    await rig.settle();
    expect(rig.hardware.runningTasks).toEqual(['f/a']);
    await rig.start();
    await rig.settle();
    expect(rig.hardware.runningTasks).toEqual([]);
    expect(rig.heard.at(-1)).toMatchObject({ taskId: 'f/a', state: 'killed' });
  });

  it('waits for its disk: a command that could not be kept is carried out when it can, and once', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.checkpoint.failing = true;
    rig.launch(1, task('f/a', { 'simulated-run-ms': '60000' }));
    await rig.clock.advance(20_000);
    expect(rig.hardware.runningTasks).toEqual([]);
    expect(rig.statuses).toEqual([]);
    expect(rig.logs.some((line) => line.includes('checkpoint'))).toBe(true);
    rig.checkpoint.failing = false;
    await rig.clock.advance(20_000);
    expect(rig.hardware.runningTasks).toEqual(['f/a']);
    expect(rig.statesOf('f/a')).toEqual(['running']);
    rig.checkpoint.failing = true;
    await rig.clock.advance(60_000);
    expect(rig.statesOf('f/a')).toEqual(['running']);
    rig.checkpoint.failing = false;
    await rig.clock.advance(20_000);
    expect(rig.statesOf('f/a')).toEqual(['running', 'finished']);
  });

  it('survives kill -9 at any moment of a launch: the task runs once or is reported', async () => {
    for (let atMs = 0; atMs <= 40; atMs++) {
      const rig = new AgentRig({ taskStartMs: 10 });
      let starts = 0;
      rig.driver = (driver) => ({
        ...driver,
        recover: (onTaskEnd) => driver.recover(onTaskEnd),
        startTask: async (key, spec, onTaskEnd) => {
          await driver.startTask(key, spec, onTaskEnd);
          starts += 1;
        },
      });
      await rig.start();
      rig.launch(1, task('f/a'));
      await rig.clock.advance(atMs);
      await rig.restart();
      const report = rig.reports.at(-1);
      const [reported] = report?.tasks ?? [];
      // What a master does with the first report of a session.
      if (reported === undefined) {
        expect(report?.lastCommandSeq).toBe(0);
        rig.launch(1, task('f/a'));
      }
      await rig.settle();
      const last = rig.heard.filter(({ taskId }) => taskId === 'f/a').at(-1);
      expect(starts).toBeLessThanOrEqual(1);
      if (rig.hardware.runningTasks.length === 1) expect(last).toMatchObject({ state: 'running' });
      else expect(last).toMatchObject({ state: 'failed', message: expect.stringContaining('gone') });
    }
  });

  it('never gives a status number twice with another meaning, whenever it is killed', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: 30 }),
        fc.array(fc.record({ lifeMs: fc.integer({ min: 0, max: 150 }), off: fc.boolean() }), {
          minLength: 1,
          maxLength: 6,
        }),
        async (writeMs, lives) => {
          const rig = new AgentRig({ taskStartMs: 5 });
          await rig.start();
          rig.checkpoint.writeMs = writeMs;
          let seq = 0;
          const heard = new Map<string, TaskStatus>();
          for (const [at, { lifeMs, off }] of lives.entries()) {
            rig.launch(++seq, task(`f/${at}`, { 'simulated-run-ms': String(20 + 15 * at) }));
            if (at > 0) rig.killTask(++seq, `f/${at - 1}`);
            await rig.clock.advance(lifeMs);
            // Asked while a change is on its way to the disk; killed before it arrives there.
            rig.send({ kind: 'report_request' });
            await rig.clock.advance(3);
            rig.kill();
            if (off) rig.hardware.powerOff();
            await rig.start();
            seq = Math.max(seq, rig.reports.at(-1)?.lastCommandSeq ?? 0);
          }
          await rig.clock.advance(1_000);
          for (const status of rig.heard) {
            const key = `${status.taskId} ${status.statusSeq}`;
            const before = heard.get(key);
            if (before !== undefined) expect(status).toEqual(before);
            heard.set(key, status);
          }
          compared += heard.size;
        },
      ),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
