export { Runner, type RunnerPorts } from './runner.js';
export { DEFAULT_RUNNER_OPTIONS, validateRunnerOptions, type RunnerOptions } from './options.js';
export type { FrameworkSession, FrameworkSessionHandler } from './session-port.js';
