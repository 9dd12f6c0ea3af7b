import { isOfferableShared } from '../../allocate/offerable.js';
import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import { isLiveTask } from '../../quota/index.js';
import { matchesConstraints } from '../../state/constraints.js';
import type { HostRecord } from '../../state/records.js';
import { countBefore } from '../../sorted.js';
import { counted, listed } from '../../words.js';
import type { SliceClaim } from './claims.js';
import { LOOKED_MAX, type SliceRound } from './drafting.js';
import { compareRooms, roomOn, type Room } from './victims.js';

/** Rooms of a claim put back behind others that end less by now; beyond it they are taken as they come. */
const REORDERED_MAX = 1_000;

const OFFERED = 'OFFERED: there is room for it, which is offered next';

/** The hosts on which room could be made for one claim, the least disruption first. */
export class Search {
  readonly #round: SliceRound;
  readonly #claim: SliceClaim;
  /** By `compareRooms`; one for each host at most. */
  readonly #rooms: Room[] = [];
  readonly #barred = new Map<WaitReason, { count: number; role: string }>();
  #needed: number;
  /** Whether some are offered next; and whether anything goes for the others. */
  #isOffered = false;
  #isStarted = false;

  /** The host at which the round had looked at enough; null when all were looked at. */
  stoppedAt: string | null = null;

  /** @param fromHostId the first host looked at, where it still is there; null = from the start */
  constructor(round: SliceRound, claim: SliceClaim, needed: number, fromHostId: string | null) {
    this.#round = round;
    this.#claim = claim;
    this.#needed = needed;
    for (const host of suitableHosts(round, claim, fromHostId)) {
      if (!round.look(host.hostId)) {
        this.stoppedAt = host.hostId;
        break;
      }
      const room = this.#roomOn(host, true);
      if (room !== null) this.#rooms.push(room);
    }
    this.#rooms.sort(compareRooms);
  }

  /** Units that still have no room. */
  get needed(): number {
    return this.#needed;
  }

  /** Starts room for the units needed; why for some of them none as `CODE: sentence`, or null when all have room. */
  run(): string | null {
    let reordered = 0;
    for (let room = this.#rooms.shift(); room !== undefined; room = this.#rooms.shift()) {
      // What was taken since may have used up what its tasks' roles can lose, and fewer units may be needed.
      const now = this.#roomOn(room.host, false);
      if (now === null) continue;
      const next = this.#rooms[0];
      if (next !== undefined && reordered < REORDERED_MAX && compareRooms(next, now) < 0) {
        reordered += 1;
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
    this.#rooms.splice(
      countBefore(this.#rooms, (other) => compareRooms(other, room) < 0),
      0,
      room,
    );
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
    if (first === undefined && this.stoppedAt !== null)
      return `MOVE_BUDGET: ${counted(LOOKED_MAX, 'host')} and tasks on them are looked at in a round; the next goes on`;
    if (first === undefined) return 'NO_CAPACITY: no task of a borrower that could go makes room for it on one host';
    const counts = reasons.map(([reason, { count, role }]) => `${count} by ${reason} (one of ${role})`);
    return `${first[0]}: tasks that would make room must stay, ${listed(counts)}`;
  }
}

function* suitableHosts(round: SliceRound, claim: SliceClaim, fromHostId: string | null): Generator<HostRecord> {
  const { core } = round;
  const filtered = core.filters.pair(claim.frameworkId, claim.role);
  const occupied = isDistinct(claim) ? hostsOf(core, claim) : null;
  const shared = core.state.hostsByMode.get('shared');
  let isPassed = fromHostId === null || !shared.has(fromHostId);
  for (const hostId of shared) {
    isPassed ||= hostId === fromHostId;
    if (!isPassed) continue;
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
