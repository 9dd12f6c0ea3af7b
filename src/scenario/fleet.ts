import { Prng } from './prng.js';
import { frameworkName, hostName, type Scenario, type ShapeSpec } from './scenario.js';

const GIB = 1024 ** 3;
/** The range Mesos offers by default; both ends included. */
const PORTS = [{ begin: 31_000, end: 32_000 }] as const;

/** One simulated machine as its agent would report it. */
export interface FleetHost {
  readonly name: string;
  /** SMBIOS system uuid, lower case. */
  readonly uuid: string;
  /** Board serial. */
  readonly serial: string;
  /** Lower case with colons. */
  readonly macs: readonly string[];
  readonly shape: string;
  readonly region: string;
  readonly zone: string;
  readonly rack: string;
  readonly cpusMilli: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly gpus: number;
  /** Both ends included. */
  readonly ports: readonly { readonly begin: number; readonly end: number }[];
  /** Whole cores, for the demand models. */
  readonly cores: number;
  /** Workload that holds it at the start; null: free. */
  readonly owner: string | null;
  /** `workload/framework` of the owner; null: free. */
  readonly ownerFramework: string | null;
}

/**
 * The fleet of a scenario: hosts in order of shape, then number. Racks are blocks of neighbouring hosts, dealt to zones
 * in turn; owners are interleaved, so
 * every workload has hosts in every rack, as in a fleet that grew. Identities depend on seed and number only.
 */
export function buildFleet(scenario: Scenario): readonly FleetHost[] {
  const prng = new Prng(scenario.seed, 'fleet');
  const seedByte = prng.int(0, 255);
  const hosts: FleetHost[] = [];
  let rackOffset = 0;
  for (const shape of scenario.fleet.shapes) {
    const owners = interleave(scenario, shape);
    const racks = Math.min(shape.racks, Math.max(shape.count, 1));
    for (let index = 0; index < shape.count; index++) {
      const number = hosts.length + 1;
      const rack = rackOffset + Math.floor((index * racks) / shape.count);
      const owner = owners[index] ?? null;
      hosts.push({
        name: hostName(number, scenario.hosts),
        uuid: uuid(prng),
        serial: `MSC${hex(prng.nextUint32(), 8).toUpperCase()}${hex(number, 5).toUpperCase()}`,
        macs: [0, 1].map((port) => mac(seedByte, number * 2 + port)),
        shape: shape.name,
        region: 'home',
        zone: `zone-${(rack % scenario.fleet.zones) + 1}`,
        rack: `rack-${String(rack + 1).padStart(2, '0')}`,
        cpusMilli: shape.cpus * 1_000,
        memoryBytes: shape.memoryGiB * GIB,
        diskBytes: shape.diskGiB * GIB,
        gpus: shape.gpus,
        ports: PORTS,
        cores: shape.cpus,
        owner: owner?.name ?? null,
        ownerFramework: owner === null ? null : frameworkName(owner),
      });
    }
    rackOffset += racks;
  }
  return hosts;
}

/**
 * Deals one shape's hosts to workloads so that each is spread evenly (smooth weighted round robin). Free hosts are
 * spread too.
 */
function interleave(scenario: Scenario, shape: ShapeSpec): readonly (Scenario['workloads'][number] | null)[] {
  const held = scenario.workloads.map((workload) => workload.initialHosts[`hosts/${shape.name}`] ?? 0);
  const free = Math.max(shape.count - held.reduce((sum, count) => sum + count, 0), 0);
  const weights = [...held, free];
  const credit = weights.map(() => 0);
  return Array.from({ length: shape.count }, () => {
    let chosen = 0;
    weights.forEach((weight, index) => {
      credit[index] = (credit[index] ?? 0) + weight;
      if ((credit[index] ?? 0) > (credit[chosen] ?? 0)) chosen = index;
    });
    credit[chosen] = (credit[chosen] ?? 0) - shape.count;
    return scenario.workloads[chosen] ?? null;
  });
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0').slice(-digits);
}

/** A random (version 4) uuid: never one of the junk values that vendors put there. */
function uuid(prng: Prng): string {
  const [a, b, c, d] = [prng.nextUint32(), prng.nextUint32(), prng.nextUint32(), prng.nextUint32()];
  return `${hex(a, 8)}-${hex(b >>> 16, 4)}-4${hex(b, 3)}-${hex(0x8000 | (c & 0x3fff), 4)}-${hex(c >>> 16, 4)}${hex(d, 8)}`;
}

/** A locally administered address; the last three bytes are a running number, so no two hosts share one. */
function mac(seedByte: number, number: number): string {
  const bytes = [0x02, 0x4d, seedByte, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff];
  return bytes.map((byte) => hex(byte, 2)).join(':');
}
