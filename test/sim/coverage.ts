import { TRANSITION_EDGES, type Effect, type Event } from '../../scheduler/index.js';

/** A kind that a run meets less often than this proves nothing. */
export const OCCURRENCES_MIN = 20;

const EVENTS = {
  started: true,
  tick: true,
  session_open: true,
  peer_connected: true,
  peer_disconnected: true,
  framework_message: true,
  agent_message: true,
  operator_command: true,
  quarantine: true,
} as const satisfies Record<Event['kind'], true>;

const EFFECTS = {
  send: true,
  ack: true,
  session_accepted: true,
  session_refused: true,
  disconnect: true,
  operator_reply: true,
  decision: true,
} as const satisfies Record<Effect['kind'], true>;

/** What the task framework must have got, or done, for its part of the world to mean anything. */
const TASKS = ['launched slice', 'launched group', 'launched open offer', 'declined for a day'] as const;

/** Changes of quota, and what they lead to. */
const QUOTA = ['done role_set', 'reclaimed host'] as const;

/** What a run has to meet beside events, effects and edges: maintenance in all its forms, and mass failures. */
const STORIES = [
  'command host_drain ok',
  'command host_drain_cancel ok',
  'command maintenance_set ok',
  'command maintenance_delete ok',
  'command breaker_reset ok',
  'condition MASS_FAILURE',
  'condition DRAIN_OVERDUE',
  'sends host_unavailable',
];

/** What is made, used and given up of shared hosts, by operators and by frameworks. */
const RESERVATIONS = [
  'command reserve ok',
  'command reserve FAILED_PRECONDITION',
  'command unreserve ok',
  'tasks reserve ok',
  'tasks unreserve ok',
  'tasks launch on a reservation ok',
];

/** What the peers of crowded worlds must have lived through: slices taken back in every way, groups of hosts, open offers. */
const PEERS = [
  'reclaim notice',
  'reclaim victim ended by itself',
  'reclaim killed after notice',
  'reclaim claim withdrawn',
  'reclaimed slice used',
  'group offered',
  'group claimed',
  'open offer launched',
  'open offer declined',
  'open offer not answered',
] as const;

/** How often everything happened over many seeds. */
export class Coverage {
  readonly counts = new Map<string, number>();

  add(name: string, times = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + times);
  }

  merge(other: Iterable<readonly [string, number]>): void {
    for (const [name, times] of other) this.add(name, times);
  }

  /** What must happen and did not often enough, worst first. */
  missing(): readonly { readonly name: string; readonly times: number }[] {
    const required = [
      ...Object.keys(EVENTS).map((kind) => `event ${kind}`),
      ...Object.keys(EFFECTS).map((kind) => `effect ${kind}`),
      ...TRANSITION_EDGES.map((edge) => `edge ${edge}`),
      ...TASKS.map((what) => `tasks ${what}`),
      ...QUOTA,
      ...STORIES,
      ...RESERVATIONS,
      ...PEERS.map((what) => `peers ${what}`),
    ];
    return required
      .map((name) => ({ name, times: this.counts.get(name) ?? 0 }))
      .filter(({ times }) => times < OCCURRENCES_MIN)
      .sort((a, b) => a.times - b.times || (a.name < b.name ? -1 : 1));
  }
}
