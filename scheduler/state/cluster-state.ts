import type { Mutation } from '../effects.js';
import type { TaskState } from '../protocol.js';
import { GroupIndex } from './group-index.js';
import { hostLayout } from './host-layout.js';
import { identityKeys } from './identity.js';
import { MultiIndex } from './multi-index.js';
import { ObservedHosts } from './observed-hosts.js';
import type {
  CommandRecord,
  ConditionRecord,
  DemandRecord,
  DrainRecord,
  FrameworkPresence,
  FrameworkRecord,
  FreezeRecord,
  HostPresence,
  HostRecord,
  LeaseRecord,
  MetaRecord,
  ObservationRecord,
  OfferRecord,
  PlanRecord,
  ReservationRecord,
  RoleRecord,
  SessionRecord,
  ShapeRecord,
  TaskRecord,
  TransitionProgress,
  TransitionRecord,
  WindowRecord,
} from './records.js';
import { KeyedRolls, OwnedRolls } from './roll.js';
import { SequenceMap } from './sequence-map.js';
import { Table } from './table.js';

/**
 * All records of the core. Durable tables collect their changes as mutations of the running step; soft ones do not.
 * Indices follow their tables. Nothing here decides anything.
 */
export class ClusterState {
  readonly #mutations = new Map<string, unknown>();
  readonly #made = new Set<string>();
  #isLoading = false;
  readonly #record = (table: string, id: string, value: unknown, isNew: boolean): void => {
    if (this.#isLoading) return; // It comes from the store.
    const key = `${table}/${id}`;
    this.#mutations.set(key, value);
    if (isNew) this.#made.add(key);
  };

