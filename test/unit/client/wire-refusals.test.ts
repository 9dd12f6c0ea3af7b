// What breaks the contract is refused in a sentence that names the field, the value and what is accepted.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TaskSpec } from '../../../scheduler/index.js';
import type { Input } from '../../../src/client/wire/codec.js';
import { agentFrames, frameworkFrames } from '../../../src/client/wire/frames.js';
import { MESSAGE_BYTES_MAX } from '../../../src/client/wire/limits.js';
import { bytesOf } from '../../../src/client/wire/proto.js';
import { WireError } from '../../../src/client/wire/wire-error.js';
import { hostsWanted } from '../../support/core-samples.js';

type Message = Input<'FrameworkMessage'>;
type Report = NonNullable<Input<'AgentMessage'>['report']>;
type Hello = Input<'FrameworkHello'>;

const requests = bytesOf('FrameworkServiceConnectRequest');
const agentRequests = bytesOf('AgentServiceConnectRequest');

/** What the master answers to a framework message that is put on the wire as it stands here. */
function refusalOf(message: Message): string {
  return problem(() => frameworkFrames.readPeer(requests.write({ message: { seq: 1, ack: 0, ...message } })));
}

function refusalOfReport(report: Report): string {
  return problem(() => agentFrames.readPeer(agentRequests.write({ message: { seq: 1, ack: 0, report } })));
}

function problem(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof WireError) return error.message;
    throw error;
  }
  return 'accepted';
}

const ENTRY = {
  demandId: 'd1',
  hosts: { shape: 'standard' },
  count: 3,
} as const satisfies Input<'DemandEntry'>;

const demandOf = (...entries: Input<'DemandEntry'>[]): Message => ({ demand: { role: '/a', entries } });
const TASK: Input<'TaskSpec'> = { taskId: 't1', resources: { quantities: { amounts: { cpusMilli: 100 } } } };
const launchOf = (...tasks: Input<'TaskSpec'>[]): Message => ({
  accept: { commandId: 'c1', offerIds: ['o-1-1'], launch: { tasks } },
});
const UPDATE: Input<'StepUpdate'> = {
  transitionId: 't-1',
  step: 'STEP_NAME_DRAIN',
  attempt: 1,
  state: 'STEP_STATE_DONE',
};

