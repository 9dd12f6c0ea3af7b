import { describe, expect, it } from '@jest/globals';
import {
  launchTasks,
  onAgentReport,
  onTaskStatus,
  peerConnected,
  setShape,
} from '../../../../scheduler/reconcile/index.js';
import {
  HOST_AMOUNT_MAX,
  HOST_BYTES_MAX,
  HOST_CPUS_MILLI_MAX,
  HOSTS_MAX,
} from '../../../../scheduler/reconcile/limits.js';
import { BYTES_UNIT } from '../../../../scheduler/resources/index.js';
import type { AgentReport } from '../../../../scheduler/protocol.js';
import {
  agentHello,
  condition,
  connectAgent,
  connectFramework,
  GIB,
  hostOf,
  identity,
  joinAgent,
  lease,
  makeCore,
  open,
  report,
  sent,
  setMode,
  spec,
  taskOf,
  status,
} from './support.js';

const small = { quantities: { cpusMilli: 1_000, memoryBytes: GIB }, ports: [] };

describe('the report of an agent', () => {
  it('becomes the host record, without changing it when nothing changed', () => {
    const core = makeCore();
    const hostId = connectAgent(core, 'node1', identity(1));
    onAgentReport(core, hostId, report());
    expect(hostOf(core, hostId)).toMatchObject({
      resources: report().resources,
      attributes: { arch: 'x86_64' },
      image: 'fcos-43',
      shape: 'standard',
      mode: 'unclaimed',
    });
    expect(core.state.hostPresence.get(hostId)).toMatchObject({ reported: true, connected: true, synced: true });
    core.state.takeMutations();
    core.dirtyHosts.clear();
    onAgentReport(core, hostId, report());
    expect(core.state.takeMutations()).toEqual([]);
    expect(core.dirtyHosts.size).toBe(0);
  });

  it('counts in whole MiB, rounded down, so that sums over the largest fleet are exact', () => {
    const core = makeCore();
    const hostId = connectAgent(core, 'node1', identity(1));
    const odd = { cpusMilli: 1_001, memoryBytes: GIB + 12_345, diskBytes: 2 ** 20 - 1, scratchBytes: 5 * 2 ** 20 };
    onAgentReport(core, hostId, report({ resources: { quantities: odd, ports: [] } }));
    expect(hostOf(core, hostId).resources.quantities).toEqual({
      cpusMilli: 1_001,
      memoryBytes: GIB,
      scratchBytes: 5 * 2 ** 20,
    });
    for (const most of [HOST_CPUS_MILLI_MAX, HOST_AMOUNT_MAX, HOST_BYTES_MAX / BYTES_UNIT])
      expect(HOSTS_MAX * most).toBeLessThan(2 ** 53);
    // A sum of so many bytes has no odd part to lose.
    expect(Number.isSafeInteger((HOSTS_MAX * HOST_BYTES_MAX) / BYTES_UNIT)).toBe(true);
  });

  it('changes nothing when the odd bytes of it do', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    const [{ quantities, ports }] = [report().resources];
    core.state.takeMutations();
    const more = { ...quantities, memoryBytes: (quantities['memoryBytes'] ?? 0) + 7 };
    onAgentReport(core, hostId, report({ resources: { quantities: more, ports } }));
    expect(core.state.takeMutations()).toEqual([]);
  });

  it('of new attributes marks the host for the allocator', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    core.dirtyHosts.clear();
    onAgentReport(core, hostId, report({ attributes: { arch: 'aarch64' } }));
    expect(hostOf(core, hostId).attributes).toEqual({ arch: 'aarch64' });
    expect([...core.dirtyHosts]).toEqual([hostId]);
  });

  it.each<readonly [string, Partial<AgentReport>]>([
    ['attributes', { attributes: { arch: 'aarch64' } }],
    ['memory', { resources: { quantities: { memoryBytes: 2 ** 30 }, ports: [] } }],
    ['a rack', { faultDomain: { region: 'r1', zone: 'z1', rack: 'k9' } }],
  ])('of new %s ends the filters of who declined the host as it was (Mesos RemoveFilters)', (_what, change) => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    core.filters.add('f/1', '/', hostId, core.nowMs + 1_000);
    onAgentReport(core, hostId, report({ image: 'another image' }));
    expect(core.filters.blocks('f/1', '/', hostId)).toBe(true);
    onAgentReport(core, hostId, report(change));
    expect(core.filters.blocks('f/1', '/', hostId)).toBe(false);
  });

  it.each<readonly [string, Partial<AgentReport>, RegExp]>([
    ['negative memory', { resources: { quantities: { memoryBytes: -1 }, ports: [] } }, /resources\.memoryBytes is -1/],
    ['half a gpu', { resources: { quantities: { gpus: 0.5 }, ports: [] } }, /resources\.gpus is 0\.5/],
    [
      'nanoseconds for milli CPUs',
      { resources: { quantities: { cpusMilli: 64_000_000_000 }, ports: [] } },
      /resources\.cpusMilli is 64000000000; a host has a whole number from 0 to 65536000$/,
    ],
    [
      'more memory than there is',
      { resources: { quantities: { memoryBytes: 2 ** 52 + 1 }, ports: [] } },
      /resources\.memoryBytes is 4503599627370497; a host has a whole number from 0 to 4503599627370496$/,
    ],
    [
      'more of a scalar than anybody has',
      { resources: { quantities: { licenses: 2 ** 34 + 1 }, ports: [] } },
      /resources\.licenses is 17179869185; a host has a whole number from 0 to 17179869184$/,
    ],
    ['NaN cpus', { resources: { quantities: { cpusMilli: Number.NaN }, ports: [] } }, /resources\.cpusMilli is NaN/],
    [
      'a port range that runs backwards',
      { resources: { quantities: {}, ports: [{ first: 9, last: 3 }] } },
      /ports\[0\] is 9-3/,
    ],
    [
      'too many attributes',
      { attributes: Object.fromEntries(Array.from({ length: 129 }, (_, n) => [`a${n}`, ''])) },
      /attributes has 129 entries; at most 128/,
    ],
    [
      'an attribute that is too long',
      { attributes: { note: 'x'.repeat(257) } },
      /attributes\.note is "x+…"; values are at most 256/,
    ],
    [
      'a control character in the rack',
      { faultDomain: { region: '', zone: '', rack: 'a\u0007' } },
      /faultDomain\.rack is "a\?"/,
    ],
    ['a command number that is none', { lastCommandSeq: -3 }, /lastCommandSeq is -3/],
  ])('with %s sets its agent aside and costs nobody else anything', (_, change, message) => {
    const core = makeCore();
    const good = joinAgent(core, 1);
    const bad = connectAgent(core, 'node2', identity(2));
    onAgentReport(core, bad, report(change));
    expect(condition(core, 'PEER_QUARANTINED', `agent/${bad}`)).toMatch(message);
    expect(core.state.hostPresence.get(bad)).toMatchObject({ reported: false, connected: false });
    expect(sent(core).all).toContainEqual(expect.objectContaining({ kind: 'disconnect', peerId: `agent/${bad}` }));
    expect(open(core, agentHello('node2', identity(2)))).toMatchObject({ code: 'QUARANTINED' });
    expect(core.state.hostPresence.get(good)).toMatchObject({ reported: true, connected: true });
  });

  it('of a host that nobody knows is ignored', () => {
    const core = makeCore();
    onAgentReport(core, 'h-7-7', report());
    expect(core.state.takeMutations()).toEqual([]);
  });
});

