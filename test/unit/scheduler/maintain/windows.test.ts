/** Maintenance windows against a wall clock that is not the one clock. */
import { describe, expect, it } from '@jest/globals';
import type { HostView, OperatorCommand, WindowChange } from '../../../../scheduler/index.js';
import { CoreHarness, type AgentPeer, type FrameworkPeer } from '../../../support/core-harness.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** What the wall clock of these tests shows at the start: far from the one clock of the harness. */
const WALL_MS = 1_800_000_000_000;

/** A harness whose ticks carry a wall time that the test may set. */
class Walled extends CoreHarness {
  aheadMs = WALL_MS - 1_000_000;

  override step(event: Parameters<CoreHarness['step']>[0]): ReturnType<CoreHarness['step']> {
    // The constructor of the base steps before this class has its fields.
    const aheadMs = this.aheadMs ?? WALL_MS - 1_000_000;
    return super.step(
      event.kind === 'tick' || event.kind === 'started' ? { ...event, wallMs: this.nowMs + aheadMs } : event,
    );
  }

  get wallMs(): number {
    return this.nowMs + this.aheadMs;
  }

  host(name: string): HostView {
    return this.query({ kind: 'host', host: name }).host;
  }

  set(change: Partial<WindowChange> = {}): OperatorCommand {
    const window: WindowChange = {
      name: 'w',
      hosts: ['node1', 'node2'],
      startsMs: this.wallMs + 2 * HOUR,
      endsMs: this.wallMs + 3 * HOUR,
      reason: 'new switch',
      drain: true,
      hard: false,
      drainBeforeMs: HOUR,
      keepCordoned: false,
      ...change,
    };
    return { kind: 'maintenance_set', dryRun: false, window };
  }
}

function fleet(): { readonly harness: Walled; readonly ovirt: FrameworkPeer; readonly nodes: readonly AgentPeer[] } {
  const harness = new Walled({ planner: 'off' });
  const nodes = ['node1', 'node2', 'node3'].map((name) => harness.agent(name));
  const ovirt = harness.framework('ovirt/prod');
  ovirt.observes(nodes.slice(0, 1));
  harness.must({ kind: 'adopt', dryRun: false, frameworkId: 'ovirt/prod' });
  harness.must({ kind: 'host_admit', dryRun: false, host: 'node2' });
  harness.must({ kind: 'host_admit', dryRun: false, host: 'node3' });
  return { harness, ovirt, nodes };
}