describe('a framework message', () => {
  it.each<[string, Message, string]>([
    ['no kind', {}, 'message is not set, or of a kind not known here; set one of demand, accept, decline'],
    ['no role', { demand: {} }, 'demand.role is empty; it is required'],
    [
      'no offers',
      { accept: { commandId: 'c', claim: {} } },
      'accept.offer_ids is empty; it must name at least one offer',
    ],
    ['no command id', { accept: { offerIds: ['o'], claim: {} } }, 'accept.command_id is empty; it is required'],
    [
      'no action',
      { accept: { commandId: 'c', offerIds: ['o'] } },
      'accept.action is not set, or of a kind not known here; set one of claim, launch, reserve, unreserve',
    ],
    [
      'an offer twice',
      { decline: { offerIds: ['o-1', 'o-2', 'o-1'] } },
      'decline.offer_ids[2] repeats "o-1"; each may be there once',
    ],
    ['an empty offer id', { renew: { offerIds: ['o-1', ''] } }, 'renew.offer_ids[1] is empty; it is required'],
    [
      'a negative filter',
      { decline: { offerIds: ['o'], filterMs: -5 } },
      'decline.filter_ms is -5; it must be a whole number from 0 to 315360000000',
    ],
    [
      'a filter of a thousand years',
      { decline: { offerIds: ['o'], filterMs: 31_536_000_000_000 } },
      'decline.filter_ms is 31536000000000; it must be a whole number from 0 to 315360000000',
    ],
    [
      'a name with a line feed',
      { killTask: { commandId: 'c', taskId: 'a\nb' } },
      'kill_task.task_id is "a\\nb"; control characters are not accepted',
    ],
    [
      'a name that is too long',
      { killTask: { commandId: 'c', taskId: 'x'.repeat(254) } },
      'kill_task.task_id has 254 characters; at most 253 are accepted',
    ],
    [
      'an escape sequence in a text',
      { returnHost: { commandId: 'c', leaseId: 'l', reason: '\u001b[31mred' } },
      'return_host.reason is "\\u001b[31mred"; control characters other than line feed and tab are not accepted',
    ],
    [
      'a text that is too long',
      { returnHost: { commandId: 'c', leaseId: 'l', reason: 'x'.repeat(4_097) } },
      'return_host.reason has 4097 characters; at most 4096 are accepted',
    ],
    [
      'too many ids',
      { reconcile: { taskIds: Array.from({ length: 10_001 }, (_, at) => `t${at}`) } },
      'reconcile.task_ids has 10001 entries; at most 10000 are accepted',
    ],
    [
      'an integer that is not exact',
      { taskAck: { taskId: 't', statusSeq: '9007199254740993' } },
      'task_ack.status_seq is 9007199254740992; it must be a whole number from 0 to 9007199254740991',
    ],
    [
      'a negative quantity',
      { openOffers: { role: '/a', minimum: { amounts: { cpusMilli: -1 } } } },
      'open_offers.minimum.cpusMilli is -1; it must be a whole number from 0 to 9007199254740991',
    ],
    [
      'a dimension with a blank',
      { openOffers: { role: '/a', minimum: { amounts: { 'c p u': 1 } } } },
      'open_offers.minimum.key is "c p u"; accepted is ^[a-z][A-Za-z0-9_.-]{0,62}(\\/[a-z0-9][A-Za-z0-9_.-]{0,62})?$',
    ],
    [
      'too many dimensions',
      {
        openOffers: {
          role: '/a',
          minimum: { amounts: Object.fromEntries(Array.from({ length: 33 }, (_, at) => [`d${at}`, 1])) },
        },
      },
      'open_offers.minimum has 33 entries; at most 32 are accepted',
    ],
  ])('with %s', (_what, message, expected) => {
    expect(refusalOf(message)).toContain(expected);
  });

  it.each<[string, Input<'DemandEntry'>, string]>([
    ['no id', { ...ENTRY, demandId: '' }, 'demand.entries[0].demand_id is empty; it is required'],
    ['no shape', { ...ENTRY, hosts: {} }, 'demand.entries[0].hosts.shape is empty; it is required'],
    [
      'nothing wanted',
      { demandId: 'd', count: 1 },
      'demand.entries[0].want is not set, or of a kind not known here; set one of hosts, slices',
    ],
    [
      'empty slices',
      { demandId: 'd', count: 1, slices: { resources: { quantities: { amounts: { gpus: 0 } } } } },
      'demand.entries[0].slices.resources holds nothing; at least one quantity must be above 0',
    ],
    [
      'slices without resources',
      { demandId: 'd', count: 1, slices: {} },
      'demand.entries[0].slices.resources is missing; it is required',
    ],
    [
      'a negative count',
      { ...ENTRY, count: -1 },
      'entries[0].count is -1; it must be a whole number from 0 to 1000000',
    ],
    ['too many', { ...ENTRY, count: 1_000_001 }, 'count is 1000001; it must be a whole number from 0 to 1000000'],
    ['a minimum above the count', { ...ENTRY, minimum: 4 }, 'entries[0].minimum is 4; it may not be above count (3)'],
    ['a priority out of bounds', { ...ENTRY, priority: 1_000_001 }, 'entries[0].priority is 1000001'],
    [
      'evidence that is too long',
      { ...ENTRY, evidence: 'x'.repeat(201) },
      'demand.entries[0].evidence has 201 characters; at most 200 are accepted',
    ],
    [
      'a constraint without operator',
      { ...ENTRY, constraints: [{ attribute: 'rack', values: ['r1'] }] },
      'demand.entries[0].constraints[0].op is not set; accepted are CONSTRAINT_OP_EXISTS, ',
    ],
    [
      'a constraint with an operator of the future',
      { ...ENTRY, constraints: [{ attribute: 'rack', op: 99 as 1, values: ['r1'] }] },
      'demand.entries[0].constraints[0].op has the unknown value 99; accepted are CONSTRAINT_OP_EXISTS, ',
    ],
    [
      'a constraint with too many values',
      { ...ENTRY, constraints: [{ attribute: 'rack', op: 'CONSTRAINT_OP_EQUALS', values: ['a', 'b'] }] },
      'demand.entries[0].constraints[0].values has 2 entries; equals takes one',
    ],
    [
      'a constraint with needless values',
      { ...ENTRY, constraints: [{ attribute: 'rack', op: 'CONSTRAINT_OP_EXISTS', values: ['a'] }] },
      'constraints[0].values has 1 entries; exists takes none',
    ],
    [
      'a constraint with a number that is none',
      { ...ENTRY, constraints: [{ attribute: 'cores', op: 'CONSTRAINT_OP_GT', values: ['NaN'] }] },
      'constraints[0].values[0] is "NaN"; gt takes a decimal number',
    ],
    [
      'a placement without kind',
      { ...ENTRY, placement: [{ domain: 'PLACEMENT_DOMAIN_RACK' }] },
      'demand.entries[0].placement[0].kind is not set; accepted are PLACEMENT_KIND_SPREAD, ',
    ],
  ])('with an entry of %s', (_what, entry, expected) => {
    expect(refusalOf(demandOf(entry))).toContain(expected);
  });

  it('with one demand id twice, or too many entries', () => {
    expect(refusalOf(demandOf(ENTRY, ENTRY))).toBe('demand.entries[1] repeats "d1"; each may be there once');
    const many = Array.from({ length: 10_001 }, (_, at) => ({ ...ENTRY, demandId: `d${at}` }));
    expect(refusalOf(demandOf(...many))).toBe('demand.entries has 10001 entries; at most 10000 are accepted');
    expect(refusalOf(demandOf(...many.slice(1)))).toBe('accepted');
  });

  it.each<[string, Input<'TaskSpec'>, string]>([
    ['no id', { ...TASK, taskId: '' }, 'accept.launch.tasks[0].task_id is empty; it is required'],
    ['no resources', { taskId: 't1' }, 'accept.launch.tasks[0].resources is missing; it is required'],
    [
      'ports that overlap',
      {
        ...TASK,
        resources: {
          ...TASK.resources,
          ports: [
            { first: 10, last: 20 },
            { first: 20, last: 30 },
          ],
        },
      },
      'tasks[0].resources.ports[1] is 20-30; ranges must be sorted, disjoint and not adjacent',
    ],
    [
      'ports that are turned round',
      { ...TASK, resources: { ...TASK.resources, ports: [{ first: 20, last: 10 }] } },
      'tasks[0].resources.ports[0] is 20-10; first may not be above last',
    ],
    [
      'port 0',
      { ...TASK, resources: { ...TASK.resources, ports: [{ first: 0, last: 10 }] } },
      'tasks[0].resources.ports[0].first is 0; it must be a whole number from 1 to 65535',
    ],
    ['NUL in its command', { ...TASK, command: ['a\0b'] }, 'tasks[0].command[0] holds a NUL character'],
    ['an empty label name', { ...TASK, labels: { '': 'x' } }, 'tasks[0].labels.key is empty; it is required'],
  ])('with a task of %s', (_what, task, expected) => {
    expect(refusalOf(launchOf(task))).toContain(expected);
  });

  it('with no task, or a task twice', () => {
    expect(refusalOf(launchOf())).toBe('accept.launch.tasks is empty; it must name at least one task');
    expect(refusalOf(launchOf(TASK, TASK))).toBe('accept.launch.tasks[1] repeats "t1"; each may be there once');
    expect(refusalOf(launchOf(TASK))).toBe('accepted');
  });

  it.each<[string, Input<'StepUpdate'>, string]>([
    ['no step', { ...UPDATE, step: 0 }, 'step_update.step is not set; accepted are STEP_NAME_FORECAST, '],
    ['a step of the future', { ...UPDATE, step: 77 as 1 }, 'step_update.step has the unknown value 77; accepted are'],
    [
      'attempt 0',
      { ...UPDATE, attempt: 0 },
      'step_update.attempt is 0; it must be a whole number from 1 to 2147483647',
    ],
    ['more than all done', { ...UPDATE, progressMilli: 1_001 }, 'step_update.progress_milli is 1001; it must be'],
    [
      'a forecast turned round',
      { ...UPDATE, forecast: { durationLowMs: 10, durationHighMs: 5 } },
      'step_update.forecast.duration_high_ms is 5; it may not be below duration_low_ms (10)',
    ],
    [
      'too many that would be killed',
      { ...UPDATE, forecast: { wouldKill: Array.from({ length: 21 }, (_, at) => `vm${at}`) } },
      'step_update.forecast.would_kill has 21 entries; at most 20 are accepted',
    ],
  ])('with a step update of %s', (_what, stepUpdate, expected) => {
    expect(refusalOf({ stepUpdate })).toContain(expected);
  });
});

