/** What on a host could go: looked up once for all claims of a round. */
import type { Core } from '../../core.js';
import type { Resources } from '../../resources/index.js';
import type { OfferRecord, TaskRecord } from '../../state/records.js';
import { compareRanks, priorityRank } from '../priority.js';

/** A task, or an open offer. */
export interface Candidate {
  readonly task: TaskRecord | null;
  readonly offer: OfferRecord | null;
  readonly role: string;
  readonly resources: Resources;
  readonly sinceMs: number;
  /** Of the launch, on this host: tells tasks of one moment apart. */
  readonly seq: number;
  readonly id: string;
}

/** What one role has on a host: offers before tasks, each the youngest first. */
export interface RoleCandidates {
  readonly role: string;
  /** As `priorityRank` has it. */
  readonly priority: readonly number[];
  readonly candidates: readonly Candidate[];
}

export class HostCandidates {
  readonly #core: Core;
  readonly #byHost = new Map<string, readonly RoleCandidates[]>();
  readonly #priorities = new Map<string, readonly number[]>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** In the order of priorities, the lowest first. */
  on(hostId: string): readonly RoleCandidates[] {
    let known = this.#byHost.get(hostId);
    if (known === undefined) this.#byHost.set(hostId, (known = this.#find(hostId)));
    return known;
  }

  #find(hostId: string): readonly RoleCandidates[] {
    const byRole = new Map<string, Candidate[]>();
    for (const candidate of candidatesOn(this.#core, hostId)) {
      const of = byRole.get(candidate.role);
      if (of === undefined) byRole.set(candidate.role, [candidate]);
      else of.push(candidate);
    }
    return [...byRole]
      .map(([role, candidates]) => ({
        role,
        priority: this.#priorityOf(role),
        candidates: candidates.sort(compareCandidates),
      }))
      .sort((a, b) => compareRanks(a.priority, b.priority));
  }

  #priorityOf(role: string): readonly number[] {
    let known = this.#priorities.get(role);
    if (known === undefined) this.#priorities.set(role, (known = priorityRank(this.#core, role)));
    return known;
  }
}

function* candidatesOn(core: Core, hostId: string): Generator<Candidate> {
  for (const offerId of core.state.offersByHost.get(hostId)) {
    const offer = core.state.offers.get(offerId);
    if (offer === undefined || offer.wholeHost || offer.groupId !== null) continue;
    // What is reserved becomes nobody else's by ending what is on it.
    if (offer.reservationId !== undefined) continue;
    const { role, resources, madeMs } = offer;
    yield { task: null, offer, role, resources, sinceMs: madeMs, seq: 0, id: offerId };
  }
  for (const key of core.state.tasksByHost.get(hostId)) {
    const task = core.state.tasks.get(key);
    if ((task?.state !== 'staging' && task?.state !== 'running') || task.reservationId !== undefined) continue;
    const { role, spec, launchedMs, launchSeq } = task;
    yield { task, offer: null, role, resources: spec.resources, sinceMs: launchedMs ?? 0, seq: launchSeq, id: key };
  }
}

/** Of one role, or of roles between which nothing else decides: negative when the first goes before the second. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    Number(a.task !== null) - Number(b.task !== null) ||
    b.sinceMs - a.sinceMs ||
    b.seq - a.seq ||
    (a.id < b.id ? -1 : 1)
  );
}
