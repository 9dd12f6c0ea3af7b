// Operators name things as people do; every refusal says what to do next and changes nothing.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OperatorCommand, OperatorReply } from '../../../../scheduler/index.js';
import { OBSERVATION_AGE_MAX_MS } from '../../../../scheduler/reconcile/drift.js';
import { CoreHarness, type AgentPeer, type FrameworkPeer } from '../../../support/core-harness.js';

let harness: CoreHarness;
let node17: AgentPeer;
let ovirt: FrameworkPeer;

const wet = { dryRun: false } as const;
const dry = { dryRun: true } as const;

beforeEach(() => {
  harness = new CoreHarness({ planner: 'off' });
  node17 = harness.agent('node17');
  harness.agent('node18');
  ovirt = harness.framework('ovirt/prod');
  harness.framework('kubernetes/east');
  harness.framework('kubernetes/prod');
  ovirt.observes([node17]);
  harness.settle();
});

function refusal(command: OperatorCommand): Extract<OperatorReply, { ok: false }> {
  const before = JSON.stringify(harness.master.dump());
  const reply = harness.command(command);
  expect(reply.ok).toBe(false);
  expect(JSON.stringify(harness.master.dump())).toBe(before);
  return reply as Extract<OperatorReply, { ok: false }>;
}

describe('what a command names', () => {
  it('is a host by name or by id', () => {
    expect(harness.command({ ...dry, kind: 'host_cordon', host: 'node17', reason: '' }).ok).toBe(true);
    expect(harness.command({ ...dry, kind: 'host_cordon', host: node17.hostId, reason: '' }).ok).toBe(true);
  });

  it('gets a hint at the nearest names when it is mistyped', () => {
    const reply = refusal({ ...wet, kind: 'host_cordon', host: 'nod17', reason: '' });
    expect(reply.code).toBe('NOT_FOUND');
    expect(reply.message).toBe('there is no host "nod17"; did you mean node17 or node18? see: mosaic host list');
  });

  it('is a framework by its name alone while only one has it', () => {
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    expect(
      harness.command({ ...dry, kind: 'move', host: 'node17', to: 'east', role: '', hard: false, reason: '' }).ok,
    ).toBe(true);
    const reply = refusal({ ...wet, kind: 'move', host: 'node17', to: 'prod', role: '', hard: false, reason: '' });
    expect(reply.message).toBe('framework "prod" is ambiguous: name one of ovirt/prod, kubernetes/prod');
  });

  it('is a move by its id or by the host that moves', () => {
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    ovirt.steps.set('drain', 'silent');
    const reply = harness.command({
      ...wet,
      kind: 'move',
      host: 'node17',
      to: 'kubernetes/east',
      role: '',
      hard: false,
      reason: '',
    });
    expect(reply.ok && reply.ids).toHaveLength(1);
    expect(harness.command({ ...dry, kind: 'move_cancel', transition: 'node17' }).ok).toBe(true);
    expect(harness.command({ ...dry, kind: 'move_cancel', transition: reply.ok ? (reply.ids[0] ?? '') : '' }).ok).toBe(
      true,
    );
    expect(refusal({ ...wet, kind: 'move_cancel', transition: 'node18' }).message).toMatch(
      /^host node18 is not moving/,
    );
  });

  it('is repeated only so far as it fits a line', () => {
    const reply = refusal({ ...wet, kind: 'host_admit', host: 'x'.repeat(10_000) });
    expect(reply.message.length).toBeLessThan(200);
  });
});

