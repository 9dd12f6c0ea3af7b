/** A small cluster around a bare core: what tests of the ledger, the entitlement and the allocator start from. */
import {
  acceptOffers,
  allocate,
  declineOffers,
  expireFilters,
  expireOffers,
  rescindOffers,
  setDemand,
  setOpenOffers,
} from '../../../../scheduler/allocate/index.js';
import { DEFAULT_OPTIONS, type SchedulerOptions } from '../../../../scheduler/config.js';
import { Core } from '../../../../scheduler/core.js';
import type {
  AcceptAction,
  DemandEntry,
  DemandStatus,
  FrameworkEvent,
  Offer,
  TaskSpec,
} from '../../../../scheduler/protocol.js';
import { ensureDefaults, newRole } from '../../../../scheduler/quota/index.js';
import type { Quantities, Resources } from '../../../../scheduler/resources/index.js';
import type { HostMode, HostRecord, RoleRecord } from '../../../../scheduler/state/records.js';

export const GIB = 2 ** 30;
/** 16 CPUs, 64 GiB, a thousand ports. */
export const STANDARD_HOST: Resources = {
  quantities: { cpusMilli: 16_000, memoryBytes: 64 * GIB },
  ports: [{ first: 31_000, last: 31_999 }],
};

export interface HostSpec {
  readonly name: string;
  readonly mode?: HostMode;
  readonly shape?: string;
  readonly rack?: string;
  readonly zone?: string;
  readonly resources?: Resources;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly clean?: boolean;
}

export function cpus(count: number, memoryGib = 0): Resources {
  const memory: Quantities = memoryGib === 0 ? {} : { memoryBytes: memoryGib * GIB };
  return { quantities: { cpusMilli: count * 1000, ...memory }, ports: [] };
}

export { hostsWanted as hostsEntry, slicesWanted as slicesEntry } from '../../../support/core-samples.js';

export function task(taskId: string, resources: Resources): TaskSpec {
  return { taskId, name: taskId, resources, image: 'busybox', command: [], env: {}, killGraceMs: 0, labels: {} };
}

export class World {
  readonly core: Core;
  /** Directed offers whose loss was reported, as `<transitionId>: <why>`. */
  readonly landingsLost: string[] = [];
  readonly launched: {
    readonly frameworkId: string;
    readonly role: string;
    readonly hostId: string;
    readonly taskIds: readonly string[];
  }[] = [];
  readonly #events: { readonly frameworkId: string; readonly event: FrameworkEvent }[] = [];
  #commands = 0;

  constructor(options: Partial<SchedulerOptions> = {}) {
    this.core = new Core({ ...DEFAULT_OPTIONS, ...options });
    this.core.term = 1;
    this.core.nowMs = 1_000_000;
    ensureDefaults(this.core);
    this.core.upcalls = {
      rescindOffers,
      onLandingLost: (_core, transitionId, why) => {
        this.landingsLost.push(`${transitionId}: ${why}`);
      },
      beginJoin: (_core, hostId, frameworkId, role, _demandId, transitionId) => {
        const leaseId = this.lease(hostId, frameworkId, role);
        return { leaseId, transitionId: transitionId ?? this.core.nextId('t') };
      },
      launchTasks: (_core, frameworkId, role, hostId, tasks, reservationId) => {
        this.launched.push({ frameworkId, role, hostId, taskIds: tasks.map(({ taskId }) => taskId) });
        for (const spec of tasks) this.runTask(hostId, frameworkId, role, spec, reservationId);
      },
    };
  }

  role(path: string, change: Partial<RoleRecord> = {}): void {
    this.core.state.roles.put({ ...newRole(path), ...this.core.state.roles.get(path), ...change });
  }

  shape(shape: string, rank: number): void {
    this.core.state.shapes.put({ shape, rank, constraints: [], minimum: {} });
  }

  host(spec: HostSpec): HostRecord {
    const { name, mode = 'free', shape = 'standard', rack = 'r1', zone = 'z1' } = spec;
    const host: HostRecord = {
      hostId: name,
      name,
      identity: { uuid: name, serial: '', macs: [] },
      resources: spec.resources ?? STANDARD_HOST,
      attributes: spec.attributes ?? {},
      faultDomain: { region: 'eu', zone, rack },
      image: '',
      shape,
      mode,
      modeSinceMs: 0,
      quarantineReason: '',
      leaseId: null,
      transitionId: null,
      clean: spec.clean ?? true,
      cordoned: false,
      cordonReason: '',
      commandSeq: 0,
      coolDownUntilMs: 0,
    };
    this.core.state.hosts.put(host);
    this.core.state.hostPresence.put({
      hostId: name,
      connected: true,
      reported: true,
      lastSeenMs: 0,
      lost: false,
      profile: '',
      cleanliness: '',
    });
    this.core.markDirty(name);
    return host;
  }

  /** `count` hosts named `<prefix>1`, `<prefix>2`, … */
  hosts(count: number, prefix = 'h', spec: Omit<HostSpec, 'name'> = {}): void {
    for (let number = 1; number <= count; number += 1) this.host({ name: `${prefix}${number}`, ...spec });
  }

  framework(frameworkId: string, roles: readonly string[], executesSteps = true): void {
    const [workload = '', name = ''] = frameworkId.split('/');
    this.core.state.frameworks.put({
      frameworkId,
      workload,
      name,
      roles,
      executesSteps,
      registeredMs: this.core.nowMs,
      tornDown: false,
    });
    this.connect(frameworkId, true);
    for (const role of roles) if (!this.core.state.roles.has(role)) this.role(role);
  }

