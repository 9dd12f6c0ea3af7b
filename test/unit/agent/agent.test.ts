import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TaskStatus } from '../../../scheduler/index.js';
import { AgentRig, inventory, task } from './agent-rig.js';

describe('an agent: what it reports', () => {
  it('reports in full when it connects', async () => {
    const rig = new AgentRig();
    await rig.start();
    expect(rig.reports).toEqual([
      {
        resources: rig.machine.resources,
        attributes: rig.machine.attributes,
        faultDomain: rig.machine.faultDomain,
        image: '',
        agentVersion: 'test',
        lastCommandSeq: 0,
        tasks: [],
        profile: '',
        cleanliness: '',
      },
    ]);
    expect(rig.agent?.hostId).toBe('h-1');
  });

  it('reports again when the machine has changed, and only then', async () => {
    const rig = new AgentRig();
    await rig.start();
    await rig.clock.advance(300_000);
    expect(rig.reports).toHaveLength(1);
    rig.machine = inventory({
      resources: { quantities: { cpusMilli: 4_000 }, ports: [] },
    });
    await rig.clock.advance(70_000);
    expect(rig.reports).toHaveLength(2);
    expect(rig.reports[1]?.resources.quantities).toEqual({ cpusMilli: 4_000 });
  });

  it('reports when it is asked to, with the tasks as they are', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.launch(1, task('f/a'));
    await rig.settle();
    rig.send({ kind: 'report_request' });
    await rig.settle();
    expect(rig.reports).toHaveLength(2);
    expect(rig.reports[1]).toMatchObject({
      lastCommandSeq: 1,
      tasks: [{ taskId: 'f/a', state: 'running', hostId: 'h-1' }],
    });
  });

  it('reports to a new master, but not when the session only goes on', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.network.crashPeer('p');
    await rig.clock.advance(10_000);
    expect(rig.agent?.connected).toBe(true);
    expect(rig.reports).toHaveLength(1);
    rig.restartMaster();
    await rig.clock.advance(30_000);
    expect(rig.agent?.connected).toBe(true);
    expect(rig.reports).toHaveLength(2);
    expect(rig.hellos.map(({ incarnation }) => incarnation)).toEqual(
      rig.hellos.map(() => rig.hellos[0]?.incarnation ?? ''),
    );
  });

  it('goes on when the machine cannot be looked at for a while', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.look = () => Promise.reject(new Error('the firmware does not answer'));
    await rig.clock.advance(130_000);
    expect(rig.logs).toContain('the machine could not be looked at');
    expect(rig.reports).toHaveLength(1);
    rig.look = () => inventory({ image: 'ostree:abc' });
    await rig.clock.advance(70_000);
    expect(rig.reports.at(-1)).toMatchObject({ image: 'ostree:abc' });
  });
});

describe('an agent: a master that does not answer', () => {
  it('is tried for ever, and talked about less and less', async () => {
    const rig = new AgentRig();
    rig.network.listen(null);
    void rig.boot();
    await rig.clock.advance(600_000);
    const lines = rig.logs.filter((line) => line.startsWith('cannot join the master'));
    expect(lines.length).toBeGreaterThanOrEqual(4);
    expect(lines.length).toBeLessThan(10);
    expect(lines[0]).toContain('connection refused');
    rig.network.listen(rig.server);
    await rig.clock.advance(20_000);
    expect(rig.agent?.connected).toBe(true);
    expect(rig.ends).toEqual([]);
  });
});

