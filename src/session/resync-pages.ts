import type { FrameworkEvent, MasterMessage } from '../../scheduler/index.js';

type Resync = Extract<FrameworkEvent, { kind: 'resync' }>;

/** A part of a framework's full state, as it travels. Above the session layer there are only whole ones. */
export interface ResyncPage extends Resync {
  /** Another page follows. */
  readonly more: boolean;
}

/**
 * With the longest names, texts and lists of addresses that the contract allows a task is 14 kB and a lease 50 kB: a page stays
 * below the 16 MiB that a client takes. Usually it is a tenth of a megabyte.
 */
export const PAGE_LEASES_MAX = 150;
export const PAGE_TASKS_MAX = 500;

/** The state in pages, at least one; all in one for a peer that knows no pages. */
export function resyncPages({ kind, leases, tasks }: Resync, paged: boolean): readonly ResyncPage[] {
  const count = paged
    ? Math.max(1, Math.ceil(leases.length / PAGE_LEASES_MAX), Math.ceil(tasks.length / PAGE_TASKS_MAX))
    : 1;
  if (count === 1) return [{ kind, leases, tasks, more: false }];
  return Array.from({ length: count }, (_, at) => ({
    kind,
    leases: leases.slice(at * PAGE_LEASES_MAX, (at + 1) * PAGE_LEASES_MAX),
    tasks: tasks.slice(at * PAGE_TASKS_MAX, (at + 1) * PAGE_TASKS_MAX),
    more: at < count - 1,
  }));
}

/** Puts the pages together again. */
export class ResyncAssembly {
  #pages: ResyncPage[] = [];

  /** The session begins anew: what came so far counts for nothing. */
  reset(): void {
    this.#pages = [];
  }

  /** The message as its owner is to see it; null for a page that others follow. */
  take<M extends MasterMessage>(message: M): M | null {
    if (message.kind !== 'resync') return message;
    const page = message as unknown as ResyncPage;
    this.#pages.push(page);
    if (page.more) return null;
    const pages = this.#pages;
    this.#pages = [];
    const whole: Resync = {
      kind: 'resync',
      leases: pages.flatMap(({ leases }) => leases),
      tasks: pages.flatMap(({ tasks }) => tasks),
    };
    return whole as M;
  }
}
