import { countsHosts } from './quota/dimensions.js';
import { DIMENSIONS_MAX, isDimensionName } from './resources/index.js';

/** Everything about the core's behaviour that an admin can set. All durations in ms of the one clock. */
export interface SchedulerOptions {
  /** How long an offer stays open. @default 30000 */
  readonly offerLeaseMs: number;
  /** Default refusal filter of a decline that names none. @default 5000 */
  readonly declineFilterMs: number;
  /**
   * A framework that takes open offers and declines again and again: the longest time for which a declined host is not
   * offered to it, unless it asks for more. 0 = no back-off. @default 300000
   */
  readonly openOfferBackoffMaxMs: number;
  /**
   * Offers that one framework may have open; who has so many has no use for another. It gets more when it has answered half
   * of them. A group larger than that is offered to who has nothing else under offer. @default 10000
   */
  readonly offersOpenMax: number;
  /**
   * Part of the fleet, in thousandths of its dominant resource, that one framework may have under open offer at a time in a
   * role; one offer is always possible. @default 500
   */
  readonly openOfferShareMaxMilli: number;
  /** Events mark hosts dirty; the allocator runs this long after the first mark. @default 5 */
  readonly allocateBatchMs: number;
  /** Demand of a framework away for longer asks for nothing more. @default 600000 */
  readonly demandTtlMs: number;
  /** Agent without contact for this long: its host counts as lost. @default 75000 */
  readonly hostLostAfterMs: number;
  /**
   * The breaker of mass failures: when so large a share of the hosts (milli) vanishes within `massFailureWindowMs`, none of
   * them counts as lost until they are back or an operator says that they are gone. @default 100
   */
  readonly massFailureHostsMilli: number;
  /** Fewer hosts than this are no mass failure, however small the fleet; more than there are switches it off. @default 5 */
  readonly massFailureMinHosts: number;
  /** Hosts that vanish within this of each other vanish at once. @default 60000 */
  readonly massFailureWindowMs: number;
  /** How long outcomes of accepts are kept for repeats. @default 600000 */
  readonly outcomeKeptMs: number;
  /** Lease of one step attempt, renewed by its updates. @default 60000 */
  readonly stepLeaseMs: number;
  /** Added to a step lease before the core acts on its end (message delay, clock drift). @default 10000 */
  readonly stepLeaseGraceMs: number;
  /** First pause after a failed attempt, doubled each time. @default 5000 */
  readonly stepRetryMs: number;
  /** Attempts of one step before the transition turns back or gives up. @default 3 */
  readonly stepAttemptsMax: number;
  /**
   * How long one attempt of a step may last, however often its lease is renewed; then it is stopped and counts as expired.
   * Join and verify get it for all their attempts together, a hard drain beyond its deadline. Adding a host to oVirt takes
   * up to 30 minutes. @default 3600000
   */
  readonly stepDeadlineMs: number;
  /** Soft drain deadline. @default 1800000 */
  readonly drainDeadlineMs: number;
  /** Hosts of a maintenance window that does not say otherwise are drained this long before it begins. @default 1800000 */
  readonly drainBeforeMs: number;
  /** Between two planning rounds. @default 60000 */
  readonly planPeriodMs: number;
  /**
   * A shortage or surplus must persist this many rounds, `planPeriodMs` apart, before a host is moved; rounds that commands
   * ask for in between do not count. @default 2
   */
  readonly hysteresisRounds: number;
  /**
   * A role must lack more hosts than this before one that its holder needs is moved to it, unless it is below its
   * guarantee. Hosts that nobody needs are moved for a single missing one. @default 0
   */
  readonly hysteresisHosts: number;
  /** A host stays with its holder at least this long after it serves. @default 3600000 */
  readonly minHoldMs: number;
  /** A host whose move was aborted is left alone this long. @default 900000 */
  readonly coolDownMs: number;
  /** Moves in flight in all, per workload (in or out), and per rack. @default 10, 5, 2 */
  readonly movesInFlightMax: number;
  readonly movesInFlightPerWorkloadMax: number;
  readonly movesInFlightPerRackMax: number;
  /** Moves started per hour, in all. @default 60 */
  readonly movesPerHourMax: number;
  /** Length of that hour; a scenario that runs faster than life shortens it. @default 3600000 */
  readonly movesHourMs: number;
  /** Extra moves in flight for roles below their guarantee. @default 5 */
  readonly reclaimInFlightMax: number;
  /** Between two looks at whether a role below its guarantee gets its slices. @default 5000 */
  readonly taskReclaimPeriodMs: number;
  /** How long before a kill a framework is told, where its role's reclaim policy names no deadline. @default 30000 */
  readonly taskReclaimNoticeMs: number;
  /** Tasks told to go in one round, in all; 0 = no task is taken back. @default 20 */
  readonly taskReclaimsPerRoundMax: number;
  /** Which planner decides. `greedy` is the simple shipped rule the report compares with. @default fair */
  readonly planner: 'fair' | 'greedy' | 'off';
  /** Plans are shown only, wait for approval, or run. @default auto */
  readonly planMode: 'observe' | 'approve' | 'auto';
  /** After a start the planner waits until this share of known hosts has reported (milli) … @default 800 */
  readonly recoveryHostsMilli: number;
  /** … or until this long has passed. @default 60000 */
  readonly recoveryBoundMs: number;
  /** Adopt observed hosts by themselves when their framework connects (the demo and the simulator do). @default false */
  readonly autoAdopt: boolean;
  /** Admit unclaimed hosts that no manager claims, once every framework was observed completely. @default false */
  readonly autoAdmit: boolean;
  /** Frameworks that must have been observed completely before any unclaimed host is judged unused. @default [] */
  readonly expectedFrameworks: readonly string[];
  /**
   * Resources that no dominant share counts, by dimension (`gpus`): scarce ones, of which a role that needs them would hold
   * nearly all there are and get nothing else. Guarantees and limits count them as ever. @default []
   */
  readonly shareExcludedResources: readonly string[];
}

