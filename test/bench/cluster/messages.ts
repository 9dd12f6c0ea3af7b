/** What the run and its emulators tell each other over the channel of a child process. */

export interface AgentsStart {
  readonly kind: 'agents';
  readonly address: string;
  /** Hosts `first` to `first + count - 1` of the fleet. */
  readonly first: number;
  readonly count: number;
}

export interface FrameworksStart {
  readonly kind: 'frameworks';
  readonly address: string;
  readonly count: number;
  /** Tasks that are wanted at a time, in all. */
  readonly slots: number;
  readonly taskMeanMs: number;
}

export type ToEmulator =
  | { readonly kind: 'start'; readonly start: AgentsStart | FrameworksStart }
  /** Frameworks: state demand. */
  | { readonly kind: 'demand' }
  /** What happens until `window_end` is counted. */
  | { readonly kind: 'window_begin' }
  | { readonly kind: 'window_end' }
  /** The master is about to be killed. */
  | { readonly kind: 'failover' };

export type FromEmulator =
  | { readonly kind: 'ready' }
  /**
   * Every second. `reported`: agents whose report the master has acknowledged; `running`: tasks, as this side knows; `lost`:
   * tasks that did not end by themselves, since the start.
   */
  | {
      readonly kind: 'state';
      readonly connected: number;
      readonly reported: number;
      readonly running: number;
      readonly lost: number;
    }
  | { readonly kind: 'window'; readonly window: FrameworkWindow }
  /** Agents, after `failover`: moments at which agents had reported again, ascending. Sent when all have. */
  | { readonly kind: 'reported_again'; readonly atMs: readonly number[] }
  /** Frameworks, after `failover`: when the first offer came. */
  | { readonly kind: 'offered_again'; readonly atMs: number };

/** Moments of one launch, in this order; see `launch-times.ts`. */
export type LaunchSample = readonly [
  releasedMs: number,
  offeredMs: number,
  acceptedMs: number,
  launchedMs: number,
  runningMs: number,
];

/** What frameworks have counted between `window_begin` and `window_end`. */
export interface FrameworkWindow {
  readonly lengthMs: number;
  readonly offers: number;
  readonly launches: number;
  /** Tasks that ended as they should. */
  readonly finished: number;
  /** Tasks that the master would not launch: their offer was gone. */
  readonly refused: number;
  /** Launches on slots that were released within the window. */
  readonly samples: readonly LaunchSample[];
}
