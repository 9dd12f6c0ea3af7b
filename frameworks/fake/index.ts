export { FakeAdapter, type FakeAdapterOptions } from './adapter.js';
export { NO_FAULTS, type FakeFaults } from './faults.js';
export { FakeManager, type FakeManagerOptions } from './manager.js';
export type { ManagerCall, ManagerOrder } from './order-book.js';
export type { FakeMachineState, FakeMachineView } from './machine.js';
export { QUICK_PROFILE, validateProfile, type FakeProfile, type Range } from './profile.js';
export type { FakeMachineSnapshot, FakeManagerSnapshot } from './snapshot.js';