describe('an agent: its memory', () => {
  it('keeps its secret over restarts, and has it on disk before the master hears it', async () => {
    const rig = new AgentRig();
    rig.checkpoint.writeMs = 50;
    void rig.boot();
    await rig.clock.advance(49);
    expect(rig.hellos).toEqual([]);
    await rig.clock.advance(500);
    expect(rig.hellos).toHaveLength(1);
    await rig.restart();
    expect(rig.hellos).toHaveLength(2);
    expect(rig.hellos[1]?.secretHash).toBe(rig.hellos[0]?.secretHash);
    expect(rig.hellos[1]?.incarnation).not.toBe(rig.hellos[0]?.incarnation);
  });

  it('keeps the highest term over restarts', async () => {
    const rig = new AgentRig();
    await rig.start();
    await rig.restart();
    expect(rig.hellos.map(({ highestTerm }) => highestTerm)).toEqual([0, 7]);
  });

  it('does not start when its memory cannot be read, and says what to do', async () => {
    const whole = JSON.stringify({
      version: 1,
      secret: 's'.repeat(32),
      highestTerm: 1,
      lastCommandSeq: 0,
      tasks: [],
      profile: '',
      cleanliness: '',
    });
    const damaged: readonly (readonly [string, RegExp])[] = [
      ['', /it is not JSON/],
      ['{"version":1,', /it is not JSON/],
      ['\u0000\u0000\u0000', /it is not JSON/],
      ['null', /expected object/],
      [whole.replace('"version":1', '"version":2'), /version/],
      [whole.replace('"lastCommandSeq":0', '"lastCommandSeq":-1'), /lastCommandSeq/],
      [whole.replace(/"secret":"s+"/, '"secret":""'), /secret/],
      [whole.replace('"tasks":[]', '"tasks":[{"taskKey":"x"}]'), /tasks/],
    ];
    for (const [content, why] of damaged) {
      const rig = new AgentRig();
      rig.checkpoint.content = content;
      const failure = await rig.boot().then(
        () => null,
        (error: unknown) => (error as Error).message,
      );
      expect(failure).toMatch(why);
      expect(failure).toMatch(/move it away and release the host with "mosaic host release NAME"$/);
      expect(rig.checkpoint.content).toBe(content);
      expect(rig.hellos).toEqual([]);
    }
    const rig = new AgentRig();
    rig.checkpoint.content = whole;
    await rig.start();
    expect(rig.hellos).toHaveLength(1);
  });

  it('does not start when its memory cannot be kept', async () => {
    const rig = new AgentRig();
    rig.checkpoint.failing = true;
    const starting = rig.boot();
    await expect(rig.clock.advanceThrough(starting, 10_000)).rejects.toThrow('no space left');
    await rig.clock.advance(10_000);
    expect(rig.hellos).toEqual([]);
  });

  it('stays away when it is closed while it starts', async () => {
    const rig = new AgentRig();
    rig.checkpoint.writeMs = 50;
    void rig.boot();
    await rig.clock.advance(10);
    await rig.clock.advanceThrough(rig.agent?.close() ?? Promise.resolve(), 1_000);
    await rig.clock.advance(10_000);
    expect(rig.hellos).toEqual([]);
  });

  it('ends with the reason when the master sends it away for good, and tries again when it may', async () => {
    const rig = new AgentRig();
    rig.refusal = { code: 'RESOURCE_EXHAUSTED', message: 'come back later', retryAfterMs: 5_000 };
    void rig.boot();
    await rig.clock.advance(3_000);
    expect(rig.ends).toEqual([]);
    rig.refusal = { code: 'INVALID_ARGUMENT', message: 'the name is not valid', retryAfterMs: 0 };
    await rig.clock.advance(20_000);
    expect(rig.ends).toEqual(['refused: the name is not valid']);
    const dials = rig.network.counts.dials;
    await rig.clock.advance(60_000);
    expect(rig.network.counts.dials).toBe(dials);
  });

  it('ends when another process with its memory took over', async () => {
    const rig = new AgentRig();
    await rig.start();
    const first = rig.agent;
    await rig.start();
    expect(rig.ends).toEqual(['superseded']);
    expect(first?.connected).toBe(false);
    await rig.clock.advance(60_000);
    expect(rig.agent?.connected).toBe(true);
  });

  it('changes neither the machine nor its memory once another process has taken over', async () => {
    const rig = new AgentRig({ stepMs: 1_000 });
    await rig.start();
    const first = rig.agent;
    rig.hardware.residue = 'what the last workload left';
    rig.step('wipe');
    await rig.clock.advance(300);
    await rig.start();
    expect(rig.ends).toEqual(['superseded']);
    const { writes } = rig.checkpoint;
    await rig.clock.advance(20_000);
    expect(rig.hardware.residue).toBe('what the last workload left');
    await rig.clock.advanceThrough(first?.close() ?? Promise.resolve(), 60_000);
    expect(rig.checkpoint.writes).toBe(writes);
  });
});

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

