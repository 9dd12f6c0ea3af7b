/** What the demo, the simulator and tests use of this folder. */
export * from './scenario.js';
export { loadScenario, readScenario, type ScenarioOverrides } from './load-scenario.js';
export { ScenarioError } from './located-yaml.js';
export { defaultScenarioText } from './assets.js';
export * from './scale-scenario.js';
export { loadTraces, TraceError, type Traces } from './traces.js';
export * from './demand/series.js';
export { buildDemand } from './demand/build.js';
export * from './profiles.js';
export { buildFleet, type FleetHost } from './fleet.js';
export * from './wanted.js';
export { LoadMeter } from './load-meter.js';
export { TrajectoryRecorder } from './trajectory-recorder.js';
export {
  capacityPerInterval,
  serve,
  serveConstant,
  type CoresStep,
  type Trajectory,
  type WorkloadTotals,
} from './evaluate.js';
export * from './performance.js';
export * from './static-split.js';
export * from './report.js';
export { reportFileProblem } from './report-file.js';
export { folded, renderReport, timeText, verdict } from './report-table.js';
export { Prng } from './prng.js';
export { largestRemainder } from './apportion.js';
