import type { CancelTimer } from '../contract/ports.js';
import type { BlockedBy, MachineIdentity } from '../contract/types.js';

/**
 * `joining` → `up` or `join_failed`; `up` → `draining` → `drained`; back to `up` by activation from either; `leaving` until
 * the manager has forgotten it. A machine that is not listed is not in the manager.
 */
export type FakeMachineState = 'joining' | 'join_failed' | 'up' | 'draining' | 'drained' | 'leaving';

/** A VM, pod or container on a machine. */
export interface FakeUnit {
  readonly name: string;
  /** Set while it cannot move. */
  blockedBy: BlockedBy | null;
  /** Cannot move until it is unpinned by hand. */
  pinned: boolean;
  moving: boolean;
}

/** One machine inside the fake manager; mutable, and seen by nobody else. */
export interface FakeMachine {
  readonly identity: MachineIdentity;
  readonly name: string;
  state: FakeMachineState;
  /** The reason given with the last order, as managers keep one; survives the adapter, not the machine's leaving. */
  note: string;
  /** Oldest first. */
  units: FakeUnit[];
  /** Units at full load, drawn once for each machine. */
  readonly unitsAtFull: number;
  /** Fraction of full load, in thousandths; null: the manager's own. */
  loadMilli: number | null;
  unitsMade: number;
  unitsAtDrainStart: number;
  /** Ends what the manager is doing with the machine. */
  readonly timers: Set<CancelTimer>;
  /** Why the last order came to nothing, empty when it did not. */
  lastError: string;
}

/** A machine as the manager's API shows it. */
export interface FakeMachineView {
  readonly identity: MachineIdentity;
  readonly name: string;
  readonly state: FakeMachineState;
  readonly note: string;
  readonly units: number;
  readonly unitsAtDrainStart: number;
  readonly blockers: readonly BlockedBy[];
  readonly lastError: string;
}

export function viewOf(machine: FakeMachine): FakeMachineView {
  return {
    identity: machine.identity,
    name: machine.name,
    state: machine.state,
    note: machine.note,
    units: machine.units.length,
    unitsAtDrainStart: machine.unitsAtDrainStart,
    blockers: machine.units.flatMap((unit) => (unit.blockedBy === null ? [] : [unit.blockedBy])),
    lastError: machine.lastError,
  };
}

/** What makes two machines the same: what the firmware says, never the name. */
export function machineKey(identity: MachineIdentity): string {
  return `${identity.uuid}|${identity.serial}`.toLowerCase();
}

/**
 * Whether two identities name one machine although its firmware now tells another uuid: serial and a network card both say
 * so. Whoever looks a machine up must see it then, or takes it for gone while it serves.
 */
export function isRenumbered(known: MachineIdentity, asked: MachineIdentity): boolean {
  if (known.serial === '' || known.serial.toLowerCase() !== asked.serial.toLowerCase()) return false;
  const macs = known.macs.map((mac) => mac.toLowerCase());
  return asked.macs.some((mac) => macs.includes(mac.toLowerCase()));
}
