import type { ChannelCredentials } from '@grpc/grpc-js';
import type { Log } from '../../frameworks/contract/index.js';
import type { StepOptions } from '../../frameworks/runner/index.js';
import type { FrameworkEvent, RefusalCode } from '../../scheduler/index.js';
import type { Clock, Dialer, Random } from '../ports/index.js';
import type { HostSteps } from './host-steps.js';

export interface FrameworkClientOptions {
  /** `host:port` of the master; or give a `dialer`. */
  readonly address?: string;
  /** Another way to reach the master: the simulator's, a test's. @default gRPC to `address` */
  readonly dialer?: Dialer;
  /** TLS, with `address`. @default insecure */
  readonly credentials?: ChannelCredentials;
  /** Kind of work and which one of its kind: together the framework's id, `batch/nightly`. */
  readonly workload: string;
  readonly name: string;
  /** Roles it may hold resources in; at least one. */
  readonly roles: readonly string[];
  /** Proves that this process owns the session: keep it, at least 16 characters. A lost one locks the framework out. */
  readonly secret: string;
  /** What it does with whole hosts; the client keeps leases, fences and progress. @default none: only slices come */
  readonly steps?: HostSteps;
  /** How attempts of steps behave. @default as the runner's */
  readonly stepOptions?: Partial<StepOptions>;
  /** Whether it answers `step_request`, by `steps` or by a listener of its own. @default whether there are `steps` */
  readonly executesSteps?: boolean;
  /** Told about steps. @default none */
  readonly log?: Log;
  /** Highest term ever seen, as kept by `onTerm`: protects against a master that was left behind. @default 0 */
  readonly highestTerm?: number;
  /** A higher term was seen: keep it. */
  readonly onTerm?: (term: number) => void;
  /** @default SystemClock */
  readonly clock?: Clock;
  /** @default SystemRandom */
  readonly random?: Random;
}

type Received = { readonly [K in FrameworkEvent['kind']]: Extract<FrameworkEvent, { kind: K }> };

/** What a framework can listen to: everything the master says, and what becomes of the session. */
export interface FrameworkEvents extends Omit<Received, 'result'> {
  /** `resumed` false: a `resync` with the full state follows. */
  readonly connected: { readonly resumed: boolean; readonly frameworkId: string; readonly term: number };
  /** The client reconnects by itself; what is sent meanwhile is kept. */
  readonly disconnected: { readonly reason: string };
  /** The master said no. `retryAfterMs` 0: the session has ended. */
  readonly refused: { readonly code: RefusalCode; readonly message: string; readonly retryAfterMs: number };
  /** Over for good: closed, refused, or superseded by another process with this secret. */
  readonly ended: { readonly reason: 'superseded' | 'closed' | 'refused' };
}
