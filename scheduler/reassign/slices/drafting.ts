import { freeResources } from '../../allocate/offerable.js';
import type { Core } from '../../core.js';
import { cutForDemand, subtractResources, type Resources } from '../../resources/index.js';
import type { HostRecord } from '../../state/records.js';
import { HostCandidates } from './candidates.js';
import type { SliceClaim } from './claims.js';
import { goingTasks } from './going.js';
import { SliceGuard } from './guard.js';
import { LendableFree } from './lendable-free.js';
import type { SliceMemory } from './memory.js';
import type { Room } from './victims.js';

/**
 * Hosts, and tasks on them, looked at in one round for all its claims; each counts again for the next claim. Beyond it the
 * round goes with what it has found, and the next goes on at that host.
 */
export const LOOKED_MAX = 100_000;

export interface SliceStart {
  readonly claim: SliceClaim;
  readonly room: Room;
}

/** What the claims of a round share: what they have taken so far, and from whom. */
export class SliceRound {
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
  /** Hosts, and tasks on them, that claims were looked at with. */
  #looked = 0;

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

  /** Whether the host may be looked at; false when there were enough in this round. */
  look(hostId: string): boolean {
    if (this.#looked >= LOOKED_MAX) return false;
    this.#looked += 1 + this.core.state.tasksByHost.get(hostId).size;
    return true;
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