describe('a host that came back smaller', () => {
  it('than its tasks is overcommitted until it fits again; the tasks go on', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    connectFramework(core, 'batch/b');
    setMode(core, hostId, 'shared');
    launchTasks(core, 'batch/b', '/prod', hostId, [spec('a', 2_000)]);
    const running = status('batch/b/a', hostId);
    onAgentReport(core, hostId, report({ resources: small, lastCommandSeq: 1, tasks: [running] }));
    expect(condition(core, 'OVERCOMMITTED', 'node1')).toMatch(/less than its tasks use/);
    expect(taskOf(core, 'batch/b/a').state).toBe('running');
    onAgentReport(core, hostId, report({ lastCommandSeq: 1, tasks: [running] }));
    expect(condition(core, 'OVERCOMMITTED', 'node1')).toBeUndefined();
  });

  it('is so no more when enough tasks have ended', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    connectFramework(core, 'batch/b');
    setMode(core, hostId, 'shared');
    launchTasks(core, 'batch/b', '/prod', hostId, [spec('a', 2_000)]);
    const running = status('batch/b/a', hostId);
    onAgentReport(core, hostId, report({ resources: small, lastCommandSeq: 1, tasks: [running] }));
    onTaskStatus(core, hostId, { ...running, state: 'finished', statusSeq: 2 });
    expect(condition(core, 'OVERCOMMITTED', 'node1')).toBeUndefined();
  });

  it('but large enough just has less', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'shared');
    onAgentReport(core, hostId, report({ resources: small }));
    expect(hostOf(core, hostId).resources).toEqual(small);
    expect(condition(core, 'OVERCOMMITTED', 'node1')).toBeUndefined();
  });
});

