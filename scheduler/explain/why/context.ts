/** What a reason is about, as far as it is known; the remedies name it. */
export interface Context {
  readonly frameworkId?: string;
  readonly role?: string;
  readonly host?: string;
  readonly demandId?: string;
  /** Shape of the hosts that are asked for. */
  readonly shape?: string;
  /** Hosts or slices still missing. */
  readonly pending?: number;
  /** The planner moves no host for so few that are missing. */
  readonly isSmall?: boolean;
}
