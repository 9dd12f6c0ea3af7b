/** What one round would take back: decided here, carried out in `round.ts`, looked at ahead in `../outlook.ts`. */
import { isOfferableShared } from '../../allocate/offerable.js';
import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import { isLiveTask } from '../../quota/index.js';
import { matchesConstraints } from '../../state/constraints.js';
import type { HostRecord } from '../../state/records.js';
import { counted, listed } from '../../words.js';
import type { SliceClaim, SliceClaims } from './claims.js';
import { SliceGuard } from './guard.js';
import { claimKey, type SliceMemory } from './memory.js';
import { compareRooms, roomOn, type Room } from './victims.js';

/** Shared hosts looked at for one claim in one round. */
const HOSTS_EXAMINED_MAX = 10_000;
/** Claims for which hosts are looked at in one round; the others wait for the next. */
const CLAIMS_EXAMINED_MAX = 20;

export interface SliceStart {
  readonly claim: SliceClaim;
  readonly room: Room;
}

export interface SliceDraft {
  readonly starts: readonly SliceStart[];
  /** Why nothing (more) is taken back for a claim, by key, as `CODE: sentence`. */
  readonly notes: ReadonlyMap<string, string>;
}

/** @param lasted look ahead: as if every claim had been unmet for long enough */
export function draftSlices(
  core: Core,
  { claims, others }: SliceClaims,
  memory: SliceMemory,
  lasted = false,
): SliceDraft {
  const round = new SliceRound(core, memory, lasted);
  const notes = new Map(others);
  let examined = 0;
  for (const claim of claims) {
    let needed = claim.units - underWay(memory, claim);
    if (needed <= 0) continue;
    const waits = lasted ? null : waitText(core, memory, claim);
    if (waits !== null) {
      notes.set(claim.key, waits);
      continue;
    }
    if (examined === CLAIMS_EXAMINED_MAX) {
      notes.set(
        claim.key,
        `MOVE_BUDGET: room is made for ${counted(examined, 'demand')} in a round; others come first`,
      );
      continue;
    }
    examined += 1;
    for (const search = new Search(round, claim); needed > 0; needed -= 1) {
      const note = search.next();
      if (note === null) continue;
      notes.set(claim.key, note);
      break;
    }
  }
  return { starts: round.starts, notes };
}

function underWay(memory: SliceMemory, claim: SliceClaim): number {
  return memory
    .reclaims()
    .filter(({ frameworkId, role, demandId }) => claimKey(frameworkId, role, demandId) === claim.key).length;
}

/** What has to pass before anything is taken back for the claim, or null. */
function waitText(core: Core, memory: SliceMemory, claim: SliceClaim): string | null {
  const { hysteresisRounds, coolDownMs } = core.options;
  const rounds = memory.rounds.get(claim.key) ?? 0;
  if (rounds < hysteresisRounds)
    return `HYSTERESIS: ${claim.role} is short of it for ${rounds} of ${counted(hysteresisRounds, 'round')}`;
  const freedMs = memory.freedMs.get(`${claim.frameworkId}|${claim.role}`);
  if (freedMs === undefined || core.nowMs >= freedMs + coolDownMs || hasLaunchedSince(core, claim, freedMs))
    return null;
  return `COOL_DOWN: room was made for ${claim.frameworkId} in ${claim.role} and it has not used it`;
}

function hasLaunchedSince(core: Core, { frameworkId, role }: SliceClaim, sinceMs: number): boolean {
  for (const key of core.state.tasksByFramework.get(frameworkId)) {
    const task = core.state.tasks.get(key);
    if (task?.role === role && (task.launchedMs ?? 0) >= sinceMs) return true;
  }
  return false;
}

/** What the claims of a round share: what they have taken so far, and from whom. */
class SliceRound {
  readonly core: Core;
  readonly memory: SliceMemory;
  readonly lasted: boolean;
  readonly guard: SliceGuard;
  readonly starts: SliceStart[] = [];
  readonly usedHosts = new Set<string>();
  readonly takenByRole = new Map<string, number>();
  tasksTaken = 0;

  constructor(core: Core, memory: SliceMemory, lasted: boolean) {
    this.core = core;
    this.memory = memory;
    this.lasted = lasted;
    this.guard = new SliceGuard(core);
    for (const { taskKeys } of memory.reclaims()) this.guard.takeTasks(taskKeys);
  }

