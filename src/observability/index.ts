export { createLog, type Log, type LogOptions, type Logger } from './log.js';
export { decisionLine } from './decision-line.js';
export { combineObservers, loggingObserver } from './observers.js';
export { Metrics, type MetricsSource } from './metrics.js';
