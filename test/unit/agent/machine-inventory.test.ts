import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { arch, hostname, release, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readMachine } from '../../../src/agent/index.js';

const UUID = '4C4C4544-0042-3510-8052-B4C04F383732';

describe('the inventory of a machine', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mosaic-machine-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function plant(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  /** As the kernel shows them: a link per interface into the tree of devices. */
  function plantInterface(name: string, device: string, files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) plant(`sys/devices/${device}/net/${name}/${file}`, `${text}\n`);
    mkdirSync(join(root, 'sys/class/net'), { recursive: true });
    symlinkSync(`../../devices/${device}/net/${name}`, join(root, 'sys/class/net', name));
  }

  function plantPci(address: string, kind: string, vendor: string): void {
    plant(`sys/bus/pci/devices/${address}/class`, `${kind}\n`);
    plant(`sys/bus/pci/devices/${address}/vendor`, `${vendor}\n`);
  }

  it('takes uuid and serial from SMBIOS', async () => {
    plant('sys/class/dmi/id/product_uuid', `${UUID}\n`);
    plant('sys/class/dmi/id/board_serial', '  .ABC1234.CN7016.  \n');
    plant('etc/machine-id', '0123456789abcdef0123456789abcdef\n');
    const { identity } = await readMachine({}, root);
    expect(identity).toEqual({ uuid: UUID.toLowerCase(), serial: '.ABC1234.CN7016.', macs: [] });
  });

  it('takes what can be printed of a serial that is not text', async () => {
    plant('sys/class/dmi/id/board_serial', ' \u0001SN\u0000-7\u007f\u200b \n');
    expect((await readMachine({}, root)).identity.serial).toBe('SN-7');
  });

  it('takes the id of the installed system where there is no SMBIOS', async () => {
    plant('etc/machine-id', '0123456789abcdef0123456789abcdef\n');
    expect((await readMachine({}, root)).identity.uuid).toBe('01234567-89ab-cdef-0123-456789abcdef');
    plant('etc/machine-id', 'uninitialized\n');
    expect((await readMachine({}, root)).identity.uuid).toBe('');
  });

  it('names physical interfaces by their own addresses, sorted, and no virtual ones', async () => {
    plantInterface('lo', 'virtual', { address: '00:00:00:00:00:00' });
    plantInterface('docker0', 'virtual', { address: '02:42:ac:11:00:01' });
    plantInterface('bond0', 'virtual', { address: '52:54:00:00:00:0a' });
    plantInterface('eth1', 'pci0000:00/0000:00:1f.0', { address: '52:54:00:00:00:0b' });
    // A bond lends its address to all its members; what they were built with is elsewhere.
    plantInterface('eth2', 'pci0000:00/0000:00:1f.1', {
      address: '52:54:00:00:00:0b',
      'bonding_slave/perm_hwaddr': '52:54:00:00:00:0c',
    });
    plantInterface('eth0', 'pci0000:00/0000:00:03.0', { address: '52:54:00:00:00:0A' });
    plantInterface('ib0', 'pci0000:00/0000:00:04.0', { address: '00:00:00:00:00:00' });
    plant('sys/class/net/bonding_masters', 'bond0\n');
    expect((await readMachine({}, root)).identity.macs).toEqual([
      '52:54:00:00:00:0a',
      '52:54:00:00:00:0b',
      '52:54:00:00:00:0c',
    ]);
  });

  it('does not count the virtual functions of a card', async () => {
    plantInterface('ens1f0', 'pci0000:00/0000:5e:00.0', { address: '52:54:00:00:00:0a' });
    plantInterface('ens1f0v0', 'pci0000:00/0000:5e:02.0', { address: '8a:00:00:00:00:01' });
    symlinkSync('../..', join(root, 'sys/class/net/ens1f0v0/device'));
    symlinkSync('../0000:5e:00.0', join(root, 'sys/devices/pci0000:00/0000:5e:02.0/physfn'));
    expect((await readMachine({}, root)).identity.macs).toEqual(['52:54:00:00:00:0a']);
  });

  it('names an address once', async () => {
    plantInterface('eth0', 'pci0000:00/0000:00:03.0', { address: '52:54:00:00:00:0a' });
    plantInterface('eth1', 'pci0000:00/0000:00:04.0', { address: '52:54:00:00:00:0a' });
    expect((await readMachine({}, root)).identity.macs).toEqual(['52:54:00:00:00:0a']);
  });

  it('reads which system runs', async () => {
    plant(
      'etc/os-release',
      'NAME="Fedora Linux"\nID=fedora\nVERSION_ID="42"\n# a comment\nVARIANT_ID=coreos\nBROKEN\nEMPTY=\n',
    );
    const { attributes } = await readMachine({}, root);
    expect(attributes).toEqual({
      arch: arch(),
      kernel: release(),
      os: 'fedora',
      'os-version': '42',
      'os-variant': 'coreos',
    });
    plant('etc/os-release', "ID='rhel'\nVERSION_ID='9.6'\n");
    expect((await readMachine({}, root)).attributes).toMatchObject({ os: 'rhel', 'os-version': '9.6' });
  });

  it('counts accelerators: 3D controllers, and display controllers of their makers', async () => {
    plantPci('0000:00:02.0', '0x030000', '0x8086'); // a built-in display
    plantPci('0000:3b:00.0', '0x030200', '0x10de');
    plantPci('0000:5e:00.0', '0x030000', '0x1002');
    plantPci('0000:86:00.0', '0x020000', '0x10de'); // a network card
    plantPci('0000:af:00.0', '0x030200', '0x10de');
    expect((await readMachine({}, root)).resources.quantities['gpus']).toBe(3);
  });

  it('guesses nothing: what is missing is empty', async () => {
    const { identity, attributes, resources, faultDomain, name, image } = await readMachine({}, root);
    expect(identity).toEqual({ uuid: '', serial: '', macs: [] });
    expect(attributes).toEqual({ arch: arch(), kernel: release() });
    expect(faultDomain).toEqual({ region: '', zone: '', rack: '' });
    expect(Object.keys(resources.quantities).sort()).toEqual(['cpusMilli', 'diskBytes', 'memoryBytes']);
    expect(name).toBe(hostname());
    expect(typeof image).toBe('string');
  });

  it('lets an admin say what the machine cannot know, and keeps back what the system needs', async () => {
    const inventory = await readMachine(
      {
        name: 'node17',
        faultDomain: { rack: 'r7' },
        attributes: { owner: 'research', arch: 'mine' },
        ports: { first: 40_000, last: 40_999 },
        reservedCpusMilli: 250,
        reservedMemoryBytes: Number.MAX_SAFE_INTEGER,
      },
      root,
    );
    expect(inventory).toMatchObject({
      name: 'node17',
      faultDomain: { region: '', zone: '', rack: 'r7' },
      attributes: { owner: 'research', arch: 'mine' },
    });
    expect(inventory.resources.ports).toEqual([{ first: 40_000, last: 40_999 }]);
    expect(inventory.resources.quantities['memoryBytes']).toBe(0);
    expect((inventory.resources.quantities['cpusMilli'] ?? 0) % 1_000).toBe(750);
  });

  it('reads this machine: whole, positive quantities and an identity that stays the same', async () => {
    const first = await readMachine();
    const second = await readMachine();
    expect(second.identity).toEqual(first.identity);
    for (const quantity of Object.values(first.resources.quantities)) {
      expect(Number.isSafeInteger(quantity)).toBe(true);
      expect(quantity).toBeGreaterThan(0);
    }
    expect(first.resources.quantities['memoryBytes']).toBeLessThanOrEqual(totalmem());
    expect(first.identity.uuid).toMatch(/^$|^[0-9a-f-]{36}$/);
    for (const mac of first.identity.macs) expect(mac).toMatch(/^[0-9a-f]{2}(:[0-9a-f]{2})+$/);
  });
});
