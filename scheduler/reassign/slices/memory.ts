import type { Resources } from '../../resources/index.js';

/** The timer of the rounds; set while there is anything to look at. */
export const SLICE_TIMER = 'task-reclaim';
/** The timer of looks at what was begun, between rounds: a task ended, or the time of a kill has come. */
export const SLICE_REVIEW_TIMER = 'task-reclaim-review';

/** Room for units of a demand that is being made on one host by ending tasks of others; given when all of it is there. */
export interface SliceReclaim {
  /** Who gets the room. */
  readonly frameworkId: string;
  readonly role: string;
  readonly demandId: string;
  /** The role whose guarantee it helps to meet: `role` or one above it. */
  readonly guaranteed: string;
  readonly hostId: string;
  readonly unit: Resources;
  /** How many units; at least 1. */
  readonly units: number;
  /** Tasks that were told so and have not ended. */
  readonly taskKeys: readonly string[];
  /** When they are killed if they still run. */
  readonly killAtMs: number;
  /** The kills are out. */
  readonly isKilling: boolean;
}

/** Where a round had looked at enough and the next goes on. */
export interface SliceResume {
  readonly claimKey: string;
  /** null = at the first host. */
  readonly hostId: string | null;
}

export function claimKey(frameworkId: string, role: string, demandId: string): string {
  return `${frameworkId}|${role}|${demandId}`;
}

/**
 * What the reclaim of slices remembers from round to round. Soft: after a restart a notice is given anew, which only delays
 * a kill. Bounded by one reclaim a host and one entry for each demand for slices.
 */
export class SliceMemory {
  readonly #byHost = new Map<string, SliceReclaim>();
  /** Since when a claim is unmet, ms; and in how many rounds in a row. */
  readonly sinceMs = new Map<string, number>();
  readonly rounds = new Map<string, number>();
  /** When room was last made for a framework in a role (`<frameworkId>|<role>`), ms. */
  readonly freedMs = new Map<string, number>();
  /** Why nothing is taken back for a claim, as of the last round: the reason from the closed set, a colon, a sentence. */
  notes: ReadonlyMap<string, string> = new Map();
  /** Where the next round begins; null = at the first claim. */
  resume: SliceResume | null = null;
  /** Roles whose condition GUARANTEE_UNMET is about slices. */
  unmet: ReadonlySet<string> = new Set();
  /** When a round last counted, ms. */
  countedMs = -Infinity;

  /** Whether the host's room is kept for somebody until its reclaim is over. */
  holds(hostId: string): boolean {
    // Passes ask of every host, and seldom is there any such reclaim.
    return this.#byHost.size > 0 && this.#byHost.has(hostId);
  }

  /** Oldest first. */
  reclaims(): readonly SliceReclaim[] {
    return [...this.#byHost.values()];
  }

  put(reclaim: SliceReclaim): void {
    this.#byHost.set(reclaim.hostId, reclaim);
  }

  delete(hostId: string): void {
    this.#byHost.delete(hostId);
  }
}
