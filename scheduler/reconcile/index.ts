/** Sessions, hosts, tasks and frameworks: what peers say, against what is meant to be. */
export { admitHost } from './admission.js';
export { adopt } from './adoption.js';
export { onAgentReport } from './agent-report.js';
export { resetBreaker } from './breaker.js';
export { constraintProblem } from '../state/constraints.js';
export { holdsAnything, sweepCommands, teardownByOperator, teardownFramework } from './frameworks.js';
export { forgetHost } from './forget-host.js';
export * from './limits.js';
export { onObservation } from './observation.js';
export { confirmOff, cordonHost, quarantineHost, releaseHost, shareHost, uncordonHost } from './operator-hosts.js';
export { setShape } from './operator-shapes.js';
export { quarantinePeer, releasePeer } from './peers.js';
export { declareHostLost, peerConnected, peerDisconnected, resyncPeer } from './presence.js';
export { endRecovery, isRecovering, recoverPeers } from './recovery.js';
export { openSession } from './sessions.js';
export { classifyShape } from './shapes.js';
export { isEnded, liveTasksOf, statusOf, taskKeyOf } from './task-views.js';
export { ackTask, killTask, launchTasks, onTaskStatus, reconcileTasks } from './tasks.js';
