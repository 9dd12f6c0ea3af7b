export { Agent, type AgentOptions } from './agent.js';
export { parseMemory, type KeptTask } from './checkpoint.js';
export type { AgentStepContext, Checkpoint, Driver, Inventory, TaskEnd } from './driver.js';
export { FileCheckpoint, MemoryCheckpoint } from './file-checkpoint.js';
export { readMachine, type InventoryOverrides } from './machine-inventory.js';
export {
  SimulatedDriver,
  SimulatedHardware,
  type SimulatedMachine,
  type SimulatedTimings,
  type Span,
} from './simulated-driver.js';