describe('a hello', () => {
  const HELLO: Hello = {
    workload: 'ovirt',
    name: 'prod',
    roles: ['/vms'],
    session: { incarnation: 'i', secret: '0123456789abcdef' },
  };
  const refusal = (hello: Hello): string => problem(() => frameworkFrames.readPeer(requests.write({ hello })));

  it.each<[string, Hello, string]>([
    [
      'a workload in capitals',
      { ...HELLO, workload: 'oVirt' },
      'hello.workload is "oVirt"; accepted is 1 to 63 lower-case',
    ],
    ['no roles', { ...HELLO, roles: [] }, 'hello.roles is empty; it must name at least one role'],
    ['no session', { ...HELLO, session: null }, 'hello.session is missing; it is required'],
    [
      'a short secret',
      { ...HELLO, session: { incarnation: 'i', secret: 'guess' } },
      'hello.session.secret has 5 characters; at least 16 are required',
    ],
    [
      'a negative term',
      { ...HELLO, session: { ...HELLO.session, highestTerm: -1 } },
      'hello.session.highest_term is -1; it must be a whole number from 0 to 9007199254740991',
    ],
  ])('with %s', (_what, hello, expected) => {
    expect(refusal(hello)).toContain(expected);
  });

  it('of an agent without a name', () => {
    const hello = { identity: { uuid: 'u' }, session: HELLO.session ?? null };
    expect(problem(() => agentFrames.readPeer(agentRequests.write({ hello })))).toBe(
      'hello.name is empty; it is required',
    );
  });

  it('does not show the secret it refuses', () => {
    const secret = 'short\u0007one-with-a-bell';
    expect(refusal({ ...HELLO, session: { incarnation: 'i', secret } })).not.toContain('bell');
  });
});

