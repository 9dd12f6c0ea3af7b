/** What one round would take back: decided here, carried out in `round.ts`, looked at ahead in `../outlook.ts`. */
import { freeResources, isOfferableShared } from '../../allocate/offerable.js';
import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import { isLiveTask } from '../../quota/index.js';
import { cutForDemand, subtractResources, type Resources } from '../../resources/index.js';
import { matchesConstraints } from '../../state/constraints.js';
import type { HostRecord } from '../../state/records.js';
import { counted, listed } from '../../words.js';
import { HostCandidates } from './candidates.js';
import type { SliceClaim, SliceClaims } from './claims.js';
import { SliceGuard } from './guard.js';
import { goingTasks } from './going.js';
import { LendableFree } from './lendable-free.js';
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
    const needed = claim.units - underWay(memory, claim);
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
    const note = new Search(round, claim, needed).run();
    if (note !== null) notes.set(claim.key, note);
  }
  return { starts: [...round.starts.values()], notes };
}

/** Units for which room is being made. */
function underWay(memory: SliceMemory, claim: SliceClaim): number {
  let units = 0;
  for (const reclaim of memory.reclaims())
    if (claimKey(reclaim.frameworkId, reclaim.role, reclaim.demandId) === claim.key) units += reclaim.units;
  return units;
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
  readonly candidates: HostCandidates;
  readonly guard: SliceGuard;
  readonly lendable: LendableFree;
  /** Of hosts on which units are offered next, without anything that goes: what they leave free, by host. */
  readonly #offered = new Map<string, Resources>();
  /** By host. */
  readonly starts = new Map<string, SliceStart>();
  readonly takenByRole = new Map<string, number>();
  tasksTaken = 0;

  constructor(core: Core, memory: SliceMemory, lasted: boolean) {
    this.core = core;
    this.memory = memory;
    this.lasted = lasted;
    this.candidates = new HostCandidates(core);
    this.guard = new SliceGuard(core);
    this.lendable = new LendableFree(core);
    for (const reclaim of memory.reclaims()) {
      this.guard.takeTasks(reclaim.taskKeys);
      this.lendable.plan({ ...reclaim, freed: goingTasks(core, reclaim).map(({ spec }) => spec.resources) });
    }
  }

  start(claim: SliceClaim, room: Room): void {
    this.starts.set(room.host.hostId, { claim, room });
    this.#note(claim, room, 1);
  }

  /** Nothing goes for it: its units are offered next. */
  offer({ role, unit }: SliceClaim, { host: { hostId }, units }: Room): void {
    this.lendable.plan({ role, unit, units, freed: [] });
    let free = this.#offered.get(hostId) ?? freeResources(this.core, hostId);
    for (let cut = 0; cut < units; cut += 1) free = subtractResources(free, cutForDemand(unit, free));
    this.#offered.set(hostId, free);
  }

  /** What of the host the claim may have before anything goes. */
  freeOn({ hostId }: HostRecord, { role }: SliceClaim): Resources {
    return this.lendable.of(role, this.#offered.get(hostId) ?? freeResources(this.core, hostId));
  }

  /** Whether units are offered on the host next: until they are taken it is not held for anybody's room. */
  isOffered({ hostId }: HostRecord): boolean {
    return this.#offered.has(hostId);
  }

  /** What `look` finds as if the room on that host had not been started; it is started still. */
  without<T>(claim: SliceClaim, room: Room | null, look: () => T): T {
    if (room === null) return look();
    this.#note(claim, room, -1);
    const found = look();
    this.#note(claim, room, 1);
    return found;
  }

  /** A larger room takes the place of one that was started on the same host for the same claim. */
  replace(claim: SliceClaim, before: Room, room: Room): void {
    this.#note(claim, before, -1);
    this.start(claim, room);
  }

  #note({ role: to, unit }: SliceClaim, { units, tasks, offers }: Room, sign: 1 | -1): void {
    for (const { role, spec } of tasks) {
      this.takenByRole.set(role, (this.takenByRole.get(role) ?? 0) + sign);
      this.guard.take(role, spec.resources.quantities, sign);
    }
    for (const { role, resources } of offers) this.guard.take(role, resources.quantities, sign);
    const freed = [...tasks.map(({ spec }) => spec.resources), ...offers.map(({ resources }) => resources)];
    this.lendable.plan({ role: to, unit, units, freed }, sign);
    this.tasksTaken += sign * tasks.length;
  }
}

const OFFERED = 'OFFERED: there is room for it, which is offered next';