describe('an agent: steps of a move', () => {
  it('prepares, wipes and verifies, and remembers what it made of the machine', async () => {
    const rig = new AgentRig();
    await rig.start();
    const prepare = rig.step('prepare');
    await rig.clock.advance(1_000);
    expect(rig.updates(prepare).at(-1)).toMatchObject({ state: 'done', progressMilli: 1000 });
    expect(rig.reports.at(-1)).toMatchObject({ profile: 'ovirt', cleanliness: '' });
    expect(rig.hardware.residue).toContain('ovirt');

    const early = rig.step('verify_clean');
    await rig.clock.advance(1_000);
    expect(rig.updates(early).at(-1)).toMatchObject({ state: 'failed', message: expect.stringContaining('ovirt') });
    expect(rig.reports.at(-1)?.cleanliness).toMatch(/^dirty: found profile of ovirt/);

    const wipe = rig.step('wipe');
    await rig.clock.advance(1_000);
    expect(rig.updates(wipe).at(-1)).toMatchObject({ state: 'done' });
    expect(rig.reports.at(-1)).toMatchObject({ profile: '', cleanliness: '' });
    const verify = rig.step('verify_clean');
    await rig.clock.advance(1_000);
    expect(rig.updates(verify).at(-1)).toMatchObject({ state: 'done' });
    expect(rig.reports.at(-1)).toMatchObject({ profile: '', cleanliness: 'clean' });

    await rig.restart();
    expect(rig.reports.at(-1)).toMatchObject({ profile: '', cleanliness: 'clean' });
  });

  it('refuses steps that are a framework’s', async () => {
    const rig = new AgentRig();
    await rig.start();
    const drain = rig.step('drain');
    await rig.clock.advance(1_000);
    expect(rig.updates(drain).at(-1)).toMatchObject({ state: 'refused', message: expect.stringContaining('drain') });
  });

  it('counts the machine as not clean from the first moment of a preparation, whatever becomes of it', async () => {
    const rig = new AgentRig({ stepMs: 5_000 });
    await rig.start();
    rig.step('prepare');
    await rig.clock.advance(1_000);
    await rig.restart();
    expect(rig.reports.at(-1)).toMatchObject({ profile: 'ovirt', cleanliness: '' });
    expect(rig.hardware.residue).toContain('ovirt');
  });

  it('has no effect before the master has confirmed the attempt', async () => {
    const rig = new AgentRig();
    await rig.start();
    rig.renews = false;
    const attempt = rig.step('prepare');
    await rig.clock.advance(10_000);
    expect(rig.hardware.residue).toBe('');
    expect(rig.updates(attempt).at(-1)).toMatchObject({ state: 'failed', message: expect.stringContaining('LEASE') });
  });

  it('has no effect after its lease has run out while it was stopped', async () => {
    for (const stopAtMs of [0, 20, 60, 90, 150, 900]) {
      const rig = new AgentRig({ stepMs: 1_000 });
      const effects: number[] = [];
      rig.driver = (driver, clock) => ({
        ...driver,
        recover: (onTaskEnd) => driver.recover(onTaskEnd),
        wipe: async (context) => {
          context.fence();
          effects.push(clock.nowMs());
          await driver.wipe(context);
          context.fence();
          effects.push(clock.nowMs());
        },
      });
      await rig.start();
      rig.hardware.residue = 'what the last workload left';
      const attempt = rig.step('wipe');
      await rig.clock.advance(stopAtMs);
      rig.process?.stop();
      const stoppedMs = rig.clock.nowMs();
      await rig.clock.advance(STOPPED_FOR_MS);
      rig.process?.resume();
      await rig.clock.advance(20_000);
      for (const atMs of effects) expect(atMs).toBeLessThanOrEqual(stoppedMs);
      expect(rig.hardware.residue).toBe('what the last workload left');
      for (const { state } of rig.updates(attempt)) expect(state).not.toBe('done');
    }
  });

  it('stops when the master cancels the attempt', async () => {
    const rig = new AgentRig({ stepMs: 10_000 });
    await rig.start();
    rig.hardware.residue = 'what the last workload left';
    const attempt = rig.step('wipe');
    await rig.clock.advance(500);
    rig.send({ kind: 'step_cancel', transitionId: 't-1', step: 'wipe', attempt });
    await rig.clock.advance(30_000);
    expect(rig.updates(attempt).at(-1)).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('CANCELLED'),
    });
    expect(rig.hardware.residue).toBe('what the last workload left');
  });

  it('keeps a long step alive through a break shorter than its lease', async () => {
    const rig = new AgentRig({ stepMs: 20_000 });
    await rig.start();
    const attempt = rig.step('wipe');
    await rig.clock.advance(5_000);
    rig.network.crashPeer('p');
    await rig.clock.advance(40_000);
    expect(rig.updates(attempt).at(-1)).toMatchObject({ state: 'done' });
  });
});

/** Far beyond a step lease. */
const STOPPED_FOR_MS = 60_000;
