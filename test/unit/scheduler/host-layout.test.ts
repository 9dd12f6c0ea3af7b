import { describe, expect, it } from '@jest/globals';
import { hostLayout } from '../../../scheduler/state/host-layout.js';
import type { HostRecord } from '../../../scheduler/state/records.js';

/** Every field, so that one that is added and forgotten does not compile here, or is lost below. */
const FULL: Required<HostRecord> = {
  hostId: 'h-1-1',
  name: 'node1',
  identity: { uuid: 'u', serial: 's', macs: ['02:00:00:00:00:01'] },
  resources: { quantities: { cpusMilli: 1_000 }, ports: [] },
  attributes: { rack: 'r7' },
  faultDomain: { region: 'eu', zone: 'z1', rack: 'r7' },
  image: 'image-1',
  shape: 'standard',
  mode: 'quarantined',
  modeSinceMs: 1,
  quarantineReason: 'two machines say so',
  quarantinedFrom: 'unclaimed',
  formerHolder: 'ovirt/prod',
  leaseId: 'l-1-1',
  transitionId: 't-1-1',
  clean: true,
  cordoned: true,
  cordonReason: 'noise',
  commandSeq: 7,
  coolDownUntilMs: 8,
  fencedUntilMs: 9,
  lostSinceMs: 10,
};

describe('the layout of a host', () => {
  it('keeps every field, and makes none that was not there', () => {
    expect(hostLayout(FULL)).toStrictEqual(FULL);
    const { quarantinedFrom, formerHolder, fencedUntilMs, lostSinceMs, ...plain } = FULL;
    expect(hostLayout(plain)).toStrictEqual(plain);
    expect(Object.keys(hostLayout({ ...plain, lostSinceMs }))).toContain('lostSinceMs');
    expect([quarantinedFrom, formerHolder, fencedUntilMs]).toHaveLength(3);
  });

  it('has the same order of fields whatever order they came in', () => {
    const reversed = Object.fromEntries(Object.entries(FULL).reverse()) as unknown as HostRecord;
    expect(Object.keys(hostLayout(reversed))).toEqual(Object.keys(hostLayout(FULL)));
  });
});
