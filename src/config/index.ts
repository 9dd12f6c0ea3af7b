export { ConfigError, loadConfig, type ConfigInputs, type FlagValue, type LoadedConfig } from './load.js';
export { type MosaicConfig } from './schema.js';
export { configText, initText, redact } from './show.js';
export { addressText, isLoopback, parseAddress, type Address } from './fields.js';
export { durationText, parseDurationMs } from './durations.js';
export {
  processEnvironment,
  profilePath,
  terminalWishes,
  type Environment,
  type TerminalWishes,
} from './environment.js';
export { readProfile, removeProfile, writeProfile, type Profile, type ProfileRead } from './profile.js';
export type { AgentRunOptions, DemoRunOptions, SimulateRunOptions } from './run-options.js';
export { errorCode, errorText } from './error-text.js';
