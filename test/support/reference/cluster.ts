/** A cluster as plain lists: what the reference allocator reads, and what the same `World` is built from. */
import type { DemandEntry } from '../../../scheduler/protocol.js';
import type { Quantities, Resources } from '../../../scheduler/resources/index.js';

export interface ReferenceRole {
  readonly path: string;
  readonly weight: number;
  readonly priority: number;
  readonly guarantee: Quantities;
  readonly limit: Quantities;
  readonly lendingLimit: Quantities;
  readonly borrowingLimit: Quantities;
}

export interface ReferenceHost {
  readonly name: string;
  /** Cut into slices; otherwise given out as a whole. */
  readonly shared: boolean;
  readonly shape: string;
  readonly rack: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly resources: Resources;
  /** Out of contact for too long: neither capacity nor given out, but still charged to who holds it. */
  readonly lost: boolean;
}

export interface ReferenceLease {
  readonly host: string;
  readonly frameworkId: string;
  readonly role: string;
}

export interface ReferenceTask extends ReferenceLease {
  readonly resources: Resources;
}

export interface ReferenceDemand {
  readonly frameworkId: string;
  readonly role: string;
  readonly entries: readonly DemandEntry[];
  /** Hosts that the framework declined in the role. */
  readonly declined: readonly string[];
}

export interface ReferenceCluster {
  /** Special ones first. */
  readonly shapes: readonly string[];
  /** With the root `/`; every role's parent is among them. */
  readonly roles: readonly ReferenceRole[];
  readonly hosts: readonly ReferenceHost[];
  readonly leases: readonly ReferenceLease[];
  readonly tasks: readonly ReferenceTask[];
  readonly demands: readonly ReferenceDemand[];
}

/** One host, or one slice of one, for one entry of a demand. */
export interface ReferenceGrant {
  readonly host: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly demandId: string;
  readonly whole: boolean;
  readonly quantities: Quantities;
  readonly ports: number;
}
