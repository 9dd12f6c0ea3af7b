/** What the long-running commands were asked for, after validation: what they hand to the daemons they start. */
import type { MosaicConfig } from './schema.js';

/** `mosaic agent` */
export interface AgentRunOptions {
  /** `HOST:PORT` of the master's gRPC server. */
  readonly master: string;
  /** Folder of the agent's checkpoint, absolute. */
  readonly stateFolder: string;
  /** What executes tasks and host steps. */
  readonly driver: 'simulated';
  /** Host name to report; empty = what the machine says. */
  readonly name: string;
  readonly faultDomain: { readonly region: string; readonly zone: string; readonly rack: string };
  /** Attributes beside what the machine reports. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly log: MosaicConfig['log'];
}

/** `mosaic demo`. Absent numbers come from the scenario. */
export interface DemoRunOptions {
  readonly hosts: number | null;
  /** Simulated hours. */
  readonly hours: number | null;
  readonly seed: number | null;
  /** How many times faster than life. */
  readonly speed: number | null;
  /** 0 = any free port. */
  readonly grpcPort: number;
  /** 0 = any free port. */
  readonly httpPort: number;
  /** File for the report as JSON, absolute; null = only the table at the end. */
  readonly reportFile: string | null;
  /** Scenario file (YAML), absolute; null = the shipped one. */
  readonly scenarioFile: string | null;
  /** Where the address is left for the next command. */
  readonly profilePath: string;
  readonly color: boolean;
  readonly ascii: boolean;
}

/** `mosaic simulate`. Absent numbers come from the scenario. */
export interface SimulateRunOptions {
  readonly scenarioFile: string | null;
  readonly hosts: number | null;
  readonly hours: number | null;
  readonly seed: number | null;
  readonly reportFile: string | null;
  /** Only the report on standard output, as JSON. */
  readonly json: boolean;
  readonly quiet: boolean;
}