/** The hosts on which room could be made for one claim, the least disruption first. */
class Search {
  readonly #round: SliceRound;
  readonly #claim: SliceClaim;
  /** By `compareRooms`; one for each host at most. */
  readonly #rooms: Room[] = [];
  readonly #barred = new Map<WaitReason, { count: number; role: string }>();
  /** Units that still have no room. */
  #needed: number;
  /** Whether some are offered next; and whether anything goes for the others. */
  #isOffered = false;
  #isStarted = false;

  constructor(round: SliceRound, claim: SliceClaim, needed: number) {
    this.#round = round;
    this.#claim = claim;
    this.#needed = needed;
    for (const host of suitableHosts(round, claim)) {
      const room = this.#roomOn(host, true);
      if (room !== null) this.#rooms.push(room);
    }
    this.#rooms.sort(compareRooms);
  }

  /** Starts room for the units needed; why for some of them none as `CODE: sentence`, or null when all have room. */
  run(): string | null {
    for (let room = this.#rooms.shift(); room !== undefined; room = this.#rooms.shift()) {
      // What was taken since may have used up what its tasks' roles can lose, and fewer units may be needed.
      const now = this.#roomOn(room.host, false);
      if (now === null) continue;
      const next = this.#rooms[0];
      if (next !== undefined && compareRooms(next, now) < 0) {
        this.#keep(now);
        continue;
      }
      const note = this.#take(now);
      if (note !== null) return note;
      if (this.#needed === 0) return this.#isStarted ? null : OFFERED;
      const more = this.#round.isOffered(now.host) ? null : this.#roomOn(now.host, false);
      if (more !== null) this.#keep(more);
    }
    // Hosts on which some are offered are not looked at for more until those are taken.
    return this.#isOffered && this.#barred.size === 0 ? OFFERED : this.#noneText();
  }

  #take(room: Room): string | null {
    const round = this.#round;
    if (room.tasks.length + room.offers.length === 0) {
      round.offer(this.#claim, room);
      this.#isOffered = true;
      this.#needed -= room.units;
      return null;
    }
    const before = this.#startedOn(room.host);
    const { taskReclaimsPerRoundMax: most } = round.core.options;
    if (round.tasksTaken + room.tasks.length - (before?.tasks.length ?? 0) > most)
      return `MOVE_BUDGET: at most ${counted(most, 'task')} are told to go in a round (taskReclaimsPerRoundMax)`;
    if (before === null) round.start(this.#claim, room);
    else round.replace(this.#claim, before, room);
    this.#isStarted = true;
    this.#needed -= room.units - (before?.units ?? 0);
    return null;
  }

  #startedOn({ hostId }: HostRecord): Room | null {
    return this.#round.starts.get(hostId)?.room ?? null;
  }

  #keep(room: Room): void {
    let at = 0;
    for (let end = this.#rooms.length; at < end;) {
      const middle = (at + end) >>> 1;
      const other = this.#rooms[middle];
      if (other !== undefined && compareRooms(other, room) < 0) at = middle + 1;
      else end = middle;
    }
    this.#rooms.splice(at, 0, room);
  }

  /** @param notes whether what must stay is counted; the second look at a host would count it twice */
  #roomOn(host: HostRecord, notes: boolean): Room | null {
    const round = this.#round;
    const { core, candidates, guard, takenByRole: taken, memory, lasted } = round;
    const before = this.#startedOn(host);
    if (before !== null && isDistinct(this.#claim)) return null;
    const unmetForMs = lasted ? Infinity : core.nowMs - (memory.sinceMs.get(this.#claim.key) ?? core.nowMs);
    const needed = isDistinct(this.#claim) ? 1 : this.#needed;
    return round.without(this.#claim, before, () => {
      const asked = { free: round.freeOn(host, this.#claim), mayDisturb: !round.isOffered(host), before, needed };
      return roomOn(core, host, this.#claim, asked, { candidates, guard, taken, unmetForMs }, (reason, role, count) => {
        if (!notes) return;
        const known = this.#barred.get(reason);
        this.#barred.set(reason, { count: (known?.count ?? 0) + count, role: known?.role ?? role });
      });
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
  const occupied = isDistinct(claim) ? hostsOf(core, claim) : null;
  let examined = 0;
  for (const hostId of core.state.hostsByMode.get('shared')) {
    if (examined === HOSTS_EXAMINED_MAX) return;
    examined += 1;
    const host = core.state.hosts.get(hostId);
    if (host === undefined || !isOfferableShared(core, host) || round.starts.has(hostId)) continue;
    if ((filtered !== null && core.filters.isSet(filtered, hostId)) || occupied?.has(hostId) === true) continue;
    if (matchesConstraints(host, claim.entry.constraints)) yield host;
  }
}

/** Whether no host may have two of them. */
function isDistinct({ entry }: SliceClaim): boolean {
  return entry.placement.some(({ kind }) => kind === 'distinct_hosts');
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
