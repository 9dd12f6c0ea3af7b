export { LevelStore } from './level-store.js';
export { MemoryStore, newMemoryDisk, type MemoryDisk, type MemoryStoreFaults } from './memory-store.js';
export { STORE_FORMAT } from './codec.js';