export const DEFAULT_OPTIONS: SchedulerOptions = Object.freeze({
  offerLeaseMs: 30_000,
  declineFilterMs: 5_000,
  openOfferBackoffMaxMs: 300_000,
  openOfferShareMaxMilli: 500,
  offersOpenMax: 10_000,
  allocateBatchMs: 5,
  demandTtlMs: 600_000,
  hostLostAfterMs: 75_000,
  massFailureHostsMilli: 100,
  massFailureMinHosts: 5,
  massFailureWindowMs: 60_000,
  outcomeKeptMs: 600_000,
  stepLeaseMs: 60_000,
  stepLeaseGraceMs: 10_000,
  stepRetryMs: 5_000,
  stepAttemptsMax: 3,
  stepDeadlineMs: 3_600_000,
  drainDeadlineMs: 1_800_000,
  drainBeforeMs: 1_800_000,
  planPeriodMs: 60_000,
  hysteresisRounds: 2,
  hysteresisHosts: 0,
  minHoldMs: 3_600_000,
  coolDownMs: 900_000,
  movesInFlightMax: 10,
  movesInFlightPerWorkloadMax: 5,
  movesInFlightPerRackMax: 2,
  movesPerHourMax: 60,
  movesHourMs: 3_600_000,
  reclaimInFlightMax: 5,
  taskReclaimPeriodMs: 5_000,
  taskReclaimNoticeMs: 30_000,
  taskReclaimsPerRoundMax: 20,
  planner: 'fair',
  planMode: 'auto',
  recoveryHostsMilli: 800,
  recoveryBoundMs: 60_000,
  autoAdopt: false,
  autoAdmit: false,
  expectedFrameworks: Object.freeze([]),
  shareExcludedResources: Object.freeze([]),
});

/** Checks ranges and relations; returns sentences that name the field, the value and what is accepted (empty = valid). */
export function validateOptions(options: SchedulerOptions): readonly string[] {
  const problems: string[] = [];
  const positive: readonly (keyof SchedulerOptions)[] = [
    'offerLeaseMs',
    'offersOpenMax',
    'allocateBatchMs',
    'demandTtlMs',
    'hostLostAfterMs',
    'massFailureMinHosts',
    'massFailureWindowMs',
    'outcomeKeptMs',
    'stepLeaseMs',
    'stepLeaseGraceMs',
    'stepRetryMs',
    'stepAttemptsMax',
    'stepDeadlineMs',
    'drainDeadlineMs',
    'planPeriodMs',
    'hysteresisRounds',
    'movesInFlightMax',
    'movesInFlightPerWorkloadMax',
    'movesInFlightPerRackMax',
    'movesPerHourMax',
    'movesHourMs',
    'taskReclaimPeriodMs',
    'recoveryBoundMs',
  ];
  for (const field of positive) {
    const value = options[field];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
      problems.push(`${field} is ${String(value)}; it must be a whole number of at least 1`);
  }
  const notNegative: readonly (keyof SchedulerOptions)[] = [
    'declineFilterMs',
    'openOfferBackoffMaxMs',
    'minHoldMs',
    'coolDownMs',
    'drainBeforeMs',
    'reclaimInFlightMax',
    'taskReclaimNoticeMs',
    'taskReclaimsPerRoundMax',
    'hysteresisHosts',
  ];
  for (const field of notNegative) {
    const value = options[field];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
      problems.push(`${field} is ${String(value)}; it must be a whole number of at least 0`);
  }
  if (!Number.isSafeInteger(options.openOfferShareMaxMilli) || !inRange(options.openOfferShareMaxMilli, 1, 1000))
    problems.push(
      `openOfferShareMaxMilli is ${String(options.openOfferShareMaxMilli)}; it must be 1 to 1000 (thousandths of the fleet)`,
    );
  if (options.recoveryHostsMilli < 0 || options.recoveryHostsMilli > 1000)
    problems.push(
      `recoveryHostsMilli is ${String(options.recoveryHostsMilli)}; it must be 0 to 1000 (thousandths of the known hosts)`,
    );
  if (!(options.massFailureHostsMilli >= 1 && options.massFailureHostsMilli <= 1000))
    problems.push(
      `massFailureHostsMilli is ${String(options.massFailureHostsMilli)}; it must be 1 to 1000 (thousandths of the hosts)`,
    );
  problems.push(...shareExclusionProblems(options.shareExcludedResources));
  return problems;
}

function shareExclusionProblems(names: readonly string[]): readonly string[] {
  const problems: string[] = [];
  if (names.length > DIMENSIONS_MAX)
    problems.push(`shareExcludedResources has ${names.length} names; at most ${DIMENSIONS_MAX} are accepted`);
  for (const [index, name] of names.slice(0, DIMENSIONS_MAX).entries()) {
    const field = `shareExcludedResources[${index}] is ${JSON.stringify(name.slice(0, 80))}`;
    if (countsHosts(name)) problems.push(`${field}; shares count resources, never hosts: name a resource such as gpus`);
    else if (!isDimensionName(name)) problems.push(`${field}; it must be the name of a resource such as gpus`);
    else if (names.indexOf(name) !== index) problems.push(`${field}, which stands there twice; name it once`);
  }
  return problems;
}

function inRange(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