describe('a refusal', () => {
  it.each<[string, OperatorCommand, RegExp]>([
    [
      'of a reason with a line break',
      { ...wet, kind: 'host_cordon', host: 'node17', reason: 'a\nb' },
      /^reason holds a control character; write it as one line/,
    ],
    [
      'of a reason without end',
      { ...wet, kind: 'freeze', scope: '*', reason: 'x'.repeat(301) },
      /^reason has 301 characters; at most 300/,
    ],
    [
      'of a scope that is no workload',
      { ...wet, kind: 'freeze', scope: 'oVirt!', reason: '' },
      /^scope is "oVirt!"; it must be/,
    ],
    [
      'of a plan version that is none',
      { ...wet, kind: 'plan_approve', planId: 'p-1-1', version: 0 },
      /^version is 0; it must be the whole number that mosaic plan show prints/,
    ],
    [
      'of a shape with a bad rank',
      { ...wet, kind: 'shape_set', shape: 'gpu', rank: -1, constraints: [], minimum: {} },
      /^rank is -1; it must be a whole number from 0/,
    ],
    [
      'of a move to nowhere',
      { ...wet, kind: 'move', host: 'node17', to: '', role: '', hard: false, reason: '' },
      /^to is empty; name a framework, `free` or `shared`, as in: mosaic move node17 --to free/,
    ],
    [
      'of a role for the free pool',
      { ...wet, kind: 'move', host: 'node17', to: 'free', role: '/x', hard: false, reason: '' },
      /^role is "\/x", but a host that goes to free is held in no role/,
    ],
    [
      'of a role that the framework has not',
      { ...wet, kind: 'move', host: 'node17', to: 'kubernetes/east', role: '/x', hard: false, reason: '' },
      /^role is "\/x"; kubernetes\/east may hold hosts in \//,
    ],
    [
      'of a move to a workload',
      { ...wet, kind: 'move', host: 'node17', to: 'kubernetes', role: '', hard: false, reason: '' },
      /^"kubernetes" is a workload; name a framework of it: kubernetes\/east or kubernetes\/prod$/,
    ],
    ['of a role that does not exist', { ...wet, kind: 'role_delete', role: '/prod' }, /^there is no role "\/prod"/],
    [
      'of a teardown of nobody',
      { ...wet, kind: 'framework_teardown', frameworkId: 'ovirt/prd' },
      /did you mean ovirt\/prod\?/,
    ],
  ])('%s says what is accepted', (_what, command, message) => {
    expect(refusal(command).message).toMatch(message);
  });

  it('of a move to where the host is already says so', () => {
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    const reply = refusal({
      ...wet,
      kind: 'move',
      host: 'node17',
      to: 'ovirt/prod',
      role: '',
      hard: false,
      reason: '',
    });
    expect(reply.message).toBe('node17 is with ovirt/prod (role /) already; nothing to do (mosaic why node17)');
  });
});

describe('a dry run', () => {
  it('of a move says what would be done and changes nothing', () => {
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    const before = JSON.stringify(harness.master.dump());
    const reply = harness.command({
      ...dry,
      kind: 'move',
      host: 'node17',
      to: 'kubernetes/east',
      role: '',
      hard: true,
      reason: '',
    });
    expect(reply).toEqual({
      ok: true,
      changes: [
        'node17 moves from ovirt/prod to kubernetes/east (role /)',
        'what is left on it at the drain deadline is killed',
      ],
      ids: [],
    });
    expect(JSON.stringify(harness.master.dump())).toBe(before);
  });

  it.each<OperatorCommand>([
    { ...dry, kind: 'host_admit', host: 'node18' },
    { ...dry, kind: 'host_cordon', host: 'node18', reason: 'x' },
    { ...dry, kind: 'host_quarantine', host: 'node18', reason: 'x' },
    { ...dry, kind: 'adopt', frameworkId: 'ovirt/prod' },
    { ...dry, kind: 'role_set', role: '/a', change: { weight: 2 } },
    { ...dry, kind: 'shape_set', shape: 'gpu', rank: 1, constraints: [], minimum: {} },
    { ...dry, kind: 'plan_mode', mode: 'observe' },
    { ...dry, kind: 'freeze', scope: '*', reason: 'x' },
    { ...dry, kind: 'framework_teardown', frameworkId: 'ovirt/prod' },
  ])('of $kind changes nothing', (command) => {
    const before = JSON.stringify(harness.master.dump());
    const wakeMs = harness.master.nextWakeMs();
    const reply = harness.command(command);
    expect(reply.ok).toBe(true);
    expect(reply.ok && reply.changes.length).toBeGreaterThan(0);
    expect(JSON.stringify(harness.master.dump())).toBe(before);
    expect(harness.master.nextWakeMs()).toBe(wakeMs);
  });
});

describe('a host that was quarantined before it was ours', () => {
  it.each(['free', 'shared', 'kubernetes/east'])('is not wiped by a move to %s', (to) => {
    harness.must({ ...wet, kind: 'host_quarantine', host: 'node17', reason: 'who put it there' });
    const reply = refusal({ ...wet, kind: 'move', host: 'node17', to, role: '', hard: false, reason: '' });
    expect(reply).toMatchObject({
      code: 'FAILED_PRECONDITION',
      message:
        'node17 was quarantined before it was ours, and a move would wipe what is on it; release it first: mosaic host release node17',
    });
    harness.must({ ...wet, kind: 'host_release', host: 'node17' });
    expect(harness.query({ kind: 'host', host: 'node17' }).host.mode).toBe('unclaimed');
  });

  it('is wiped by a move to free when it was ours', () => {
    harness.must({ ...wet, kind: 'host_admit', host: 'node18' });
    harness.must({ ...wet, kind: 'host_quarantine', host: 'node18', reason: 'smells' });
    harness.must({ ...wet, kind: 'move', host: 'node18', to: 'free', role: '', hard: false, reason: '' });
    expect(harness.peer('node18').lastRequest('wipe').hostName).toBe('node18');
    expect(harness.query({ kind: 'host', host: 'node18' }).host.mode).toBe('free');
  });
});

