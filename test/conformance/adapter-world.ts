import type { Clock, Random } from '../../frameworks/contract/ports.js';
import type { FrameworkAdapter, MachineRef, WantedHosts } from '../../frameworks/contract/types.js';

/** A machine as the manager really has it, whatever its answers say. `emptying`: taken out of service, units still on it. */
export type TrueState = 'absent' | 'joining' | 'serving' | 'emptying' | 'empty' | 'leaving' | 'broken';

/** An order as the manager received it. */
export interface Order {
  readonly atMs: number;
  readonly machine: string;
  readonly call: string;
}

/** `answers_early`: says done before it is; `repeats`, `omits`: lists a machine twice, or not at all, and claims completeness. */
export type WorldFault = 'none' | 'down' | 'slow' | 'hang' | 'answers_early' | 'repeats' | 'omits' | 'partial';

/** One process with an adapter in it: it can be stopped and continued like any process. */
export interface AdapterProcess {
  readonly adapter: FrameworkAdapter;
  /** Time as the process sees it. */
  readonly clock: Clock;
  readonly random: Random;
  /** Brings something from outside into the process, at once or when it runs again. */
  deliver(work: () => void): void;
  /** SIGSTOP and SIGCONT. */
  stop(): void;
  continue(): void;
}

/**
 * What the conformance suite needs of a manager under test: the manager itself, real or stubbed, with the hands to break
 * it. Two or three machines fit in it; `m1` … are names, identities follow from them.
 */
export interface AdapterWorld {
  /** A new process with a fresh adapter, on the same manager. Earlier processes are not touched. */
  process(): AdapterProcess;
  machine(name: string): MachineRef;
  /** The machine serves in the manager with some units on it, as if it always had. */
  place(name: string): void;
  stateOf(name: string): TrueState;
  unitsOn(name: string): number;
  /** Orders the manager took, oldest first. Reads are none. */
  orders(): readonly Order[];
  wants(wanted: readonly WantedHosts[]): void;
  fault(fault: WorldFault): void;
  /** One unit on the machine does not move until `unblock`; its name as blockers give it. */
  block(name: string): string;
  unblock(name: string): void;
  /** The next join of the machine comes to nothing. */
  failNextJoin(name: string): void;
  activateByHand(name: string): void;
  vanish(name: string): void;
  nowMs(): number;
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
  /** A healthy step is over within this, virtual time. Must be more than `slow` needs for one answer. */
  readonly stepMsMax: number;
}

export type AdapterWorldFactory = () => Promise<AdapterWorld> | AdapterWorld;