describe('what is left on a machine', () => {
  it.each<readonly [string, Partial<AgentReport>]>([
    ['a failed verification', { cleanliness: 'dirty: /var/lib/libvirt is not empty' }],
    ['a profile', { profile: 'ovirt' }],
  ])('quarantines a free host: %s', (_, change) => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'free');
    onAgentReport(core, hostId, report(change));
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'quarantined', clean: false });
    expect(condition(core, 'HOST_DIRTY', 'node1')).toMatch(/was free but is not clean/);
  });

  it('of another workload than the holder is shown as drift', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    connectFramework(core, 'ovirt/prod');
    lease(core, hostId, 'ovirt/prod');
    onAgentReport(core, hostId, report({ profile: 'ovirt' }));
    expect(condition(core, 'DRIFT', 'node1')).toBeUndefined();
    onAgentReport(core, hostId, report({ profile: 'hadoop' }));
    expect(condition(core, 'DRIFT', 'node1')).toMatch(/profile of hadoop/);
    onAgentReport(core, hostId, report({ profile: 'ovirt' }));
    expect(condition(core, 'DRIFT', 'node1')).toBeUndefined();
  });

  it('of a serving host whose verification failed is shown', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    connectFramework(core, 'ovirt/prod');
    lease(core, hostId, 'ovirt/prod');
    onAgentReport(core, hostId, report({ cleanliness: 'dirty: x' }));
    expect(condition(core, 'HOST_DIRTY', 'node1')).toMatch(/dirty: x/);
    expect(hostOf(core, hostId).mode).toBe('leased');
  });
});

describe('the shape of a host', () => {
  const big = { cpusMilli: 32_000 };
  const reportBig = report({ resources: { quantities: { cpusMilli: 64_000, memoryBytes: GIB }, ports: [] } });

  it('is the first in order of rank that it fits', () => {
    const core = makeCore();
    setShape(core, 'ada', 'big', 20, [], big, false);
    setShape(core, 'ada', 'arm', 10, [{ attribute: 'arch', op: 'equals', values: ['aarch64'] }], {}, false);
    expect(setShape(core, 'ada', 'big', 20, [], big, false)).toMatchObject({
      changes: [],
      remarks: ['shape big is so already'],
    });
    const hostId = joinAgent(core, 1);
    expect(hostOf(core, hostId).shape).toBe('standard');
    onAgentReport(core, hostId, reportBig);
    expect(hostOf(core, hostId).shape).toBe('big');
    onAgentReport(core, hostId, { ...reportBig, attributes: { arch: 'aarch64' } });
    expect(hostOf(core, hostId).shape).toBe('arm');
  });

  it('is decided anew for all hosts when a shape is set; a dry run only says so', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    core.state.takeMutations();
    const change = { ok: true, changes: ['shape half has rank 5', 'the shape of 1 host changes: node1 to half'] };
    expect(setShape(core, 'ada', 'half', 5, [], { cpusMilli: 16_000 }, true)).toMatchObject(change);
    expect(core.state.takeMutations()).toEqual([]);
    expect(setShape(core, 'ada', 'half', 5, [], { cpusMilli: 16_000 }, false)).toMatchObject(change);
    expect(hostOf(core, hostId).shape).toBe('half');
    expect(core.dirtyHosts.has(hostId)).toBe(true);
  });

  it.each([
    [
      'a comparison with a word',
      [{ attribute: 'cpus', op: 'gt' as const, values: ['many'] }],
      {},
      /must be one decimal number for gt/,
    ],
    [
      'a value where none is taken',
      [{ attribute: 'gpu', op: 'exists' as const, values: ['a'] }],
      {},
      /exists takes none/,
    ],
    ['a negative minimum', [], { cpusMilli: -1 }, /minimum\.cpusMilli is -1/],
    ['itself', [{ attribute: 'shape', op: 'equals' as const, values: ['a'] }], {}, /cannot ask for a shape/],
  ])('refuses %s', (_, constraints, minimum, message) => {
    const reply = setShape(makeCore(), 'ada', 'odd', 5, constraints, minimum, false);
    expect(reply).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
    expect(reply).toHaveProperty('message', expect.stringMatching(message));
  });

  it('cannot become two while a role is guaranteed plain hosts', () => {
    const core = makeCore();
    core.state.roles.put({ ...core.state.roles.get('/prod')!, guarantee: { hosts: 2 } });
    const reply = setShape(core, 'ada', 'big', 5, [], big, false);
    expect(reply).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    expect(reply).toHaveProperty('message', expect.stringMatching(/\/prod has a guarantee of plain hosts/));
  });
});

describe('a report', () => {
  it('comes by itself in each session that starts over, and commands wait for it', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    peerConnected(core, `agent/${hostId}`, false);
    expect(sent(core).toAgents).toEqual([]);
    expect(core.state.hostPresence.get(hostId)).toMatchObject({ synced: false, reported: true });
  });

  it('is asked for when a session is resumed that has not brought it yet: its welcome may never have arrived', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    peerConnected(core, `agent/${hostId}`, false);
    peerConnected(core, `agent/${hostId}`, true);
    expect(sent(core).toAgents).toEqual([{ kind: 'report_request' }]);
    expect(core.state.hostPresence.get(hostId)?.synced).toBe(false);
  });

  it('is not needed when the session was resumed', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    peerConnected(core, `agent/${hostId}`, true);
    expect(sent(core).toAgents).toEqual([]);
    expect(core.state.hostPresence.get(hostId)?.synced).toBe(true);
  });
});