  start(claim: SliceClaim, room: Room): void {
    this.starts.push({ claim, room });
    this.usedHosts.add(room.host.hostId);
    for (const { role, spec } of room.tasks) {
      this.takenByRole.set(role, (this.takenByRole.get(role) ?? 0) + 1);
      this.guard.take(role, spec.resources.quantities);
    }
    for (const { role, resources } of room.offers) this.guard.take(role, resources.quantities);
    this.tasksTaken += room.tasks.length;
  }
}

/** The hosts on which room could be made for one claim, the least disruption first. */
class Search {
  readonly #round: SliceRound;
  readonly #claim: SliceClaim;
  readonly #rooms: Room[] = [];
  readonly #barred = new Map<WaitReason, { count: number; role: string }>();

  constructor(round: SliceRound, claim: SliceClaim) {
    this.#round = round;
    this.#claim = claim;
    for (const host of suitableHosts(round, claim)) {
      const room = this.#roomOn(host, true);
      if (room !== null) this.#rooms.push(room);
    }
    this.#rooms.sort(compareRooms);
  }

  /** Starts room for one more unit; why not as `CODE: sentence`, or null when it did. */
  next(): string | null {
    const round = this.#round;
    for (let room = this.#rooms.shift(); room !== undefined; room = this.#rooms.shift()) {
      if (round.usedHosts.has(room.host.hostId)) continue;
      // What was taken since may have used up what its tasks' roles can lose.
      const now = this.#roomOn(room.host, false);
      if (now === null) continue;
      const next = this.#rooms[0];
      if (next !== undefined && compareRooms(next, now) < 0) {
        this.#rooms.push(now);
        this.#rooms.sort(compareRooms);
        continue;
      }
      if (now.tasks.length + now.offers.length === 0) return 'OFFERED: there is room for it, which is offered next';
      const { taskReclaimsPerRoundMax: most } = round.core.options;
      if (round.tasksTaken + now.tasks.length > most)
        return `MOVE_BUDGET: at most ${counted(most, 'task')} are told to go in a round (taskReclaimsPerRoundMax)`;
      round.start(this.#claim, now);
      return null;
    }
    return this.#noneText();
  }

  /** @param notes whether what must stay is counted; the second look at a host would count it twice */
  #roomOn(host: HostRecord, notes: boolean): Room | null {
    const { core, guard, takenByRole: taken, memory, lasted } = this.#round;
    const unmetForMs = lasted ? Infinity : core.nowMs - (memory.sinceMs.get(this.#claim.key) ?? core.nowMs);
    return roomOn(core, host, this.#claim, { guard, taken, unmetForMs }, (reason, role) => {
      if (!notes) return;
      const before = this.#barred.get(reason);
      this.#barred.set(reason, { count: (before?.count ?? 0) + 1, role: before?.role ?? role });
    });
  }

  #noneText(): string {
    const reasons = [...this.#barred].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1));
    const [first] = reasons;
    if (first === undefined) return 'NO_CAPACITY: no task of a borrower that could go makes room for it on one host';
    const counts = reasons.map(([reason, { count, role }]) => `${count} by ${reason} (one of ${role})`);
    return `${first[0]}: tasks that would make room must stay, ${listed(counts)}`;
  }
}

function* suitableHosts(round: SliceRound, claim: SliceClaim): Generator<HostRecord> {
  const { core } = round;
  const filtered = core.filters.pair(claim.frameworkId, claim.role);
  const isDistinct = claim.entry.placement.some(({ kind }) => kind === 'distinct_hosts');
  const occupied = isDistinct ? hostsOf(core, claim) : null;
  let examined = 0;
  for (const hostId of core.state.hostsByMode.get('shared')) {
    if (examined === HOSTS_EXAMINED_MAX) return;
    examined += 1;
    const host = core.state.hosts.get(hostId);
    if (host === undefined || !isOfferableShared(core, host) || round.usedHosts.has(hostId)) continue;
    if ((filtered !== null && core.filters.isSet(filtered, hostId)) || occupied?.has(hostId) === true) continue;
    if (matchesConstraints(host, claim.entry.constraints)) yield host;
  }
}

function hostsOf(core: Core, { frameworkId, role }: SliceClaim): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const key of core.state.tasksByFramework.get(frameworkId)) {
    const task = core.state.tasks.get(key);
    if (task?.role === role && isLiveTask(task)) hosts.add(task.hostId);
  }
  for (const offerId of core.state.offersByFramework.get(frameworkId)) {
    const offer = core.state.offers.get(offerId);
    if (offer?.role === role && !offer.wholeHost) hosts.add(offer.hostId);
  }
  return hosts;
}