  // Durable
  readonly meta = new Table<MetaRecord>('meta', (r) => r.key, this.#record);
  readonly hosts = new Table<HostRecord>('host', (r) => r.hostId, this.#record, new Map(), hostLayout);
  readonly leases = new Table<LeaseRecord>('lease', (r) => r.leaseId, this.#record);
  readonly frameworks = new Table<FrameworkRecord>('framework', (r) => r.frameworkId, this.#record);
  readonly sessions = new Table<SessionRecord>('session', (r) => r.peerId, this.#record);
  readonly roles = new Table<RoleRecord>('role', (r) => r.path, this.#record);
  readonly shapes = new Table<ShapeRecord>('shape', (r) => r.shape, this.#record);
  readonly tasks = new Table<TaskRecord>('task', (r) => r.taskKey, this.#record);
  readonly reservations = new Table<ReservationRecord>('reservation', (r) => r.reservationId, this.#record);
  /** Running transitions, and the last `ENDED_TRANSITIONS_KEPT` ended ones. */
  readonly transitions = new Table<TransitionRecord>('transition', (r) => r.transitionId, this.#record);
  readonly plans = new Table<PlanRecord>('plan', (r) => r.planId, this.#record);
  readonly freezes = new Table<FreezeRecord>('freeze', (r) => r.scope, this.#record);
  readonly commands = new Table<CommandRecord>('command', (r) => r.key, this.#record);
  /** Hosts that are drained, or kept out of use by a maintenance window. */
  readonly drains = new Table<DrainRecord>('drain', (r) => r.hostId, this.#record);
  readonly windows = new Table<WindowRecord>('window', (r) => r.name, this.#record);

  // Soft
  readonly hostPresence = new Table<HostPresence>('host-presence', (r) => r.hostId, null);
  readonly frameworkPresence = new Table<FrameworkPresence>('framework-presence', (r) => r.frameworkId, null);
  readonly observations = new Table<ObservationRecord>('observation', (r) => r.key, null);
  readonly offers = new Table<OfferRecord>('offer', (r) => r.offerId, null, new SequenceMap((r) => r.offerId));
  readonly demands = new Table<DemandRecord>('demand', (r) => r.key, null);
  readonly progress = new Table<TransitionProgress>('progress', (r) => r.transitionId, null);
  readonly conditions = new Table<ConditionRecord>('condition', (r) => r.key, null);

  // Indices
  readonly leasesByFramework = new GroupIndex(
    this.leases,
    (r) => r.leaseId,
    (r) => r.frameworkId,
  );
  readonly tasksByHost = new GroupIndex(
    this.tasks,
    (r) => r.taskKey,
    (r) => r.hostId,
  );
  readonly tasksByFramework = new GroupIndex(
    this.tasks,
    (r) => r.taskKey,
    (r) => r.frameworkId,
  );
  readonly reservationsByHost = new GroupIndex(
    this.reservations,
    (r) => r.reservationId,
    (r) => r.hostId,
  );
  readonly offersByHost = new OwnedRolls(
    this.offers,
    (r) => r.offerId,
    (r) => r.ofHost,
    this.hosts,
    (r) => r.hostId,
  );
  readonly offersByFramework = new OwnedRolls(
    this.offers,
    (r) => r.offerId,
    (r) => r.ofFramework,
    this.frameworks,
    (r) => r.frameworkId,
  );
  /** Slices under offer by the entry they are for (`sliceDemandKey`). */
  readonly sliceOffersByDemand = new KeyedRolls(
    this.offers,
    (r) => r.offerId,
    (r) => (r.wholeHost || r.demandId === '' ? null : sliceDemandKey(r, r.demandId)),
  );
  /** Offers that live and end together. */
  readonly offersByGroup = new KeyedRolls(
    this.offers,
    (r) => r.offerId,
    (r) => r.groupId,
  );
  readonly demandsByFramework = new GroupIndex(
    this.demands,
    (r) => r.key,
    (r) => r.frameworkId,
  );
  readonly hostsByName = new GroupIndex(
    this.hosts,
    (r) => r.hostId,
    (r) => r.name,
  );
  readonly hostsByUuid = new GroupIndex(
    this.hosts,
    (r) => r.hostId,
    (r) => r.identity.uuid,
  );
  readonly hostsByMode = new GroupIndex(
    this.hosts,
    (r) => r.hostId,
    (r) => r.mode,
  );
  readonly conditionsByKind = new GroupIndex(
    this.conditions,
    (r) => r.key,
    (r) => r.kind,
  );
  readonly commandsByPeer = new GroupIndex(
    this.commands,
    (r) => r.key,
    (r) => r.key.slice(0, r.key.indexOf('#')),
  );
  readonly runningTransitions = new GroupIndex(
    this.transitions,
    (r) => r.transitionId,
    (r) => (r.outcome === 'running' ? 'running' : 'ended'),
  );

  /** Ended tasks of a framework that it has not acknowledged, oldest end first. */
  readonly endedTasksByFramework = new GroupIndex(
    this.tasks,
    (r) => r.taskKey,
    (r) => (isEndedState(r.state) ? r.frameworkId : null),
  );
  readonly sessionsBySecret = new GroupIndex(
    this.sessions,
    (r) => r.peerId,
    (r) => r.secretHash,
  );
  /** Hosts by `uuid/…`, `serial/…` and `mac/…`. */
  readonly hostsByIdentity = new MultiIndex(
    this.hosts,
    (r) => r.hostId,
    (r) => r.identity,
    identityKeys,
  );
  readonly observationsByHost = new GroupIndex(
    this.observations,
    (r) => r.key,
    (r) => r.hostId,
  );
  /** Machines of a framework's manager that no agent has reported. */
  readonly strangersByFramework = new GroupIndex(
    this.observations,
    (r) => r.key,
    (r) => (r.hostId === null ? r.frameworkId : null),
  );
  /** The same by `uuid/…`, `serial/…` and `mac/…`. */
  readonly strangersByIdentity = new MultiIndex(
    this.observations,
    (r) => r.key,
    (r) => r,
    (r) => (r.hostId === null ? identityKeys(r.observed.identity) : []),
  );
  readonly observedHosts = new ObservedHosts(this.observations);
  /** Maintenance windows by the hosts that they name. */
  readonly windowsByHost = new MultiIndex(
    this.windows,
    (r) => r.name,
    (r) => r.hostIds,
    (hostIds) => hostIds,
  );

  readonly #durable: readonly Table<never>[] = [
    this.meta,
    this.hosts,
    this.leases,
    this.frameworks,
    this.sessions,
    this.roles,
    this.shapes,
    this.tasks,
    this.reservations,
    this.transitions,
    this.plans,
    this.freezes,
    this.commands,
    this.drains,
    this.windows,
  ] as unknown as readonly Table<never>[];

  /** Whether the host's agent was away for so long that nothing is known of the machine. */
  isLost(hostId: string): boolean {
    return this.hostPresence.get(hostId)?.lost === true;
  }

  /**
   * Whether nobody is served by the host: it is lost, or set aside until a person has looked. Who holds it stays charged for
   * it, because something may still run there; but it is no part of what a demand, a guarantee or a share is met with, as it
   * is no part of the capacity that they are measured by.
   */
  servesNobody(hostId: string): boolean {
    return this.isLost(hostId) || this.hosts.get(hostId)?.mode === 'quarantined';
  }

  /** Whether the breaker of mass failures is open: no host counts as lost, and none is taken to make up for another. */
  get isMassFailure(): boolean {
    return this.conditions.has('MASS_FAILURE|fleet');
  }

  /** Whether the running step has changed a durable record so far. */
  get hasMutations(): boolean {
    return this.#mutations.size > 0;
  }

  /** Keys of the durable records that the running step has changed so far, `<table>/<id>`. */
  get changedKeys(): Iterable<string> {
    return this.#mutations.keys();
  }

  /** Whether the running step made the durable record `<table>/<id>`, which was not there before. */
  isMade(key: string): boolean {
    return this.#made.has(key);
  }

  /** The changes of durable records since the last call: one per key, the last value. Ends what counts as made. */
  takeMutations(): readonly Mutation[] {
    if (this.#mutations.size === 0) return NO_MUTATIONS;
    const mutations: Mutation[] = [];
    for (const [key, value] of this.#mutations) mutations.push({ key, value });
    this.#mutations.clear();
    this.#made.clear();
    return mutations;
  }

  /**
   * Runs `look` with these roles in place of, or besides, those that are there, and puts everything back: for trying a
   * change of quotas. Nothing counts as changed afterwards.
   *
   * @param look must change no record
   */
  withRoles<T>(roles: readonly RoleRecord[], look: () => T): T {
    const mutations = [...this.#mutations];
    const made = [...this.#made];
    const before = roles.map((role) => this.roles.get(role.path));
    try {
      for (const role of roles) this.roles.put(role);
      return look();
    } finally {
      for (const [index, role] of roles.entries()) {
        const was = before[index];
        if (was === undefined) this.roles.delete(role.path);
        else this.roles.put(was);
      }
      this.#mutations.clear();
      for (const [key, value] of mutations) this.#mutations.set(key, value);
      this.#made.clear();
      for (const key of made) this.#made.add(key);
    }
  }

  /** Durable content as `[key, record]`, sorted by key: what a store that received every mutation holds. */
  dump(): readonly (readonly [string, unknown])[] {
    const entries: (readonly [string, unknown])[] = [];
    for (const table of this.#durable) {
      for (const record of table.values()) entries.push([`${table.name}/${tableId(table, record)}`, record]);
    }
    return entries.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  }

  /**
   * Fills an empty state from stored entries, in key order; where the order of a table means age to whoever drops the
   * oldest (commands, ended tasks), in order of age. Throws on an unknown table: the store belongs to another version.
   */
  load(entries: Iterable<readonly [string, unknown]>): void {
    const byName = new Map(this.#durable.map((table) => [table.name, table as unknown as Table<unknown>]));
    this.#isLoading = true;
    const commands: CommandRecord[] = [];
    const tasks: TaskRecord[] = [];
    for (const [key, record] of entries) {
      const table = byName.get(key.slice(0, key.indexOf('/')));
      if (table === undefined)
        throw new Error(`stored record "${key}" belongs to no known table; the store was written by another version`);
      if (table === this.commands) commands.push(record as CommandRecord);
      else if (table === this.tasks) tasks.push(record as TaskRecord);
      else table.put(record);
    }
    for (const command of commands.sort((a, b) => a.atMs - b.atMs)) this.commands.put(command);
    for (const task of tasks.sort((a, b) => a.updatedMs - b.updatedMs)) this.tasks.put(task);
    this.#isLoading = false;
  }
}

/** The entry of a demand for slices, as `sliceOffersByDemand` has it. */
export function sliceDemandKey(
  { frameworkId, role }: { readonly frameworkId: string; readonly role: string },
  demandId: string,
): string {
  return `${frameworkId}|${role}|${demandId}`;
}

function isEndedState(state: TaskState): boolean {
  return state === 'finished' || state === 'failed' || state === 'killed' || state === 'lost';
}

const NO_MUTATIONS: readonly Mutation[] = Object.freeze([]);

function tableId(table: Table<never>, record: never): string {
  return table.idOf(record);
}
