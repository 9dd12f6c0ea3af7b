// Limits and what follows from them: which ceiling holds, when it falls, and that whoever stays below it is never punished.
import { describe, expect, it } from '@jest/globals';
import type { OperatorCommand } from '../../../../scheduler/index.js';
import {
  CoreHarness,
  GIB,
  hostsWanted,
  resources,
  type AgentPeer,
  type FrameworkPeer,
} from '../../../support/core-harness.js';

const wet = { dryRun: false } as const;

type RoleChange = Extract<OperatorCommand, { kind: 'role_set' }>['change'];

class Fleet {
  readonly harness = new CoreHarness({ planner: 'off' });
  readonly agents: AgentPeer[] = [];

  constructor(hosts: number) {
    for (let at = 1; at <= hosts; at += 1) {
      this.agents.push(this.harness.agent(`node${at}`));
      this.harness.must({ ...wet, kind: 'host_admit', host: `node${at}` });
    }
  }

  set(role: string, change: RoleChange): void {
    this.harness.must({ ...wet, kind: 'role_set', role, change });
  }

  framework(name: string, role: string): FrameworkPeer {
    return this.harness.framework(name, [role]);
  }

  conditions(kind: string): readonly string[] {
    return this.harness
      .query({ kind: 'conditions' })
      .conditions.filter((condition) => condition.kind === kind)
      .map((condition) => condition.subject);
  }

  hostsOf(name: string): number {
    const { frameworks } = this.harness.query({ kind: 'frameworks', workload: '' });
    return frameworks.find((framework) => framework.frameworkId === name)?.hosts ?? 0;
  }
}

describe('a borrowing limit', () => {
  it('counts from the guarantee that the roles below have together, for grants and for their check alike', () => {
    const fleet = new Fleet(5);
    fleet.set('/a', { borrowingLimit: { hosts: 1 } });
    fleet.set('/a/x', { guarantee: { hosts: 2 } });
    fleet.framework('kubernetes/east', '/a/x').wants([hostsWanted('pods', 5)]);
    fleet.harness.advance(1_000);
    expect(fleet.hostsOf('kubernetes/east')).toBe(3);
    fleet.harness.assertSound();
  });

  it('falls with a guarantee below it: offers that no longer fit are withdrawn', () => {
    const fleet = new Fleet(5);
    fleet.set('/a', { borrowingLimit: { hosts: 1 } });
    fleet.set('/a/x', { guarantee: { hosts: 2 } });
    const kube = fleet.framework('kubernetes/east', '/a/x');
    kube.claims = false;
    kube.wants([hostsWanted('pods', 5)]);
    fleet.harness.advance(100);
    expect(fleet.harness.query({ kind: 'offers', page: { limit: 0, pageToken: '' } }).total).toBe(3);
    fleet.set('/a/x', { guarantee: {} });
    expect(fleet.harness.query({ kind: 'offers', page: { limit: 0, pageToken: '' } }).total).toBe(1);
    fleet.harness.assertSound();
  });

  it('that falls below what is held is refused, and with force shown at the role whose limit it is', () => {
    const fleet = new Fleet(5);
    fleet.set('/a', { borrowingLimit: { hosts: 1 } });
    fleet.set('/a/x', { guarantee: { hosts: 2 } });
    fleet.framework('kubernetes/east', '/a/x').wants([hostsWanted('pods', 5)]);
    fleet.harness.advance(1_000);
    const lower: OperatorCommand = { ...wet, kind: 'role_set', role: '/a/x', change: { guarantee: {} } };
    const refusal = fleet.harness.command(lower);
    expect(refusal).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    expect('message' in refusal ? refusal.message : '').toContain('role /a holds hosts=3, more than 1');
    fleet.set('/a/x', { guarantee: {}, force: true });
    expect(fleet.conditions('OVER_LIMIT')).toEqual(['/a']);
    fleet.harness.assertSound();
  });

  it('is looked at again when a role below is deleted', () => {
    const fleet = new Fleet(5);
    fleet.set('/a', { borrowingLimit: { hosts: 1 } });
    fleet.set('/a/x', {});
    fleet.set('/a/y', { guarantee: { hosts: 2 } });
    fleet.framework('kubernetes/east', '/a/x').wants([hostsWanted('pods', 5)]);
    fleet.harness.advance(1_000);
    expect(fleet.hostsOf('kubernetes/east')).toBe(3);
    fleet.harness.must({ ...wet, kind: 'role_delete', role: '/a/y' });
    expect(fleet.conditions('OVER_LIMIT')).toEqual(['/a']);
    fleet.harness.assertSound();
  });
});

