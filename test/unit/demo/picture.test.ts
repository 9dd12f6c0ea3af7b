import { describe, expect, it } from '@jest/globals';
import type { HostView, OverviewView, TransitionView } from '../../../src/client/index.js';
import { pictureOf, type Picture } from '../../../src/demo/picture.js';
import { buildFleet, loadScenario } from '../../../src/scenario/index.js';

const SCENARIO = loadScenario('', 'test', { hosts: 6 });
const FLEET = buildFleet(SCENARIO);

function transition(step: TransitionView['step'], more: Partial<TransitionView> = {}): TransitionView {
  return {
    hostName: FLEET[0]!.name,
    from: 'ovirt/prod',
    to: 'hadoop/night',
    toMode: 'leased',
    direction: 'forward',
    step,
    word: 'working',
    progressMilli: 500,
    message: '',
    blockedBy: [],
    startedMs: 1_000,
    outcome: 'running',
    ...more,
  } as TransitionView;
}

function view(index: number, more: Partial<HostView>): HostView {
  const base = {
    name: FLEET[index]!.name,
    mode: 'leased',
    owner: 'ovirt/prod',
    phase: 'serving',
    lost: false,
    drain: null,
  };
  return { ...base, transition: null, ...more } as HostView;
}

function overview(more: Partial<OverviewView> = {}): OverviewView {
  return {
    nowMs: 2_000,
    owners: [],
    moving: [],
    needsYou: [],
    freezes: [],
    hostsByMode: { unclaimed: 0, free: 0, leased: 0, shared: 0, quarantined: 0 },
    ...more,
  } as unknown as OverviewView;
}

function picture(hosts: readonly HostView[], seen: OverviewView | null = overview(), killed: string[] = []): Picture {
  return pictureOf({
    scenario: SCENARIO,
    fleet: FLEET,
    speed: 720,
    scoreboard: null,
    overview: seen,
    hosts,
    killed: new Set(killed),
  });
}

describe('the picture', () => {
  it.each([
    ['forecast', 'ovirt/prod', 'serving', 0],
    ['drain', 'ovirt/prod', 'leaving', 0],
    ['leave', 'ovirt/prod', 'leaving', 0],
    ['wipe', '', 'cleaning', -1],
    ['offer', '', 'cleaning', -1],
    ['prepare', 'hadoop/night', 'arriving', 2],
    ['verify', 'hadoop/night', 'arriving', 2],
  ] as const)('draws a host at %s', (step, owner, state, index) => {
    const cell = picture([view(0, { owner, transition: transition(step) })]).cells[0];
    expect(cell).toMatchObject({ state, owner: index });
  });

  it.each([
    ['draining', {}, 'draining', 0],
    ['draining', { owner: '', mode: 'shared' }, 'draining', -1],
    ['draining', { transition: transition('forecast') }, 'draining', 0],
    ['draining', { transition: transition('drain') }, 'leaving', 0],
    ['drained', { owner: '', mode: 'shared' }, 'drained', -1],
    ['drained', { owner: '', mode: 'free' }, 'drained', -1],
    ['cordoned', {}, 'serving', 0],
    ['cordoned', { owner: '', mode: 'free' }, 'drained', -1],
    ['drained', { lost: true }, 'lost', 0],
  ] as const)('draws a host that maintenance has %s', (phase, more, state, owner) => {
    const drain = { phase, by: 'operator:ana', reason: 'disk' } as HostView['drain'];
    expect(picture([view(0, { ...more, drain })]).cells[0]).toMatchObject({ state, owner });
  });

  it('draws hosts that do not move by their mode', () => {
    const hosts = [
      view(0, {}),
      view(1, { owner: '', mode: 'free' }),
      view(2, { owner: '', mode: 'unclaimed' }),
      view(3, { owner: '', mode: 'quarantined' }),
      view(4, { lost: true }),
      view(5, { phase: 'joining' }),
    ];
    const drawn = picture(hosts, overview(), [FLEET[0]!.name]);
    expect(drawn.cells.map((cell) => cell.state)).toEqual([
      'lost',
      'free',
      'unclaimed',
      'quarantined',
      'lost',
      'arriving',
    ]);
    expect(drawn.unheld).toEqual([
      { state: 'free', hosts: 1 },
      { state: 'unclaimed', hosts: 1 },
      { state: 'quarantined', hosts: 1 },
    ]);
    expect(drawn.workloads[0]?.lost).toBe(2);
  });

  it('shows every host in its place before the master answers', () => {
    const drawn = picture([], null);
    expect(drawn.cells).toHaveLength(6);
    expect(drawn.unheld).toEqual([{ state: 'unclaimed', hosts: 6 }]);
    expect(drawn.workloads.map((row) => row.connected)).toEqual([false, false, false]);
  });

  it('shows a move with its scenario time, its blocker, and the way it goes', () => {
    const blockedBy = [{ object: 'vm/a', reason: 'PINNED', sinceMs: 0, message: 'vm/a is pinned' }];
    const moving = [
      transition('drain', { blockedBy, word: 'blocked' }),
      transition('join', { direction: 'rollback' }),
      transition('wipe', { to: '', toMode: 'free' }),
    ];
    const { moves } = picture([], overview({ moving }));
    expect(moves[0]).toMatchObject({ elapsedMs: 720_000, message: 'vm/a is pinned', word: 'blocked' });
    expect(moves[1]).toMatchObject({ from: 'hadoop/night', to: 'ovirt/prod', step: 'back: join' });
    expect(moves[2]).toMatchObject({ from: 'ovirt/prod', to: 'free' });
  });
});
