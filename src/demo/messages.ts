/** What the demo and its child processes say to each other: plain JSON over the channel between them. */
import type { Evaluation, Scenario } from '../scenario/index.js';
import type { ClockOrigin } from './shared-clock.js';

/** What a child is to be. Everything it needs to come back as it was after a `kill -9`. */
export type RoleStart =
  | {
      readonly role: 'master';
      readonly scenario: Scenario;
      /** Folder of its store. */
      readonly data: string;
      readonly grpcPort: number;
      readonly httpPort: number;
    }
  | {
      readonly role: 'agents';
      readonly scenario: Scenario;
      readonly clock: ClockOrigin;
      /** Folder of the checkpoints. */
      readonly data: string;
      /** Address of the master; null: wait for `master`. */
      readonly master: string | null;
      /** Hosts without power. */
      readonly off: readonly string[];
    }
  | {
      readonly role: 'framework';
      readonly scenario: Scenario;
      readonly workload: string;
      readonly clock: ClockOrigin;
      readonly master: string | null;
      /** Secret of its session, the same in each life. */
      readonly secret: string;
      readonly off: readonly string[];
      /** When scenario time began; null: not yet. */
      readonly beganMs: number | null;
      /** Its manager as it was when the last life ended; null in the first life. */
      readonly manager: unknown;
    }
  | { readonly role: 'greedy'; readonly scenario: Scenario };

/** Paths and process of the parent, so that a child that outlives it can tidy up. */
export interface Household {
  readonly parentPid: number;
  /** Removed when the parent is gone. */
  readonly folder: string;
  readonly profilePath: string;
}

export type ToChild =
  | { readonly kind: 'start'; readonly start: RoleStart; readonly household: Household }
  | { readonly kind: 'master'; readonly address: string }
  | { readonly kind: 'begin'; readonly beganMs: number }
  | { readonly kind: 'power'; readonly host: string; readonly on: boolean }
  | { readonly kind: 'manager_down'; readonly down: boolean }
  | { readonly kind: 'census' };

/** A machine as its manager has it. */
export interface CensusMachine {
  readonly name: string;
  readonly state: string;
}

export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'listening'; readonly grpcAddress: string; readonly httpAddress: string }
  | { readonly kind: 'serving'; readonly host: string; readonly serving: boolean; readonly atScenarioMs: number }
  | { readonly kind: 'manager'; readonly manager: unknown }
  | { readonly kind: 'census'; readonly machines: readonly CensusMachine[] }
  | { readonly kind: 'progress'; readonly atScenarioMs: number }
  | { readonly kind: 'evaluated'; readonly evaluation: Evaluation }
  /** It cannot work now (a port is taken), and ends with this code. At its first start the demo ends with it. */
  | { readonly kind: 'fatal'; readonly exitCode: number; readonly message: string };

/** Anything else on the channel is not ours. */
export function isFromChild(message: unknown): message is FromChild {
  return typeof message === 'object' && message !== null && 'kind' in message && typeof message.kind === 'string';
}
