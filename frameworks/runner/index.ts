export { Runner, type RunnerPorts } from './runner.js';
export { DEFAULT_RUNNER_OPTIONS, validateRunnerOptions, type RunnerOptions, type StepOptions } from './options.js';
export type { FrameworkSession, FrameworkSessionHandler } from './session-port.js';
export type { StepExecutor } from './step-call.js';
export type { StepPorts } from './step-runner.js';
export { StepTable } from './step-table.js';