describe('an agent report', () => {
  it.each<[string, Report, string]>([
    [
      'attributes with odd names',
      { attributes: { ' rack': 'r1' } },
      'report.attributes.key is " rack"; accepted is ^[A-Za-z0-9][A-Za-z0-9._/-]*$',
    ],
    [
      'a negative size',
      { resources: { quantities: { amounts: { diskBytes: -1 } } } },
      'report.resources.quantities.diskBytes is -1',
    ],
    [
      'a task without state',
      { tasks: [{ taskId: 't' }] },
      'report.tasks[0].state is not set; accepted are TASK_STATE_STAGING',
    ],
  ])('with %s', (_what, report, expected) => {
    expect(refusalOfReport(report)).toContain(expected);
  });

  it('may be empty: a machine that knows nothing of itself', () => {
    expect(refusalOfReport({})).toBe('accepted');
  });
});

describe('what is sent', () => {
  const demand = (count: number) =>
    ({
      kind: 'demand',
      role: '/a',
      asOfSeq: 0,
      entries: [hostsWanted('d', count)],
    }) as const;

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 53])('is never falsified: %d', (count) => {
    const frame = { kind: 'peer_message', seq: 1, ack: 0, message: demand(count) } as const;
    expect(problem(() => frameworkFrames.writePeer(frame))).toMatch(/^demand\.entries\[0\]\.count is .*; it must be/);
    expect(problem(() => frameworkFrames.checkMessage(demand(count)))).toMatch(/^demand\.entries\[0\]\.count is /);
  });

  it('is checked by the sender in the same words as by the receiver', () => {
    expect(problem(() => frameworkFrames.checkMessage(demand(-1)))).toBe(
      'demand.entries[0].count is -1; it must be a whole number from 0 to 1000000',
    );
    expect(
      problem(() =>
        frameworkFrames.checkMessage({ kind: 'accept', commandId: 'c', offerIds: [], action: { kind: 'claim' } }),
      ),
    ).toBe('accept.offer_ids is empty; it must name at least one offer');
  });

  it('is not sent when it is too large: the transport would refuse it with all that comes after it', () => {
    const env = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`V${n}`, 'x'.repeat(30_000)]));
    const task: TaskSpec = {
      taskId: 't1',
      name: 't1',
      resources: { quantities: { cpusMilli: 1 }, ports: [] },
      image: '',
      command: [],
      env,
      killGraceMs: 0,
      labels: {},
    };
    const launch = {
      kind: 'accept',
      commandId: 'c',
      offerIds: ['o1'],
      action: { kind: 'launch', tasks: [task] },
    } as const;
    expect(problem(() => frameworkFrames.checkMessage(launch))).toMatch(
      /^the message has 60\d{5} bytes; at most 4194304 are accepted$/,
    );
  });

  it('for people is cut and cleaned rather than refused: a manager says what it likes', () => {
    const message = {
      kind: 'step_update',
      update: {
        transitionId: 't-1',
        step: 'drain',
        attempt: 1,
        updateNo: 1,
        state: 'failed',
        progressMilli: 0,
        message: `\u001b[31mError\u001b[0m\r\n${'x'.repeat(5_000)}\ud83d`,
        blockedBy: [],
        forecast: null,
      },
    } as const;
    const read = frameworkFrames.readPeer(frameworkFrames.writePeer({ kind: 'peer_message', seq: 1, ack: 0, message }));
    expect(read).toMatchObject({ message: { update: { message: expect.stringMatching(/^ \[31mError \[0m \nx+…$/) } } });
  });
});

