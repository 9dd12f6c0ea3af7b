import type { DemoModel, HostCell, HostState, WorkloadRow } from '../../../src/demo/view/model.js';

const OWNERS = ['ovirt/prod', 'kubernetes/east', 'hadoop/night'] as const;

/** A wave, so that the sparkline has something to draw. */
function history(peak: number, phase: number): readonly number[] {
  return Array.from({ length: 60 }, (_, index) => Math.round(peak * (0.55 + 0.45 * Math.sin((index + phase) / 7))));
}

function row(frameworkId: string, values: Partial<WorkloadRow>): WorkloadRow {
  return {
    frameworkId,
    connected: true,
    hosts: 20,
    serving: 20,
    movingIn: 0,
    movingOut: 0,
    lost: 0,
    wanted: 20,
    guarantee: 12,
    limit: -1,
    why: 'has all it asks for',
    demandCores: 600,
    supplyCores: 640,
    queuedCoreHours: 0,
    history: history(600, 0),
    ...values,
  };
}

/** Hosts in racks, owners interleaved; `states` sets single hosts apart. */
export function cells(
  hosts: number,
  racks: number,
  states: Readonly<Record<number, readonly [HostState, number]>> = {},
): readonly HostCell[] {
  return Array.from({ length: hosts }, (_, index): HostCell => {
    const [state, owner] = states[index] ?? ['serving', index % OWNERS.length];
    const rack = `rack-${String(Math.floor((index * racks) / hosts) + 1).padStart(2, '0')}`;
    return { name: `node${String(index + 1).padStart(2, '0')}`, rack, owner, state };
  });
}

/** A demo in the middle of its day, with something of everything on the screen. */
export function runningModel(changes: Partial<DemoModel> = {}): DemoModel {
  return {
    version: '0.1.0',
    scenario: 'default',
    hosts: 60,
    seed: 7,
    speed: 720,
    phase: 'running',
    phaseText: '',
    nowMs: 6.4 * 3_600_000,
    runMs: 24 * 3_600_000,
    startHour: 0,
    grpcAddress: '127.0.0.1:7600',
    httpAddress: 'http://127.0.0.1:7680',
    commands: ['npx mosaic', 'npx mosaic why hadoop/night', 'npx mosaic quota set /research/hadoop --weight 8'],
    cells: cells(60, 6, {
      4: ['leaving', 0],
      11: ['cleaning', -1],
      17: ['arriving', 2],
      23: ['lost', 1],
      31: ['free', -1],
      46: ['quarantined', -1],
    }),
    unheld: [
      { state: 'free', hosts: 1 },
      { state: 'cleaning', hosts: 1 },
      { state: 'quarantined', hosts: 1 },
    ],
    workloads: [
      row('ovirt/prod', { hosts: 20, serving: 19, movingOut: 1, wanted: 19, demandCores: 571, supplyCores: 608 }),
      row('kubernetes/east', {
        hosts: 19,
        serving: 18,
        lost: 1,
        wanted: 21,
        why: 'waits for 2 hosts: every other role is at its guarantee [FAIR_SHARE]',
        demandCores: 655,
        supplyCores: 576,
        history: history(655, 20),
      }),
      row('hadoop/night', {
        hosts: 18,
        serving: 17,
        movingIn: 2,
        wanted: 30,
        guarantee: 6,
        limit: 36,
        why: 'waits for 10 hosts: the move budget is spent [MOVE_BUDGET]',
        demandCores: 911,
        supplyCores: 544,
        queuedCoreHours: 367,
        history: history(911, 40),
      }),
    ],
    moves: [
      {
        host: 'node05',
        from: 'ovirt/prod',
        to: 'hadoop/night',
        step: 'drain',
        progressMilli: 600,
        elapsedMs: 7 * 60_000,
        word: 'blocked',
        message: 'vm/node05-3 is pinned',
      },
      {
        host: 'node12',
        from: 'kubernetes/east',
        to: 'hadoop/night',
        step: 'verify_clean',
        progressMilli: 1_000,
        elapsedMs: 11 * 60_000,
        word: 'working',
        message: '',
      },
      {
        host: 'node18',
        from: '',
        to: 'hadoop/night',
        step: 'join',
        progressMilli: 500,
        elapsedMs: 64_000,
        word: 'working',
        message: 'joining',
      },
    ],
    movesDone: 23,
    decisions: [
      {
        atMs: 6.3 * 3_600_000,
        kind: 'begun',
        text: 'node05 ovirt/prod → hadoop/night: hadoop/night is owed 12 hosts more than it has',
      },
      { atMs: 6.2 * 3_600_000, kind: 'done', text: 'node44 kubernetes/east → hadoop/night in 13 min' },
      { atMs: 6.1 * 3_600_000, kind: 'undone', text: 'node09 stays with ovirt/prod: the drain passed its deadline' },
      { atMs: 6 * 3_600_000, kind: 'note', text: 'kubernetes/east connected again' },
    ],
    needs: [{ message: 'node47 is quarantined: two machines have its uuid', remedy: 'mosaic why node47' }],
    restarts: [
      { child: 'master', count: 2 },
      { child: 'hadoop/night', count: 1 },
    ],
    frozen: false,
    killed: ['node24'],
    notice: '',
    help: false,
    ...changes,
  };
}

/** The very first picture: nothing has answered yet. */
export function startingModel(): DemoModel {
  return runningModel({
    phase: 'starting',
    phaseText: 'starting the master, 60 agents and 3 frameworks',
    nowMs: 0,
    grpcAddress: '',
    httpAddress: '',
    cells: cells(60, 6).map((cell) => ({ ...cell, owner: -1, state: 'unclaimed' as const })),
    unheld: [{ state: 'unclaimed', hosts: 60 }],
    workloads: OWNERS.map((id) =>
      row(id, { connected: false, hosts: 0, serving: 0, wanted: 0, demandCores: 0, supplyCores: 0, history: [] }),
    ),
    moves: [],
    movesDone: 0,
    decisions: [],
    needs: [],
    restarts: [],
    killed: [],
  });
}