describe('a maintenance window', () => {
  it('is counted in wall time: a wall clock that is set moves it', () => {
    const { harness } = fleet();
    harness.must(harness.set());
    harness.advance(HOUR - MINUTE);
    expect(harness.host('node2')).toMatchObject({ cordoned: false, maintenance: 'w' });
    harness.aheadMs += 2 * MINUTE;
    harness.advance(MINUTE);
    expect(harness.host('node2')).toMatchObject({ cordoned: true, drain: { phase: 'drained', by: 'maintenance:w' } });
    // Set back: the window has not begun after all.
    harness.aheadMs -= HOUR;
    harness.advance(MINUTE);
    expect(harness.host('node2')).toMatchObject({ cordoned: false, drain: null });
    harness.assertSound();
  });

  it('gives back only what it has cordoned itself', () => {
    const { harness } = fleet();
    harness.must({ kind: 'host_cordon', dryRun: false, host: 'node2', reason: 'mine' });
    harness.must({ kind: 'host_drain', dryRun: false, host: 'node3', reason: 'mine', hard: false });
    harness.must(harness.set({ hosts: ['node1', 'node2', 'node3'] }));
    harness.advance(4 * HOUR);
    expect(harness.host('node1')).toMatchObject({ cordoned: false, drain: null, mode: 'free' });
    expect(harness.host('node2')).toMatchObject({ cordoned: true, drain: null });
    expect(harness.host('node3')).toMatchObject({ cordoned: true, drain: { phase: 'drained' } });
    expect(harness.query({ kind: 'maintenance' }).windows).toEqual([]);
    harness.assertSound();
  });

  it('keeps its hosts cordoned when it says so, until they are uncordoned', () => {
    const { harness } = fleet();
    harness.must(harness.set({ keepCordoned: true }));
    harness.advance(4 * HOUR);
    expect(harness.host('node1')).toMatchObject({ cordoned: true, drain: { phase: 'drained', by: 'operator:ana' } });
    harness.must({ kind: 'host_uncordon', dryRun: false, host: 'node1' });
    harness.advance(MINUTE);
    expect(harness.host('node1')).toMatchObject({ cordoned: false, drain: null });
    harness.assertSound();
  });

  it('hands a host over to the next window without a gap', () => {
    const { harness } = fleet();
    harness.must(harness.set());
    harness.must(
      harness.set({
        name: 'next',
        hosts: ['node2'],
        startsMs: harness.wallMs + 3 * HOUR,
        endsMs: harness.wallMs + 5 * HOUR,
      }),
    );
    harness.advance(3 * HOUR - MINUTE);
    harness.takeEffects();
    harness.advance(2 * MINUTE);
    const offered = harness
      .takeEffects()
      .filter((effect) => effect.kind === 'send' && effect.message.kind === 'offers');
    expect(offered).toEqual([]);
    expect(harness.host('node1').drain).toBeNull();
    expect(harness.host('node2').drain).toMatchObject({ by: 'maintenance:next' });
    harness.advance(3 * HOUR);
    expect(harness.host('node2').drain).toBeNull();
  });

  it('is dropped host by host: who uncordons one takes it out, who forgets one too', () => {
    const { harness, nodes } = fleet();
    harness.must(harness.set({ hosts: ['node1', 'node2', 'node3'] }));
    harness.advance(HOUR + MINUTE);
    harness.must({ kind: 'host_uncordon', dryRun: false, host: 'node2' });
    harness.advance(10 * MINUTE);
    expect(harness.host('node2')).toMatchObject({ cordoned: false, drain: null, maintenance: '' });
    nodes[2]?.disconnect();
    harness.must({ kind: 'host_quarantine', dryRun: false, host: 'node3', reason: 'gone' });
    harness.must({ kind: 'host_forget', dryRun: false, host: 'node3' });
    expect(harness.query({ kind: 'maintenance' }).windows).toMatchObject([{ hosts: ['node1'] }]);
    harness.assertSound();
  });

  it('is changed as a whole: hosts that it names no longer come back, others go', () => {
    const { harness, ovirt } = fleet();
    harness.must(harness.set());
    harness.advance(HOUR + MINUTE);
    harness.must(harness.set({ hosts: ['node3'], startsMs: harness.wallMs + HOUR - MINUTE }));
    harness.advance(MINUTE);
    expect(harness.host('node2').drain).toBeNull();
    expect(harness.host('node3').drain?.phase).toBe('drained');
    expect(
      ovirt.received.flatMap((one) => (one.kind === 'host_unavailable' ? [`${one.hostName} ${one.state}`] : [])),
    ).toEqual(['node1 announced', 'node1 draining']);
    harness.assertSound();
  });

  it('goes on after a restart of the master', () => {
    const { harness } = fleet();
    harness.must(harness.set());
    harness.advance(HOUR + MINUTE);
    harness.restart();
    for (const name of ['node1', 'node2', 'node3', 'ovirt/prod']) harness.peer(name).connect();
    expect(harness.host('node2')).toMatchObject({ cordoned: true, drain: { phase: 'drained' } });
    harness.advance(2 * HOUR);
    expect(harness.host('node2')).toMatchObject({ cordoned: false, drain: null });
    harness.assertSound();
  });

  it('kills what is left when it begins, where it says so', () => {
    const { harness, ovirt } = fleet();
    ovirt.steps.set('drain', 'silent');
    harness.must(harness.set({ hard: true }));
    harness.advance(HOUR + MINUTE);
    const { policy } = ovirt.lastRequest('drain');
    expect(policy).toMatchObject({ hard: true });
    expect(policy.softDeadlineMs).toBeLessThanOrEqual(HOUR);
  });

  it('is refused with the field, the value and what is accepted', () => {
    const { harness } = fleet();
    const message = (change: Partial<WindowChange>): string => {
      const reply = harness.command(harness.set(change));
      return reply.ok ? 'accepted' : reply.message;
    };
    const startsMs = harness.wallMs - 2 * HOUR;
    expect(message({ name: 'Switch' })).toContain('name is "Switch"; it must be lower case letters');
    expect(message({ hosts: [] })).toBe('hosts is empty; name at least one');
    expect(message({ hosts: ['node9'] })).toContain('there is no host "node9"');
    expect(message({ startsMs: 0 })).toContain('startsMs is 0');
    expect(message({ startsMs, endsMs: startsMs + HOUR })).toContain('1h ago; a window must end in the future');
    expect(message({ drainBeforeMs: -1 })).toBe('drainBeforeMs is -1; it must be 0 to 2592000000 (30 days)');
    expect(message({ drain: false, hard: true })).toContain('hard is set but drain is not');
    harness.must(harness.set());
    expect(harness.command(harness.set())).toMatchObject({
      ok: true,
      changes: [],
      remarks: ['window w is so already'],
    });
  });
});
