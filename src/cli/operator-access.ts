/**
 * The small port through which every command reaches a master. Production: the published client over gRPC (`grpc-access.ts`);
 * tests: an in-memory fake. The types of commands, queries and views are the client's, and named here for all of the CLI.
 */
import type { OperatorClient } from '../client/operator-client.js';
import type { WatchItem, WatchRequest, WatchToken } from '../client/wire/watch.js';

export type { WatchItem, WatchRequest, WatchToken } from '../client/wire/watch.js';

export interface OperatorAccess {
  /** @throws AccessError when the master cannot be reached or does not lead */
  query(query: Query): Promise<QueryResult>;
  /** Refusals are replies, not errors. @throws AccessError when the master cannot be reached */
  command(command: OperatorCommand): Promise<OperatorReply>;
  /**
   * Decisions as they are made. Ends without error when `signal` is aborted.
   * @throws AccessError `OUT_OF_RANGE` when `after` is older than the kept history or of another term
   */
  watch(request: WatchRequest, signal: AbortSignal): AsyncIterable<WatchItem>;
  close(): void | Promise<void>;
}

/** A decision as it is shown and as scripts read it. */
export interface EventRow extends Decision, WatchToken {
  readonly atMs: number;
}

/** A call without a result; the message is a sentence. */
export class AccessError extends Error {
  readonly code: ErrorCode;
  /** The master itself said so; false: it could not be reached, or did not answer in time. */
  readonly answered: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    { answered, cause }: { readonly answered: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause });
    this.name = 'AccessError';
    this.code = code;
    this.answered = answered;
  }
}

export type Query = Parameters<OperatorClient['query']>[0];
export type QueryResult = Awaited<ReturnType<OperatorClient['query']>>;
export type OperatorCommand = Parameters<OperatorClient['command']>[0];
export type OperatorReply = Awaited<ReturnType<OperatorClient['command']>>;
export type ErrorCode = Extract<OperatorReply, { readonly ok: false }>['code'];
type Decision = Extract<WatchItem, { readonly kind: 'decision' }>['decision'];

type Answer<Kind extends QueryResult['kind']> = Extract<QueryResult, { readonly kind: Kind }>;

export type OverviewView = Answer<'overview'>['overview'];
export type OwnerView = OverviewView['owners'][number];
export type FreezeView = OverviewView['freezes'][number];
export type HostView = Answer<'host'>['host'];
export type ConditionView = HostView['conditions'][number];
export type FrameworkView = Answer<'frameworks'>['frameworks'][number];
export type RoleView = Answer<'roles'>['roles'][number];
export type OfferView = Answer<'offers'>['offers'][number];
export type DemandView = Answer<'demands'>['demands'][number];
export type ReservationView = Answer<'reservations'>['reservations'][number];
export type Resources = ReservationView['resources'];
export type TaskView = Answer<'tasks'>['tasks'][number];
export type TransitionView = Answer<'transition'>['transition'];
/** How one step of a move ended. */
export type StepOutcomeView = TransitionView['history'][number];
export type PlanView = NonNullable<Answer<'plan'>['plan']>;
export type WhyView = Answer<'why'>['why'];
export type WindowView = Answer<'maintenance'>['windows'][number];
/** What a waiting thing is doing; five words, the same everywhere. */
export type WaitWord = WhyView['word'];
export type Quantities = RoleView['guarantee'];
export type ReclaimPolicy = RoleView['reclaim'];
export type RoleChange = Extract<OperatorCommand, { readonly kind: 'role_set' }>['change'];