describe('a peer of another version', () => {
  /** Field 100 of a message, as a varint. */
  const LATER_FIELD = Buffer.from([0xa0, 0x06, 0x01]);

  it('may send fields that are not known', () => {
    const bytes = Buffer.concat([requests.write({ heartbeat: { ack: 4 } }), LATER_FIELD]);
    expect(frameworkFrames.readPeer(bytes)).toEqual({ kind: 'peer_heartbeat', ack: 4 });
  });

  it('may send frames that are not known to a peer, never to the master', () => {
    expect(frameworkFrames.readMaster(LATER_FIELD)).toBeNull();
    expect(problem(() => frameworkFrames.readPeer(LATER_FIELD))).toContain('frame is not set, or of a kind not known');
  });

  it('may send messages that are not known to a peer, which keeps their number', () => {
    const event = bytesOf('FrameworkServiceConnectResponse').write({ message: { seq: 7, ack: 3 } });
    expect(frameworkFrames.readMaster(event)).toMatchObject({
      kind: 'master_message',
      seq: 7,
      message: { kind: 'error', code: 'UNIMPLEMENTED' },
    });
    const command = bytesOf('AgentServiceConnectResponse').write({ message: { seq: 7, ack: 3 } });
    expect(agentFrames.readMaster(command)).toMatchObject({ seq: 7, message: { kind: 'report_request' } });
  });

  it('may send words that are not known where they only inform, never where they say what to do', () => {
    const responses = bytesOf('FrameworkServiceConnectResponse');
    const statuses = responses.write({
      message: { seq: 1, demandStatus: { role: '/a', statuses: [{ demandId: 'd', unmetReason: 99 as 1 }] } },
    });
    expect(frameworkFrames.readMaster(statuses)).toMatchObject({ message: { statuses: [{ unmetReason: 'NONE' }] } });
    const step = responses.write({
      message: { seq: 1, stepRequest: { transitionId: 't', step: 99 as 1, attempt: 1, hostId: 'h' } },
    });
    expect(problem(() => frameworkFrames.readMaster(step))).toContain('step_request.step has the unknown value 99');
  });
});

describe('bytes of any kind', () => {
  it('are read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const frames of [frameworkFrames, agentFrames])
          for (const read of [frames.readPeer, frames.readMaster])
            expect(typeof problem(() => read(Buffer.from(bytes)))).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it('that are damaged on their way are read or refused, and nothing else', () => {
    const whole = requests.write({
      message: { seq: 1, ack: 2, ...demandOf({ ...ENTRY, evidence: 'why' }, { ...ENTRY, demandId: 'd2' }) },
    });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        expect(typeof problem(() => frameworkFrames.readPeer(damaged.subarray(0, length)))).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it('at the limit of a message are read in bounded time', () => {
    const entries = Array.from({ length: 10_000 }, (_, at) => ({
      ...ENTRY,
      demandId: `d${at}`,
      evidence: 'e'.repeat(200),
    }));
    const bytes = requests.write({ message: { seq: 1, ...demandOf(...entries) } });
    expect(bytes.length).toBeLessThan(MESSAGE_BYTES_MAX);
    expect(frameworkFrames.readPeer(bytes)).toMatchObject({ message: { entries: { length: 10_000 } } });
  });
});
