import { describe, expect, it } from '@jest/globals';
import { buildFleet } from '../../../src/scenario/fleet.js';
import { loadScenario } from '../../../src/scenario/load-scenario.js';

describe('buildFleet', () => {
  const scenario = loadScenario('', 'default');
  const fleet = buildFleet(scenario);

  it('builds the hosts of the default scenario', () => {
    expect(fleet).toHaveLength(60);
    expect(fleet[0]).toMatchObject({
      name: 'node01',
      shape: 'standard',
      rack: 'rack-01',
      zone: 'zone-1',
      cpusMilli: 32_000,
      memoryBytes: 256 * 1024 ** 3,
      gpus: 0,
      cores: 32,
    });
    expect(fleet[59]).toMatchObject({ name: 'node60', rack: 'rack-06', zone: 'zone-2' });
  });

  it('gives each workload the hosts it starts with, some in every rack', () => {
    const held = (name: string): number => fleet.filter((host) => host.owner === name).length;
    expect([held('ovirt'), held('kubernetes'), held('hadoop')]).toEqual([23, 19, 18]);
    expect(fleet.find((host) => host.owner === 'ovirt')?.ownerFramework).toBe('ovirt/prod');
    for (const workload of scenario.workloads) {
      expect(new Set(fleet.filter((host) => host.owner === workload.name).map((host) => host.rack)).size).toBe(6);
    }
  });

  it('gives every host its own identity, the same for the same seed', () => {
    const ids = fleet.flatMap((host) => [host.uuid, host.serial, ...host.macs]);
    expect(new Set(ids).size).toBe(60 * 4);
    expect(buildFleet(scenario)).toEqual(fleet);
    expect(buildFleet(loadScenario('', 'default', { seed: 8 }))[0]?.uuid).not.toBe(fleet[0]?.uuid);
  });

  it('writes identities as firmware does', () => {
    for (const host of fleet) {
      expect(host.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      for (const mac of host.macs) expect(mac).toMatch(/^02(:[0-9a-f]{2}){5}$/);
    }
  });

  it('leaves hosts free that nobody starts with, and keeps racks of shapes apart', () => {
    const text = `
fleet: {shapes: [{name: a, count: 4, racks: 2}, {name: b, count: 6, racks: 3, gpus: 4}]}
workloads: [{name: ovirt, role: /production/vms, demand: {trace: planetlab, share: 0.5}, initialHosts: 5}]`;
    const hosts = buildFleet(loadScenario(text, 'f'));
    expect(hosts.filter((host) => host.owner === null)).toHaveLength(5);
    expect(hosts.map((host) => host.rack)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5].map((rack) => `rack-0${rack}`));
    expect(hosts.filter((host) => host.gpus === 4)).toHaveLength(6);
  });

  it('names hosts with as many digits as the fleet needs', () => {
    const names = buildFleet(loadScenario('', 'f', { hosts: 1_000 })).map((host) => host.name);
    expect([names[0], names[999]]).toEqual(['node0001', 'node1000']);
    expect(new Set(names).size).toBe(1_000);
  });
});
