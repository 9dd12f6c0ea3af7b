/** Hosts out of use for a time: drains, and maintenance windows that are announced ahead. */
export { cancelDrain, drainHost, uncordon } from './drain-commands.js';
export { advanceDrain, recoverDrains, watchDrains } from './drain.js';
export { leftOn, moveWait } from './drain-wait.js';
export * from './limits.js';
export { armCalendar, reviewCalendar } from './review.js';
export { deleteWindow, setWindow } from './windows.js';
