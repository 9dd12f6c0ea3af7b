import { describe, expect, it } from '@jest/globals';
import type { Decision, TransitionView, WatchItem } from '../../../src/client/index.js';
import { FleetWatch, type MasterReader } from '../../../src/demo/fleet-watch.js';
import { VirtualClock } from '../../../src/simulation/virtual-clock.js';

/** A master that can be made to fail, and whose decisions the test makes. */
class ScriptedMaster {
  up = true;
  overviews = 0;
  watches = 0;
  ended: TransitionView[] = [];
  #push: (item: WatchItem | null) => void = () => undefined;

  get reader(): MasterReader {
    return {
      get: (query: { readonly kind: string; readonly transition?: string }) => this.#answer(query),
      watch: (_request: unknown, { signal }: { readonly signal: AbortSignal }) => this.#items(signal),
    } as unknown as MasterReader;
  }

  decide(decision: Decision): void {
    this.#push({ kind: 'decision', token: { term: 1, revision: 1 }, atMs: 0, decision });
  }

  /** Every stream ends, as when the process dies. */
  crash(): void {
    this.up = false;
    this.#push(null);
  }

  #answer(query: { readonly kind: string; readonly transition?: string }): Promise<unknown> {
    if (!this.up) return Promise.reject(new Error('unavailable'));
    switch (query.kind) {
      case 'overview':
        this.overviews += 1;
        return Promise.resolve({ kind: 'overview', overview: { hostsTotal: 2 } });
      case 'hosts':
        return Promise.resolve({ kind: 'hosts', hosts: [{ name: 'a' }], total: 1, nextPageToken: '' });
      case 'transition':
        return Promise.resolve({ kind: 'transition', transition: { transitionId: query.transition, endedMs: 5 } });
      default:
        return Promise.resolve({ kind: 'transitions', transitions: this.ended, total: 1, nextPageToken: '' });
    }
  }

  async *#items(signal: AbortSignal): AsyncGenerator<WatchItem> {
    if (!this.up) throw new Error('unavailable');
    this.watches += 1;
    const queue: (WatchItem | null)[] = [{ kind: 'bookmark', token: { term: 1, revision: 0 } }];
    let wake: () => void = () => undefined;
    this.#push = (item) => {
      queue.push(item);
      wake();
    };
    signal.addEventListener('abort', () => this.#push(null));
    for (;;) {
      const item = queue.shift();
      if (item === null) return;
      if (item !== undefined) yield item;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
}

function watched(): {
  readonly clock: VirtualClock;
  readonly master: ScriptedMaster;
  readonly watch: FleetWatch;
  readonly decisions: string[];
  readonly ended: string[];
} {
  const clock = new VirtualClock(0);
  const master = new ScriptedMaster();
  const decisions: string[] = [];
  const ended: string[] = [];
  const watch = new FleetWatch({
    master: master.reader,
    clock,
    onDecision: ({ text }) => decisions.push(text),
    onEnded: ({ transitionId }) => ended.push(transitionId),
  });
  watch.start();
  return { clock, master, watch, decisions, ended };
}

const MOVED: Decision = {
  about: 'move',
  subject: 'a',
  text: 'a moved',
  fields: { outcome: 'completed', transitionId: 't-9' },
};

describe('the watch on the fleet', () => {
  it('looks a few times a second', async () => {
    const { clock, master, watch } = watched();
    await clock.runUntil(2_000);
    expect(master.overviews).toBeGreaterThanOrEqual(7);
    expect(watch.answering).toBe(true);
    expect(watch.hosts.map((host) => host.name)).toEqual(['a']);
    watch.close();
  });

  it('passes decisions on, and reads the move that has ended', async () => {
    const { clock, master, watch, decisions, ended } = watched();
    await clock.runUntil(100);
    master.decide({ ...MOVED, text: 'a starts to move', fields: { requestedBy: 'planner' } });
    master.decide(MOVED);
    await clock.runUntil(200);
    expect(decisions).toEqual(['a starts to move', 'a moved']);
    expect(ended).toEqual(['t-9']);
    watch.close();
  });

  it('keeps the last picture while the master is away, and reads what ended meanwhile', async () => {
    const { clock, master, watch, ended } = watched();
    await clock.runUntil(300);
    master.crash();
    await clock.runUntil(2_000);
    expect(watch.answering).toBe(false);
    expect(watch.overview).not.toBeNull();
    master.up = true;
    master.ended = [
      { transitionId: 't-3', endedMs: 7 },
      { transitionId: 't-4', endedMs: 0 },
    ] as TransitionView[];
    await clock.runUntil(4_000);
    expect(watch.answering).toBe(true);
    expect(master.watches).toBe(2);
    expect(ended).toEqual(['t-3']);
    watch.close();
  });

  it('asks nothing more once it is closed', async () => {
    const { clock, master, watch } = watched();
    await clock.runUntil(500);
    watch.close();
    await clock.runUntil(600);
    const before = master.overviews;
    await clock.runUntil(5_000);
    expect(master.overviews).toBe(before);
    expect(master.watches).toBe(1);
  });
});
