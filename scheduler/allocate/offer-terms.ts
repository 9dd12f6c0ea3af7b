import type { HostRecord, OfferRecord } from '../state/records.js';
import type { Roll } from '../state/roll.js';

/** What an offer is of: a host, and the roll of its offers. */
export interface Place {
  readonly host: HostRecord;
  readonly offers: Roll;
}

/** For whom an offer is and what for. */
export interface Terms extends Pick<OfferRecord, 'frameworkId' | 'role' | 'demandId' | 'wholeHost' | 'groupId'> {
  readonly transitionId: string | null;
  /** Whose capacity it offers; undefined = capacity that anybody may have. */
  readonly reservationId: string | undefined;
  /** The framework's offers. */
  readonly ofFramework: Roll;
}
