export { SystemClock, SystemRandom, systemWallMs } from './system.js';
export { endsWithin, sleep, type CancelTimer, type Clock } from './clock.js';
export type { QueryAnswer } from './query-answer.js';
export type { Random } from './random.js';
export { StoreError, type Store, type StoreErrorCode, type StoredEntries } from './store.js';
export type { AcceptedConnection, Acceptor, Connection, ConnectionHandler, Dialer } from './transport.js';
