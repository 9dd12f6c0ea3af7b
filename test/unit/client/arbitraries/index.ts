/**
 * Arbitrary values of everything that travels, within the limits of the contract. Tables by kind: a new kind that has no
 * arbitrary here does not compile.
 */
export { ANSWERS, type Answer } from './answers.js';
export { COMMANDS } from './commands.js';
export { agentMasterFrame, agentPeerFrame, frameworkMasterFrame, frameworkPeerFrame } from './frames.js';
export { FRAMEWORK_MESSAGES } from './protocol.js';
export { QUERIES } from './queries.js';
export { watchItem, watchRequest } from './watch.js';