  connect(frameworkId: string, connected: boolean): void {
    const sinceMs = this.core.nowMs;
    const none = { observed: true, hosts: new Map() };
    this.core.state.frameworkPresence.put({ frameworkId, connected, sinceMs, ...none });
  }

  demand(frameworkId: string, role: string, entries: readonly DemandEntry[]): void {
    setDemand(this.core, frameworkId, { kind: 'demand', role, asOfSeq: 0, entries });
  }

  openOffers(frameworkId: string, role: string, enabled = true, minimum: Quantities = {}): void {
    setOpenOffers(this.core, frameworkId, { kind: 'open_offers', role, enabled, minimum });
  }

  /** The host becomes leased and serving at once. */
  lease(hostId: string, frameworkId: string, role: string): string {
    const { core } = this;
    const host = core.state.hosts.get(hostId);
    if (host === undefined) throw new Error(`no host ${hostId}`);
    const leaseId = core.nextId('l');
    const servingSinceMs = core.nowMs;
    core.state.leases.put({
      leaseId,
      hostId,
      frameworkId,
      role,
      origin: 'claimed',
      phase: 'serving',
      sinceMs: core.nowMs,
      servingSinceMs,
    });
    core.state.hosts.put({ ...host, mode: 'leased', leaseId, transitionId: null, clean: false });
    return leaseId;
  }

  /** The lease ends and the host is free and clean again. */
  release(hostId: string): void {
    const host = this.core.state.hosts.get(hostId);
    if (host === undefined || host.leaseId === null) throw new Error(`host ${hostId} is not leased`);
    this.core.state.leases.delete(host.leaseId);
    this.core.state.hosts.put({ ...host, mode: 'free', leaseId: null, clean: true });
    this.core.markDirty(hostId);
  }

  runTask(hostId: string, frameworkId: string, role: string, spec: TaskSpec, reservationId?: string): void {
    this.core.state.tasks.put({
      taskKey: `${frameworkId}/${spec.taskId}`,
      taskId: spec.taskId,
      frameworkId,
      role,
      hostId,
      spec,
      state: 'running',
      statusSeq: 1,
      message: '',
      exitCode: null,
      launchSeq: 1,
      killSeq: 0,
      killGraceMs: 0,
      updatedMs: 0,
      ...(reservationId === undefined ? {} : { reservationId }),
    });
  }

  endTask(taskKey: string): void {
    const record = this.core.state.tasks.get(taskKey);
    if (record === undefined) throw new Error(`no task ${taskKey}`);
    this.core.state.tasks.put({ ...record, state: 'finished' });
    this.core.markDirty(record.hostId);
  }

  /** Runs passes until no host is dirty; the offers made, in order. */
  pass(): readonly Offer[] {
    const before = this.sent('offers').length;
    do allocate(this.core);
    while (this.core.dirtyHosts.size > 0 || this.core.allocationMemory.lookAtAll.size > 0);
    return this.sent('offers')
      .slice(before)
      .flatMap(({ event }) => event.offers);
  }

  /** Time passes; offers and filters that are due end. */
  advance(ms: number): void {
    const { core } = this;
    core.nowMs += ms;
    for (let key = core.timers.takeDue(core.nowMs); key !== null; key = core.timers.takeDue(core.nowMs)) {
      const id = key.slice(key.indexOf('/') + 1);
      if (key.startsWith('offers/')) expireOffers(core, Number(id));
      else if (key.startsWith('filters/')) expireFilters(core, Number(id));
    }
  }

  accept(
    frameworkId: string,
    offerIds: readonly string[],
    action: AcceptAction = { kind: 'claim' },
    commandId = `c${(this.#commands += 1)}`,
  ) {
    acceptOffers(this.core, frameworkId, { kind: 'accept', commandId, offerIds, action });
    const answer = this.sent('result').findLast(({ event }) => event.commandId === commandId);
    if (answer === undefined) throw new Error(`command ${commandId} got no result`);
    return answer.event.outcome;
  }

  decline(frameworkId: string, offerIds: readonly string[], filterMs = 0): void {
    declineOffers(this.core, frameworkId, { kind: 'decline', offerIds, filterMs, reason: '' });
  }

  /** Everything of one kind sent to frameworks so far. */
  sent<K extends FrameworkEvent['kind']>(
    kind: K,
  ): readonly { readonly frameworkId: string; readonly event: Extract<FrameworkEvent, { kind: K }> }[] {
    for (const effect of this.core.takeEffects()) {
      if (effect.kind !== 'send' || !effect.peerId.startsWith('framework/')) continue;
      this.#events.push({
        frameworkId: effect.peerId.slice('framework/'.length),
        event: effect.message as FrameworkEvent,
      });
    }
    return this.#events.filter(({ event }) => event.kind === kind) as never;
  }

  lastStatus(frameworkId: string, demandId: string): DemandStatus | undefined {
    const last = this.sent('demand_status').findLast((sent) => sent.frameworkId === frameworkId);
    return last?.event.statuses.find((status) => status.demandId === demandId);
  }

  total(role: string, dimension: string): number {
    return this.core.ledger.account(role).total[dimension] ?? 0;
  }
}

/** `framework=host` per offer, by host: what most tests compare. */
export function targets(world: World, offers: readonly Offer[]): readonly string[] {
  const byHost = [...offers].sort((a, b) => (a.hostName < b.hostName ? -1 : 1));
  return byHost.map(
    ({ offerId, hostName }) => `${world.core.state.offers.get(offerId)?.frameworkId ?? 'gone'}=${hostName}`,
  );
}
