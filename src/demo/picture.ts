/** Puts the view's model together from what the master says, the scoreboard knows and the keyboard did. */
import type { HostView, OverviewView, TransitionView } from '../client/index.js';
import { frameworkName, type FleetHost, type Scenario } from '../scenario/index.js';
import type { Scoreboard, Standing } from './scoreboard.js';
import type { DemoModel, HostCell, HostState, MoveRow, WorkloadRow } from './view/model.js';

/** A workload of which the master knows nothing yet. */
const NO_STANDING: Standing = { demandCores: 0, supplyCores: 0, queuedCoreHours: 0, history: [] };
const EMPTY_ROW = { hosts: 0, serving: 0, movingIn: 0, movingOut: 0, wanted: 0, guaranteeHosts: 0, limitHosts: -1 };

export interface PictureSource {
  readonly scenario: Scenario;
  readonly fleet: readonly FleetHost[];
  readonly speed: number;
  /** Null while it is not known what is wanted. */
  readonly scoreboard: Scoreboard | null;
  readonly overview: OverviewView | null;
  readonly hosts: readonly HostView[];
  readonly killed: ReadonlySet<string>;
}

export type Picture = Pick<DemoModel, 'cells' | 'unheld' | 'workloads' | 'moves' | 'needs' | 'frozen'>;

export function pictureOf(source: PictureSource): Picture {
  const { overview } = source;
  const owners = source.scenario.workloads.map(frameworkName);
  const cells = cellsOf(source, owners);
  return {
    cells,
    unheld: unheldOf(source, cells),
    workloads: owners.map((frameworkId, index) => rowOf(source, frameworkId, index, cells)),
    moves: (overview?.moving ?? []).map((transition) => moveOf(transition, overview?.nowMs ?? 0, source.speed)),
    needs: (overview?.needsYou ?? []).map(({ message, remedy }) => ({ message, remedy })),
    frozen: (overview?.freezes.length ?? 0) > 0,
  };
}

/** Each host in its place, known from the first moment; what it is comes from the master. */
function cellsOf(source: PictureSource, owners: readonly string[]): readonly HostCell[] {
  const known = new Map(source.hosts.map((host) => [host.name, host]));
  return source.fleet.map((host) => {
    const view = known.get(host.name);
    if (view === undefined) return { name: host.name, rack: host.rack, owner: -1, state: 'unclaimed' };
    const transition = view.transition;
    const state = source.killed.has(host.name) || view.lost ? 'lost' : stateOf(view);
    const owner = state === 'arriving' ? (transition?.to ?? view.owner) : state === 'cleaning' ? '' : view.owner;
    return { name: host.name, rack: host.rack, owner: owners.indexOf(owner), state };
  });
}

function stateOf(view: HostView): HostState {
  if (view.mode === 'quarantined') return 'quarantined';
  const { transition } = view;
  if (transition !== null && transition.outcome === 'running') {
    switch (transition.step) {
      case 'forecast':
        return view.owner === '' ? 'arriving' : unlessDrained(view, 'serving');
      case 'drain':
      case 'cancel_drain':
      case 'leave':
        return 'leaving';
      case 'wipe':
      case 'verify_clean':
      case 'offer':
        return 'cleaning';
      case 'prepare':
      case 'join':
      case 'verify':
        return 'arriving';
    }
  }
  switch (view.mode) {
    case 'leased':
      if (view.phase === 'joining') return 'arriving';
      return view.phase === 'leaving' ? 'leaving' : unlessDrained(view, 'serving');
    case 'shared':
      return unlessDrained(view, 'serving');
    case 'free':
      return unlessDrained(view, 'free');
    case 'unclaimed':
      return 'unclaimed';
  }
}

/** Maintenance comes before the state that the host would have without it; on a cordoned one everything goes on. */
function unlessDrained({ drain }: HostView, state: 'serving' | 'free'): HostState {
  if (drain === null) return state;
  if (drain.phase === 'draining') return 'draining';
  return drain.phase === 'drained' || state === 'free' ? 'drained' : state;
}

function unheldOf(source: PictureSource, cells: readonly HostCell[]): DemoModel['unheld'] {
  const counts = new Map<HostState, number>();
  const add = (state: HostState, hosts: number): void => {
    counts.set(state, (counts.get(state) ?? 0) + hosts);
  };
  if (source.hosts.length > 0 || source.overview === null) {
    for (const cell of cells) if (cell.owner === -1) add(cell.state, 1);
  } else {
    const { free, unclaimed, quarantined } = source.overview.hostsByMode;
    add('free', free);
    add('unclaimed', unclaimed);
    add('quarantined', quarantined);
  }
  return [...counts].filter(([, hosts]) => hosts > 0).map(([state, hosts]) => ({ state, hosts }));
}

function rowOf(source: PictureSource, frameworkId: string, index: number, cells: readonly HostCell[]): WorkloadRow {
  const owner = source.overview?.owners.find((one) => one.owner === frameworkId);
  const { hosts, serving, movingIn, movingOut, wanted, guaranteeHosts, limitHosts } = owner ?? EMPTY_ROW;
  const workload = source.scenario.workloads[index]?.name ?? '';
  return {
    frameworkId,
    connected: owner?.connected ?? false,
    ...{ hosts, serving, movingIn, movingOut, wanted },
    guarantee: guaranteeHosts,
    limit: limitHosts,
    lost: cells.filter((cell) => cell.owner === index && cell.state === 'lost').length,
    why: owner?.why ?? '',
    ...(source.scoreboard?.standing(workload) ?? NO_STANDING),
  };
}

function moveOf(transition: TransitionView, nowMs: number, speed: number): MoveRow {
  const { hostName, from, to, toMode, step, progressMilli, startedMs, word, message, blockedBy, direction } =
    transition;
  const blocker = blockedBy[0];
  const target = to === '' ? toMode : to;
  return {
    host: hostName,
    from: direction === 'rollback' ? target : from,
    to: direction === 'rollback' ? from : target,
    step: direction === 'rollback' ? `back: ${step}` : step,
    progressMilli,
    elapsedMs: Math.max(nowMs - startedMs, 0) * speed,
    word,
    message: blocker?.message ?? (word === 'working' && message === 'started' ? '' : message),
  };
}
