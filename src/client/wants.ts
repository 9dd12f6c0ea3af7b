import type { DemandEntry, Resources, TaskSpec } from '../../scheduler/index.js';

/** What may be said about a demand beside what and how much. */
export interface WantOptions {
  /** Fewer than this are of no use. @default 0 */
  readonly minimum?: number;
  /** All at once or nothing. @default false */
  readonly allOrNothing?: boolean;
  /** All must hold. @default [] */
  readonly constraints?: DemandEntry['constraints'];
  /** @default [] */
  readonly placement?: DemandEntry['placement'];
  /** Higher goes first within the role. @default 0 */
  readonly priority?: number;
  /** Not useful after this long; 0 = no deadline. @default 0 */
  readonly deadlineMs?: number;
  /** How long it has been wanted already. @default 0 */
  readonly ageMs?: number;
  /** Why, for admins; at most 200 characters. @default '' */
  readonly evidence?: string;
}

/** `count` whole hosts in all, including those that are held. */
export function wantHosts(
  demandId: string,
  count: number,
  options: WantOptions & { readonly shape?: string } = {},
): DemandEntry {
  return entry(demandId, { kind: 'hosts', shape: options.shape ?? 'standard' }, count, options);
}

/** `count` slices of shared hosts that are not launched yet, each of this size. */
export function wantSlices(
  demandId: string,
  count: number,
  resources: Resources,
  options: WantOptions = {},
): DemandEntry {
  return entry(demandId, { kind: 'slices', resources }, count, options);
}

function entry(demandId: string, want: DemandEntry['want'], count: number, options: WantOptions): DemandEntry {
  return {
    demandId,
    want,
    count,
    minimum: options.minimum ?? 0,
    allOrNothing: options.allOrNothing ?? false,
    constraints: options.constraints ?? [],
    placement: options.placement ?? [],
    priority: options.priority ?? 0,
    deadlineMs: options.deadlineMs ?? 0,
    ageMs: options.ageMs ?? 0,
    evidence: options.evidence ?? '',
  };
}

/** A task of that size; what is not said is empty. */
export function newTask(
  taskId: string,
  resources: Resources,
  options: Partial<Omit<TaskSpec, 'taskId' | 'resources'>> = {},
): TaskSpec {
  return { taskId, resources, name: taskId, image: '', command: [], env: {}, killGraceMs: 0, labels: {}, ...options };
}