describe('a host that will not come back', () => {
  const forget = (host: string): OperatorCommand => ({ ...wet, kind: 'host_forget', host });

  it('is forgotten when it is away and nothing depends on it', () => {
    node17.disconnect();
    const hostId = node17.hostId;
    harness.must({ ...dry, kind: 'host_forget', host: 'node17' });
    expect(harness.must(forget('node17'))).toEqual([
      'node17 is forgotten; if its agent comes back it is a new host, unclaimed',
    ]);
    expect(harness.command(forget(hostId))).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    // oVirt still has it: a machine without agent.
    expect(harness.query({ kind: 'conditions' }).conditions).toMatchObject([
      { kind: 'NO_AGENT', subject: 'ovirt/prod' },
    ]);
    harness.assertSound();
    harness.advance(harness.options.hostLostAfterMs * 2);
    harness.assertSound();
  });

  it('comes back as a new one, which the managers that have it are matched with', () => {
    node17.disconnect();
    const before = node17.hostId;
    harness.must(forget('node17'));
    node17.restart();
    expect(node17.hostId).not.toBe(before);
    expect(harness.query({ kind: 'host', host: 'node17' }).host).toMatchObject({ hostId: node17.hostId });
    expect(harness.query({ kind: 'conditions' }).conditions).toEqual([]);
    harness.assertSound();
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    expect(harness.query({ kind: 'host', host: 'node17' }).host).toMatchObject({ owner: 'ovirt/prod' });
  });

  it('is forgotten after it was lost, confirmed off and quarantined with it', () => {
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    node17.disconnect();
    expect(refusal(forget('node17')).message).toBe(
      'node17 is held by ovirt/prod; if the machine is off for good: mosaic host confirm-off node17',
    );
    harness.advance(harness.options.hostLostAfterMs + 1);
    harness.must({ ...wet, kind: 'host_confirm_off', host: 'node17' });
    harness.must(forget('node17'));
    harness.assertSound();
    harness.restart();
    expect(harness.why('node18').about).toBe('host');
    expect(harness.master.query({ kind: 'host', host: 'node17' })).toMatchObject({ kind: 'not_found' });
  });

  it('is not forgotten while its agent is there', () => {
    expect(refusal(forget('node17'))).toMatchObject({
      code: 'FAILED_PRECONDITION',
      message: 'node17 has its agent connected and would come back at once; stop the agent first',
    });
  });

  it('is not forgotten while it is in the pool or moving', () => {
    const node18 = harness.peer('node18');
    harness.must({ ...wet, kind: 'host_admit', host: 'node18' });
    node18.disconnect();
    expect(refusal(forget('node18')).message).toBe(
      'node18 is free; only unclaimed and quarantined hosts are forgotten, so first: mosaic host quarantine node18',
    );
    node18.steps.set('verify_clean', 'silent');
    node17.steps.set('verify_clean', 'silent');
    ovirt.observes([]);
    harness.must({ ...wet, kind: 'host_admit', host: 'node17' });
    expect(refusal(forget('node17')).message).toMatch(/^node17 is moving \(t-1-\d+\); mosaic move cancel t-1-\d+$/);
  });
});

describe('a peer that was set aside', () => {
  const setAside = (peerId: string): void => {
    harness.step({ kind: 'quarantine', peerId, reason: 'it sent what cannot be' });
    harness.settle();
  };

  it.each(['ovirt/prod', 'framework/ovirt/prod'])('is let back in by the name %s', (peer) => {
    setAside('framework/ovirt/prod');
    expect(harness.query({ kind: 'conditions' }).conditions).toMatchObject([
      { kind: 'PEER_QUARANTINED', remedy: 'mosaic framework release ovirt/prod' },
    ]);
    ovirt.connected = false;
    ovirt.connect();
    expect(ovirt.connected).toBe(false);
    harness.must({ ...dry, kind: 'peer_release', peer });
    expect(harness.must({ ...wet, kind: 'peer_release', peer })).toEqual(['ovirt/prod may connect again']);
    ovirt.connect();
    expect(ovirt.connected).toBe(true);
    expect(harness.query({ kind: 'conditions' }).conditions).toEqual([]);
  });

  it('may be an agent, named by its host', () => {
    setAside(node17.peerId);
    harness.must({ ...wet, kind: 'peer_release', peer: 'node17' });
    expect(harness.query({ kind: 'conditions' }).conditions).toEqual([]);
  });

  it('has to be one', () => {
    expect(refusal({ ...wet, kind: 'peer_release', peer: 'ovirt/prod' })).toMatchObject({
      code: 'FAILED_PRECONDITION',
      message: 'ovirt/prod is not set aside; nobody is',
    });
    expect(refusal({ ...wet, kind: 'peer_release', peer: 'ovirt/prd' }).message).toBe(
      'there is no framework "ovirt/prd"; did you mean ovirt/prod? see: mosaic framework list',
    );
  });
});

