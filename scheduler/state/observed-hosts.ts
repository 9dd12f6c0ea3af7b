import type { ObservedHost } from '../protocol.js';
import type { ObservationRecord } from './records.js';
import type { Table } from './table.js';

/** What each framework's manager has, by host id; follows the observations by itself. */
export class ObservedHosts {
  readonly #byFramework = new Map<string, Map<string, ObservedHost>>();

  constructor(table: Table<ObservationRecord>) {
    table.observe((before, after) => {
      if (before !== undefined && before.hostId !== null && before.hostId !== after?.hostId)
        this.#of(before.frameworkId).delete(before.hostId);
      if (after !== undefined && after.hostId !== null) this.#of(after.frameworkId).set(after.hostId, after.observed);
    });
  }

  /** Live map: it changes with the observations. */
  of(frameworkId: string): ReadonlyMap<string, ObservedHost> {
    return this.#of(frameworkId);
  }

  /** The framework is gone for good. */
  forget(frameworkId: string): void {
    this.#byFramework.delete(frameworkId);
  }

  #of(frameworkId: string): Map<string, ObservedHost> {
    let hosts = this.#byFramework.get(frameworkId);
    if (hosts === undefined) this.#byFramework.set(frameworkId, (hosts = new Map<string, ObservedHost>()));
    return hosts;
  }
}
