import { describe, expect, it } from '@jest/globals';
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