describe('cancelling a move', () => {
  it('that ends free anyway is refused once it cannot turn, with what keeps the host out of use', () => {
    const node18 = harness.peer('node18');
    node18.steps.set('verify_clean', 'silent');
    harness.must({ ...wet, kind: 'host_admit', host: 'node18' });
    expect(refusal({ ...wet, kind: 'move_cancel', transition: 'node18' }).message).toContain(
      'goes to the free pool anyway; to keep it out of use: mosaic host quarantine node18',
    );
    harness.must({ ...wet, kind: 'host_quarantine', host: 'node18', reason: 'not yet' });
    harness.must({ ...wet, kind: 'host_release', host: 'node18' });
    expect(harness.query({ kind: 'host', host: 'node18' }).host.mode).toBe('unclaimed');
  });
});

describe('releasing a machine that was confirmed off and came back as it was', () => {
  it('wipes nothing while the manager that had it still uses it', () => {
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    node17.disconnect();
    harness.advance(harness.options.hostLostAfterMs);
    harness.must({ ...wet, kind: 'host_confirm_off', host: 'node17' });
    node17.connect();
    harness.must({ ...wet, kind: 'host_release', host: 'node17' });
    expect(node17.received.map((message) => message.kind)).not.toContain('step_request');
    expect(harness.query({ kind: 'host', host: 'node17' }).host.mode).toBe('unclaimed');
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    expect(harness.query({ kind: 'host', host: 'node17' }).host.owner).toBe('ovirt/prod');
  });

  it('wipes it once that manager has it no more', () => {
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    node17.disconnect();
    harness.advance(harness.options.hostLostAfterMs);
    harness.must({ ...wet, kind: 'host_confirm_off', host: 'node17' });
    node17.connect();
    harness.advance(OBSERVATION_AGE_MAX_MS);
    ovirt.observes([]);
    harness.must({ ...wet, kind: 'host_release', host: 'node17' });
    expect(harness.query({ kind: 'host', host: 'node17' }).host).toMatchObject({ mode: 'free', clean: true });
    expect(harness.stored.get(`host/${node17.hostId}`)).not.toHaveProperty('formerHolder');
  });

  it('wipes nothing before that manager was observed since the machine is back, restart or not', () => {
    const gone =
      'ovirt/prod held node17 until it was confirmed off, and its manager was not observed since the machine is back';
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    node17.disconnect();
    harness.advance(harness.options.hostLostAfterMs);
    harness.must({ ...wet, kind: 'host_confirm_off', host: 'node17' });
    // While it is away its manager does not have it; it serves there again as soon as it is back.
    ovirt.observes([]);
    node17.connect();
    expect(refusal({ ...wet, kind: 'host_release', host: 'node17' }).message).toContain(gone);
    // Nor does a move, which would wipe it, too.
    const move = {
      ...wet,
      kind: 'move',
      host: 'node17',
      to: 'kubernetes/east',
      role: '',
      hard: false,
      reason: '',
    } as const;
    expect(refusal(move).message).toContain('release it first: mosaic host release node17');
    // This one may have been made before the machine was back.
    harness.advance(OBSERVATION_AGE_MAX_MS - 1);
    ovirt.observes([]);
    expect(refusal({ ...wet, kind: 'host_release', host: 'node17' }).message).toContain(gone);
    harness.restart();
    node17.connect();
    ovirt.connect();
    expect(refusal({ ...wet, kind: 'host_release', host: 'node17' }).message).toContain(gone);
    harness.advance(OBSERVATION_AGE_MAX_MS);
    ovirt.observes([node17]);
    harness.must({ ...wet, kind: 'host_release', host: 'node17' });
    expect(harness.query({ kind: 'host', host: 'node17' }).host.mode).toBe('unclaimed');
    expect(node17.received.map((message) => message.kind)).not.toContain('step_request');
    harness.assertSound();
  });

  it('wipes it though that manager is silent for ever, once its framework was torn down', () => {
    harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
    node17.disconnect();
    ovirt.disconnect();
    harness.advance(harness.options.hostLostAfterMs);
    harness.must({ ...wet, kind: 'host_confirm_off', host: 'node17' });
    node17.connect();
    ovirt.connect();
    ovirt.observes([]);
    ovirt.disconnect();
    refusal({ ...wet, kind: 'host_release', host: 'node17' });
    harness.must({ ...wet, kind: 'framework_teardown', frameworkId: 'ovirt/prod' });
    harness.must({ ...wet, kind: 'host_release', host: 'node17' });
    expect(harness.query({ kind: 'host', host: 'node17' }).host).toMatchObject({ mode: 'free', clean: true });
  });
});
