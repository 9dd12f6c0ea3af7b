/** The core's public face: the only file that others import. */
export { Master } from './master.js';
export { DEFAULT_OPTIONS, validateOptions, type SchedulerOptions } from './config.js';
export type { Event } from './events.js';
export type { Decision, Effect, Mutation, StepResult } from './effects.js';
export type { OperatorCommand, OperatorReply, RoleChange, WindowChange } from './operate/commands.js';
export type { Page, Query, QueryResult } from './explain/query.js';
export type * from './explain/views.js';
export type * from './protocol.js';
export type * from './resources/types.js';
export type { Gauges, MoveCause } from './gauges.js';
export type { OfferOutcome, Pass, Probe } from './probe.js';
export type { Violation } from './invariants.js';
export type { ConditionKind, HostMode, ReclaimPolicy, WaitWord, TransitionStep } from './state/records.js';
export { TRANSITION_EDGES, type EdgeName } from './reassign/index.js';
export { assertNever } from './assert-never.js';
