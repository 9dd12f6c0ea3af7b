export type * from './factory.js';
export * from './ports.js';
export * from './types.js';
