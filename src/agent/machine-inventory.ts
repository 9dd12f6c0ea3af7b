import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, statfs } from 'node:fs/promises';
import { arch, cpus, hostname, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FaultDomain, HostIdentity } from '../../scheduler/index.js';
import type { Inventory } from './driver.js';

const execFileAsync = promisify(execFile);
/** `rpm-ostree` and `bootc` answer in well under a second; a hung daemon must not hang the agent. */
const STATUS_TIMEOUT_MS = 10_000;

/** What an admin may say about a machine that the machine cannot know, or must not decide. */
export interface InventoryOverrides {
  readonly name?: string;
  readonly faultDomain?: Partial<FaultDomain>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Ports offered for tasks. @default 31000-32000 */
  readonly ports?: { readonly first: number; readonly last: number };
  /** Kept back for the system. @default 0 */
  readonly reservedCpusMilli?: number;
  readonly reservedMemoryBytes?: number;
}

/**
 * Reads the real machine: `/sys/class/dmi`, `/sys/class/net`, `/proc`, `os-release`, `rpm-ostree status --json`,
 * `bootc status --json`. What is missing is left empty; nothing is guessed.
 *
 * @param root folder that stands for `/`, for tests
 */
export async function readMachine(overrides: InventoryOverrides = {}, root = '/'): Promise<Inventory> {
  const [identity, osRelease, image, gpus, disk] = await Promise.all([
    readIdentity(root),
    readOsRelease(root),
    readImage(),
    countGpus(root),
    statfs(root),
  ]);
  const ports = overrides.ports ?? { first: 31_000, last: 32_000 };
  const quantities: Record<string, number> = {
    cpusMilli: Math.max(0, cpus().length * 1000 - (overrides.reservedCpusMilli ?? 0)),
    memoryBytes: Math.max(0, totalmem() - (overrides.reservedMemoryBytes ?? 0)),
    diskBytes: disk.blocks * disk.bsize,
  };
  if (gpus > 0) quantities['gpus'] = gpus;
  return {
    name: overrides.name ?? hostname(),
    identity,
    resources: { quantities, ports: [ports] },
    attributes: { arch: arch(), kernel: release(), ...osRelease, ...overrides.attributes },
    faultDomain: { region: '', zone: '', rack: '', ...overrides.faultDomain },
    image,
  };
}

async function readIdentity(root: string): Promise<HostIdentity> {
  const [uuid, serial, macs] = await Promise.all([
    readWord(join(root, 'sys/class/dmi/id/product_uuid')),
    readWord(join(root, 'sys/class/dmi/id/board_serial')),
    readMacs(root),
  ]);
  // Machines without SMBIOS (some ARM boards, containers): the id that the system made at its first boot.
  const fallback = uuid === '' ? uuidOfMachineId(await readLine(join(root, 'etc/machine-id'))) : '';
  return { uuid: uuid === '' ? fallback : uuid.toLowerCase(), serial, macs };
}

/**
 * Permanent addresses of physical interfaces: those with a `device` link that is not virtual. The virtual functions of a
 * card have one, too, by the hundred, and get new addresses at each boot.
 */
async function readMacs(root: string): Promise<readonly string[]> {
  const folder = join(root, 'sys/class/net');
  const names = await readdir(folder).catch(() => []);
  const macs = await Promise.all(
    names.map(async (name) => {
      const target = await readlink(join(folder, name)).catch(() => '');
      if (target.includes('/virtual/')) return '';
      const card = await readlink(join(folder, name, 'device/physfn')).catch(() => null);
      if (card !== null) return '';
      // A member of a bond shows the bond's address; its own is kept aside.
      const own = await readLine(join(folder, name, 'bonding_slave/perm_hwaddr'));
      const mac = own === '' ? await readLine(join(folder, name, 'address')) : own;
      return mac.toLowerCase();
    }),
  );
  return [...new Set(macs)].filter((mac) => mac !== '' && mac !== '00:00:00:00:00:00').sort();
}

async function readOsRelease(root: string): Promise<Record<string, string>> {
  const content = await readFile(join(root, 'etc/os-release'), 'utf8').catch(() => '');
  const values = new Map(
    content.split('\n').flatMap((line) => {
      const match = /^([A-Z_]+)=(.*)$/.exec(line);
      return match?.[1] === undefined ? [] : [[match[1], (match[2] ?? '').replace(/^(["'])(.*)\1$/, '$2')] as const];
    }),
  );
  const attributes: Record<string, string> = {};
  const id = values.get('ID');
  const version = values.get('VERSION_ID');
  const variant = values.get('VARIANT_ID');
  if (id !== undefined) attributes['os'] = id;
  if (version !== undefined) attributes['os-version'] = version;
  if (variant !== undefined) attributes['os-variant'] = variant;
  return attributes;
}

/** Checksum or digest of the booted image, from whichever of the two tools the machine has; empty without both. */
async function readImage(): Promise<string> {
  const ostree = await statusJson('rpm-ostree', ['status', '--json']);
  const deployments =
    isRecord(ostree) && Array.isArray(ostree['deployments']) ? (ostree['deployments'] as unknown[]) : [];
  for (const deployment of deployments) {
    if (isRecord(deployment) && deployment['booted'] === true && typeof deployment['checksum'] === 'string')
      return `ostree:${deployment['checksum']}`;
  }
  const bootc = await statusJson('bootc', ['status', '--json']);
  const digest = at(bootc, 'status', 'booted', 'image', 'imageDigest');
  return typeof digest === 'string' ? `bootc:${digest}` : '';
}

async function statusJson(command: string, args: readonly string[]): Promise<unknown> {
  try {
    const { stdout } = await execFileAsync(command, [...args], {
      timeout: STATUS_TIMEOUT_MS,
      maxBuffer: 4 * 1024 * 1024,
    });
    return JSON.parse(stdout) as unknown;
  } catch {
    return null; // Not an image-based system, or the tool does not answer: the image stays unknown.
  }
}

/** Display and 3D controllers of vendors that make accelerators (PCI class 03xx; vendors NVIDIA, AMD). */
async function countGpus(root: string): Promise<number> {
  const folder = join(root, 'sys/bus/pci/devices');
  const devices = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    devices.map(async (device) => {
      const [kind, vendor] = await Promise.all([
        readLine(join(folder, device, 'class')),
        readLine(join(folder, device, 'vendor')),
      ]);
      return /^0x0302/.test(kind) || (/^0x03/.test(kind) && (vendor === '0x10de' || vendor === '0x1002'));
    }),
  );
  return found.filter(Boolean).length;
}

/** What vendors leave in their firmware is not always text; the master refuses what cannot be printed. */
async function readWord(path: string): Promise<string> {
  return (await readLine(path)).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
}

async function readLine(path: string): Promise<string> {
  const content = await readFile(path, 'utf8').catch(() => '');
  return (content.split('\n')[0] ?? '').trim();
}

function uuidOfMachineId(id: string): string {
  return /^[0-9a-f]{32}$/.test(id) ? id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) here = isRecord(here) ? here[key] : undefined;
  return here;
}
