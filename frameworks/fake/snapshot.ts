import type { BlockedBy, MachineIdentity } from '../contract/types.js';
import type { FakeMachine, FakeMachineState } from './machine.js';

/** What a manager's database would hold of one machine; plain JSON. */
export interface FakeMachineSnapshot {
  readonly identity: MachineIdentity;
  readonly name: string;
  readonly state: FakeMachineState;
  readonly note: string;
  readonly units: readonly {
    readonly name: string;
    readonly blockedBy: BlockedBy | null;
    readonly pinned: boolean;
  }[];
  readonly unitsAtFull: number;
  readonly loadMilli: number | null;
  readonly unitsMade: number;
  readonly unitsAtDrainStart: number;
  readonly lastError: string;
}

/** A whole manager, for the process that takes its place. Work in progress is begun again: its end was in the old memory. */
export interface FakeManagerSnapshot {
  readonly loadMilli: number;
  readonly machines: readonly FakeMachineSnapshot[];
}

export function machineSnapshot(machine: FakeMachine): FakeMachineSnapshot {
  const { identity, name, state, note, unitsAtFull, loadMilli, unitsMade, unitsAtDrainStart, lastError } = machine;
  const units = machine.units.map((unit) => ({ name: unit.name, blockedBy: unit.blockedBy, pinned: unit.pinned }));
  return { identity, name, state, note, units, unitsAtFull, loadMilli, unitsMade, unitsAtDrainStart, lastError };
}

export function restoredMachine(snapshot: FakeMachineSnapshot): FakeMachine {
  return { ...snapshot, units: snapshot.units.map((unit) => ({ ...unit, moving: false })), timers: new Set() };
}