describe('a host that changes', () => {
  it('and takes its role over a limit by growing is shown; nobody is set aside for it', () => {
    const fleet = new Fleet(3);
    fleet.set('/a', { limit: { memoryBytes: 192 * GIB } });
    const kube = fleet.framework('kubernetes/east', '/a');
    kube.claims = false;
    kube.wants([hostsWanted('pods', 3)]);
    fleet.harness.advance(100);
    const offers = fleet.harness.query({ kind: 'offers', page: { limit: 0, pageToken: '' } }).offers;
    const [first, second, third] = ['node1', 'node2', 'node3'].map(
      (name) => offers.find((offer) => offer.hostName === name)?.offerId ?? '',
    );
    const claim = (offerId = '', commandId = ''): void =>
      void kube.say({ kind: 'accept', commandId, offerIds: [offerId], action: { kind: 'claim' } });
    claim(first, 'c1');
    claim(second, 'c2');
    fleet.harness.advance(100);
    const [grown] = fleet.agents;
    grown?.sendReport({ resources: resources(16, 80) });
    expect(fleet.conditions('OVER_LIMIT')).toEqual(['/a']);
    fleet.harness.assertSound();
    // The third was offered while there was room for it: taking it up is no fault of the framework.
    claim(third, 'c3');
    fleet.harness.assertSound();
    grown?.sendReport({ resources: resources(16, 64) });
    fleet.harness.advance(1_000);
    expect(fleet.conditions('OVER_LIMIT')).toEqual([]);
  });

  it('and takes its role over a limit by its new shape is shown', () => {
    const fleet = new Fleet(3);
    fleet.harness.must({ ...wet, kind: 'shape_set', shape: 'big', rank: 10, constraints: [], minimum: { gpus: 1 } });
    fleet.set('/a', { limit: { 'hosts/big': 1 } });
    fleet.framework('kubernetes/east', '/a').wants([hostsWanted('pods', 3)]);
    fleet.harness.advance(1_000);
    fleet.harness.must({
      ...wet,
      kind: 'shape_set',
      shape: 'big',
      rank: 10,
      constraints: [],
      minimum: { cpusMilli: 1_000 },
    });
    expect(fleet.conditions('OVER_LIMIT')).toEqual(['/a']);
    fleet.harness.assertSound();
  });
});

describe('a role', () => {
  it('that a running move names is not deleted under it', () => {
    const fleet = new Fleet(1);
    for (const role of ['/a', '/b', '/c']) fleet.set(role, {});
    const kube = fleet.harness.framework('kubernetes/east', ['/a', '/b']);
    fleet.framework('ovirt/prod', '/c');
    kube.wants([hostsWanted('pods', 1)], '/a');
    fleet.harness.advance(1_000);
    const node = fleet.harness.peer('node1');
    node.steps.set('wipe', 'silent');
    kube.wants([], '/a');
    const move = { host: 'node1', to: 'ovirt/prod', role: '/c', hard: false, reason: '' };
    fleet.harness.must({ ...wet, kind: 'move', ...move });
    expect(node.unanswered.map((request) => request.step)).toEqual(['wipe']);
    Object.assign(kube, { roles: ['/b'] });
    kube.restart();
    expect(fleet.harness.command({ ...wet, kind: 'role_delete', role: '/a' })).toMatchObject({
      ok: false,
      code: 'FAILED_PRECONDITION',
    });
    fleet.harness.assertSound();
  });
});
