import { describe, expect, it } from '@jest/globals';
import {
  onTaskStatus,
  launchTasks,
  peerDisconnected,
  quarantinePeer,
  sweepCommands,
  teardownByOperator,
  teardownFramework,
} from '../../../../scheduler/reconcile/index.js';
import {
  connectFramework,
  frameworkHello,
  hostOf,
  joinAgent,
  lease,
  makeCore,
  open,
  sent,
  setMode,
  spec,
  status,
} from './support.js';

const OVIRT = 'ovirt/prod';

describe('tearing a framework down', () => {
  it('kills its tasks, moves its hosts to the free pool and answers', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const [leased, shared] = [joinAgent(core, 1), joinAgent(core, 2)];
    lease(core, leased, OVIRT);
    setMode(core, shared, 'shared');
    launchTasks(core, OVIRT, '/prod', shared, [spec('a')]);
    core.state.demands.put({
      key: `${OVIRT}|/prod`,
      frameworkId: OVIRT,
      role: '/prod',
      receivedMs: 0,
      entries: [],
      launchedSince: new Map(),
    });
    core.takeEffects();
    teardownFramework(core, OVIRT, 'td');
    const { toAgents, toFrameworks } = sent(core);
    expect(toAgents).toMatchObject([{ kind: 'kill', taskId: `${OVIRT}/a` }]);
    expect(toFrameworks).toContainEqual({ kind: 'result', commandId: 'td', outcome: { ok: true, ids: [OVIRT] } });
    expect(core.state.frameworks.get(OVIRT)?.tornDown).toBe(true);
    expect(core.state.demands.size).toBe(0);
    expect(core.state.transitions.get(hostOf(core, leased).transitionId ?? '')).toMatchObject({
      from: { frameworkId: OVIRT },
      to: null,
      toMode: 'free',
    });
    teardownFramework(core, OVIRT, 'td');
    expect(sent(core)).toMatchObject({
      toAgents: [],
      toFrameworks: [{ kind: 'result', commandId: 'td', outcome: { ok: true } }],
    });
  });

  it('lets it come back while it still has to hand something over, and refuses it afterwards', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const shared = joinAgent(core, 1);
    setMode(core, shared, 'shared');
    launchTasks(core, OVIRT, '/prod', shared, [spec('a')]);
    teardownFramework(core, OVIRT, 'td');
    expect(open(core, frameworkHello(OVIRT))).toMatchObject({ kind: 'session_accepted' });
    onTaskStatus(core, shared, status(`${OVIRT}/a`, shared, { state: 'killed' }));
    expect(core.state.tasks.size).toBe(0);
    const answer = open(core, frameworkHello(OVIRT));
    expect(answer).toMatchObject({
      kind: 'session_refused',
      code: 'PERMISSION_DENIED',
      message: 'ovirt/prod was torn down; register under another name',
    });
  });

  it('ends with the record gone; the name is free for a new one', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    teardownFramework(core, OVIRT, 'td');
    sweepCommands(core);
    expect(core.state.frameworks.size).toBe(0);
    expect(core.state.sessions.has(`framework/${OVIRT}`)).toBe(false);
    expect(core.state.frameworkPresence.size).toBe(0);
    expect(open(core, frameworkHello(OVIRT, ['/prod'], { secretHash: 'new' }))).toMatchObject({
      kind: 'session_accepted',
    });
  });

  it('leaves nothing behind: neither filters that would run for years nor that it was set aside', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    core.filters.add(OVIRT, '/prod', 'h-1-1', Infinity);
    core.filters.add(`${OVIRT}-two`, '/prod', 'h-1-1', Infinity);
    quarantinePeer(core, `framework/${OVIRT}`, 'it sent what cannot be');
    teardownByOperator(core, 'ada', OVIRT, false);
    sweepCommands(core);
    expect(core.filters.blocks(OVIRT, '/prod', 'h-1-1')).toBe(false);
    expect(core.filters.blocks(`${OVIRT}-two`, '/prod', 'h-1-1')).toBe(true);
    expect(open(core, frameworkHello(OVIRT, ['/prod'], { secretHash: 'new' }))).toMatchObject({
      kind: 'session_accepted',
    });
  });

  it('keeps the record while it holds a host, and tries again to take it', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    lease(core, hostId, OVIRT);
    peerDisconnected(core, `framework/${OVIRT}`, 'gone');
    expect(teardownByOperator(core, 'ada', OVIRT, false)).toMatchObject({ ok: true, ids: [] });
    sweepCommands(core);
    expect(core.state.frameworks.has(OVIRT)).toBe(true);
    connectFramework(core, OVIRT);
    sweepCommands(core);
    expect(hostOf(core, hostId).transitionId).not.toBeNull();
  });

  it('is tried first by an operator without changing anything', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    lease(core, joinAgent(core, 1), OVIRT);
    core.state.takeMutations();
    core.takeEffects();
    expect(teardownByOperator(core, 'ada', OVIRT, true)).toMatchObject({
      ok: true,
      changes: [expect.any(String), '0 tasks are killed', '1 host is drained and goes back to the free pool'],
    });
    expect(core.state.takeMutations()).toEqual([]);
    expect(core.takeEffects()).toEqual([]);
    expect(teardownByOperator(core, 'ada', 'no/one', true)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });
});
