import { sharedFree } from '../allocate/kept.js';
import { freeOf, mayOfferSlices } from '../allocate/offerable.js';
import { unusedOf } from '../allocate/pass-hosts.js';
import type { Core } from '../core.js';
import { isExpected } from '../reconcile/expected-hosts.js';
import { add, equal, fitsResources, type Quantities, type Resources } from '../resources/index.js';
import type { Table } from '../state/table.js';
import type { Report } from './violation.js';

/** Every index holds exactly what its table says: an index that drifted would hide work from its part. */
export function checkIndices(core: Core, report: Report): void {
  const { state } = core;
  compare(report, 'leasesByFramework', state.leases, state.leasesByFramework, (r) => r.frameworkId);
  compare(report, 'tasksByHost', state.tasks, state.tasksByHost, (r) => r.hostId);
  compare(report, 'reservationsByHost', state.reservations, state.reservationsByHost, (r) => r.hostId);
  compare(report, 'tasksByFramework', state.tasks, state.tasksByFramework, (r) => r.frameworkId);
  compare(report, 'offersByHost', state.offers, state.offersByHost, (r) => r.hostId);
  compare(report, 'offersByFramework', state.offers, state.offersByFramework, (r) => r.frameworkId);
  for (const host of state.hosts.values()) {
    const known = core.passHosts.get(host.hostId);
    if (known?.host !== host) report('REF', `host ${host.name}`, 'is not what passes take it for');
    else if (!equalResources(core.passHosts.unused(known), unusedOf(state, host)))
      report('REF', `host ${host.name}`, 'has something else unused than passes take it for');
    else if (known.offers.count !== state.offersByHost.count(host.hostId))
      report('REF', `host ${host.name}`, 'has other offers than passes take it for');
  }
  compare(report, 'demandsByFramework', state.demands, state.demandsByFramework, (r) => r.frameworkId);
  compare(report, 'hostsByName', state.hosts, state.hostsByName, (r) => r.name);
  compare(report, 'hostsByUuid', state.hosts, state.hostsByUuid, (r) => r.identity.uuid);
  compare(report, 'hostsByMode', state.hosts, state.hostsByMode, (r) => r.mode);
  compare(report, 'runningTransitions', state.transitions, state.runningTransitions, (r) =>
    r.outcome === 'running' ? 'running' : 'ended',
  );
  if (core.quota.root?.keeps === true) {
    let free: Quantities = {};
    for (const hostId of state.hostsByMode.get('shared')) {
      const known = core.passHosts.get(hostId);
      if (known !== undefined && mayOfferSlices(core, known)) free = add(free, freeOf(core, known).quantities);
    }
    if (!equal(free, sharedFree(core))) report('REF', 'shared hosts', 'have something else free than is counted');
  }
  const expected = [...state.hosts.values()].filter((host) => isExpected(state, host));
  if (core.expectedHosts.size !== expected.length)
    report('REF', 'expected hosts', `are ${expected.length}, but ${core.expectedHosts.size} are counted`);
  const silent = expected.filter(({ hostId }) => {
    const presence = state.hostPresence.get(hostId);
    return presence !== undefined && !presence.connected && !presence.lost;
  });
  const counted = core.expectedHosts.silentBetween(-Infinity, Infinity);
  if (counted !== silent.length)
    report('REF', 'expected hosts', `are silent: ${silent.length}, but ${counted} are counted`);
}

interface Index {
  get(key: string): ReadonlySet<string>;
  keys(): Iterable<string>;
}

function compare<R>(report: Report, name: string, table: Table<R>, index: Index, keyOf: (record: R) => string): void {
  let indexed = 0;
  for (const key of index.keys()) indexed += index.get(key).size;
  if (indexed !== table.size) report('REF', `index ${name}`, `holds ${indexed} ids for ${table.size} records`);
  for (const record of table.values())
    if (!index.get(keyOf(record)).has(table.idOf(record)))
      report('REF', `index ${name}`, `lacks ${table.idOf(record)} under ${keyOf(record)}`);
}

function equalResources(a: Resources, b: Resources): boolean {
  return fitsResources(a, b) && fitsResources(b, a);
}
