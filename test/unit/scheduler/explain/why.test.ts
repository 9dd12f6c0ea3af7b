// "Why?" is answered for everything that has a name, the binding reason first, with what would change it.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OperatorCommand, QueryResult, SchedulerOptions, WhyView } from '../../../../scheduler/index.js';
import { CoreHarness, hostsWanted, type AgentPeer, type FrameworkPeer } from '../../../support/core-harness.js';

const wet = { dryRun: false } as const;

let harness: CoreHarness;
let agents: readonly AgentPeer[];
let ovirt: FrameworkPeer;
let hadoop: FrameworkPeer;

/** Four hosts that ovirt/prod (role /prod) holds; hadoop/night (role /batch) has none. */
function twoRoles(options: Partial<SchedulerOptions> = {}, adopts = true): void {
  harness = new CoreHarness({ hysteresisRounds: 1, ...options });
  role('/prod');
  role('/batch');
  agents = ['node1', 'node2', 'node3', 'node10'].map((name, index) =>
    harness.agent(name, { faultDomain: { region: 'r', zone: 'z', rack: `k${index}` } }),
  );
  ovirt = harness.framework('ovirt/prod', ['/prod']);
  hadoop = harness.framework('hadoop/night', ['/batch']);
  ovirt.observes(adopts ? agents : []);
  hadoop.observes([]);
  harness.settle();
  if (adopts) harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
}

/** The same, but the hosts were given by Mosaic, so that their minimum hold counts from now. */
function claimedHosts(): void {
  twoRoles({}, false);
  for (const agent of agents) harness.must({ ...wet, kind: 'host_admit', host: agent.name });
  ovirt.wants([hostsWanted('vms', 4)]);
  harness.advance(1_000);
  ovirt.observes(agents);
  harness.settle();
}

function role(path: string, change: Extract<OperatorCommand, { kind: 'role_set' }>['change'] = {}): void {
  harness.must({ ...wet, kind: 'role_set', role: path, change });
}

function ask(thing: string): Exclude<QueryResult, { kind: 'why' }> & { message?: string } {
  return harness.master.query({ kind: 'why', thing }) as never;
}

/** Codes in order, once each. */
function codes(why: WhyView): readonly string[] {
  return [...new Set(why.reasons.map((reason) => reason.code))];
}

describe('why is nothing taken from others', () => {
  it('because hosts are held for a minimum time: says how long', () => {
    claimedHosts();
    ovirt.wants([hostsWanted('vms', 1)]);
    hadoop.wants([hostsWanted('jobs', 2)]);
    harness.advance(2 * 60_000);
    const why = harness.why('hadoop/night/jobs');
    expect(why.headline).toBe(
      'hadoop/night/jobs waits for time: 2 hosts of 2 missing (hosts of shape standard) for 2m',
    );
    expect(codes(why)[0]).toBe('MIN_HOLD');
    expect(why.word).toBe('waits for time');
    expect(why.reasons.map((reason) => reason.text)).toContainEqual(
      '/prod holds 4 hosts, 3 more than it is entitled to: 4 in minimum hold; the first may go in 57m',
    );
    expect(why.wouldChangeIt[0]).toBe('wait 57m until the first held host may move');
    expect(why.wouldChangeIt).toContain('mosaic move node1 --to hadoop/night');
    // To ask further changes nothing.
    expect(harness.why('hadoop/night').wouldChangeIt[0]).toBe('wait 57m until the first held host may move');
  });

  it('is answered for the role as for the demand', () => {
    claimedHosts();
    ovirt.wants([hostsWanted('vms', 1)]);
    hadoop.wants([hostsWanted('jobs', 2)]);
    harness.advance(2 * 60_000);
    const why = harness.why('/batch');
    expect(why.headline).toBe('/batch holds 0 hosts, asks for 2, is entitled to 2');
    expect(why.reasons[0]).toMatchObject({ code: 'MIN_HOLD', text: expect.stringMatching(/^hadoop\/night\/jobs: /) });
    expect(why.wouldChangeIt).toContain('wait 57m until the first held host may move');
  });

  it('because a plan waits for approval: says which command', () => {
    twoRoles({ minHoldMs: 0, planMode: 'approve' });
    ovirt.wants([hostsWanted('vms', 1)]);
    hadoop.wants([hostsWanted('jobs', 2)]);
    harness.advance(2 * 60_000);
    const why = harness.why('hadoop/night/jobs');
    const { plan } = harness.query({ kind: 'plan' });
    expect(why.word).toBe('waits for you');
    expect(why.reasons[0]).toMatchObject({
      code: 'AWAITING_APPROVAL',
      text: `plan ${plan?.planId} version ${plan?.version} would bring 2 hosts and waits for approval`,
    });
    expect(why.wouldChangeIt).toContain(`mosaic plan approve ${plan?.planId} --version ${plan?.version}`);
    expect(harness.query({ kind: 'overview' }).overview.needsYou[0]).toEqual({
      subject: plan?.planId,
      message: 'a plan of 2 moves waits for approval',
      remedy: `mosaic plan approve ${plan?.planId} --version ${plan?.version}`,
    });
  });

  it('because plans are only shown: says how to let them run', () => {
    twoRoles({ minHoldMs: 0, planMode: 'observe' });
    ovirt.wants([hostsWanted('vms', 1)]);
    hadoop.wants([hostsWanted('jobs', 1)]);
    harness.advance(2 * 60_000);
    const why = harness.why('hadoop/night/jobs');
    expect(why.reasons[0]).toMatchObject({
      code: 'AWAITING_APPROVAL',
      text: expect.stringMatching(/plans are only shown \(mode observe\)$/),
    });
    expect(why.wouldChangeIt).toContain('mosaic plan mode auto');
  });

  it.each(['approve', 'observe'] as const)(
    'because of a plan in mode %s: its framework is told so, until it runs',
    (mode) => {
      twoRoles({ minHoldMs: 0, planMode: mode });
      ovirt.wants([hostsWanted('vms', 1)]);
      hadoop.wants([hostsWanted('jobs', 2)]);
      const told = () => {
        const message = hadoop.received.findLast(({ kind }) => kind === 'demand_status');
        return message?.kind === 'demand_status' ? message.statuses[0] : undefined;
      };
      harness.advance(10);
      expect(told()).toMatchObject({
        unmetReason: 'NO_CAPACITY',
        message: expect.stringMatching(mode === 'approve' ? /for which the planner proposes moves$/ : /only shows/),
      });
      harness.advance(2 * 60_000);
      const { plan } = harness.query({ kind: 'plan' });
      expect(told()).toMatchObject({
        unmetReason: 'AWAITING_APPROVAL',
        message:
          mode === 'approve'
            ? `plan ${plan?.planId} version ${plan?.version} would bring 2 hosts and waits for approval`
            : `plan ${plan?.planId} would bring 2 hosts, but plans are only shown (mode observe)`,
      });
      harness.must({ ...wet, kind: 'plan_mode', mode: 'auto' });
      harness.advance(10);
      expect(told()?.unmetReason).not.toBe('AWAITING_APPROVAL');
    },
  );

  it('because the planner is off: says that only operators move hosts', () => {
    twoRoles({ minHoldMs: 0, planner: 'off' });
    ovirt.wants([hostsWanted('vms', 1)]);
    hadoop.wants([hostsWanted('jobs', 2)]);
    harness.advance(10);
    expect(hadoop.received.findLast(({ kind }) => kind === 'demand_status')).toMatchObject({
      statuses: [
        {
          unmetReason: 'NO_CAPACITY',
          message: expect.stringMatching(/the planner is off: only operators move hosts$/),
        },
      ],
    });
  });

  it('because the donor is frozen: says how to end it', () => {
    twoRoles({ minHoldMs: 0 });
    harness.must({ ...wet, kind: 'freeze', scope: 'ovirt', reason: 'release day' });
    ovirt.wants([hostsWanted('vms', 1)]);
    hadoop.wants([hostsWanted('jobs', 1)]);
    harness.advance(2 * 60_000);
    const why = harness.why('hadoop/night/jobs');
    expect(why.reasons[0]?.code).toBe('FROZEN');
    expect(why.wouldChangeIt).toContain('mosaic unfreeze --workload ovirt');
  });

  it('because the shortage has to last', () => {
    twoRoles({ minHoldMs: 0, hysteresisRounds: 3 });
    ovirt.wants([hostsWanted('vms', 1)]);
    hadoop.wants([hostsWanted('jobs', 1)]);
    harness.advance(61_000);
    const why = harness.why('hadoop/night/jobs');
    expect(why.reasons[0]?.code).toBe('HYSTERESIS');
    expect(why.word).toBe('waits for time');
    expect(why.wouldChangeIt).toContain('wait until the shortage has lasted 3 planning rounds, one every 1m');
  });

  it('because the only manager that could drain them is away', () => {
    twoRoles({ minHoldMs: 0 });
    ovirt.wants([hostsWanted('vms', 1)]);
    ovirt.disconnect();
    hadoop.wants([hostsWanted('jobs', 1)]);
    harness.advance(2 * 60_000);
    expect(codes(harness.why('hadoop/night/jobs'))).toContain('DISCONNECTED');
    expect(harness.why('node1').reasons).toContainEqual(
      expect.objectContaining({ text: 'not moved: ovirt/prod is away and only it can drain the host' }),
    );
  });

  it('because everybody holds what they are owed', () => {
    twoRoles({ minHoldMs: 0 });
    role('/prod', { guarantee: { hosts: 4 } });
    ovirt.wants([hostsWanted('vms', 4)]);
    hadoop.wants([hostsWanted('jobs', 1)]);
    harness.advance(2 * 60_000);
    const why = harness.why('hadoop/night/jobs');
    expect(why.reasons[0]?.code).toBe('FAIR_SHARE');
    expect(why.wouldChangeIt).toEqual([
      'mosaic quota set /batch --weight 2',
      'make room for a larger guarantee of /batch: guarantees would add up to hosts=5, but the fleet has 4',
      'wait until others ask for less',
      'mosaic quota show /batch',
    ]);
  });

  it('because so few are missing that nobody has to give what it needs', () => {
    twoRoles({ minHoldMs: 0, hysteresisHosts: 1 });
    role('/prod', { guarantee: { hosts: 2 } });
    ovirt.wants([hostsWanted('vms', 4)]);
    hadoop.wants([hostsWanted('jobs', 1)]);
    harness.advance(2 * 60_000);
    const why = harness.why('hadoop/night/jobs');
    expect(why.reasons[0]).toMatchObject({
      code: 'HYSTERESIS',
      text: '/batch lacks 1 host; for so few (hysteresisHosts is 1) nobody has to give a host that it needs, unless a guarantee is not met',
    });
    expect(why.wouldChangeIt.slice(0, 3)).toEqual([
      'mosaic move node1 --to hadoop/night',
      'mosaic quota set /batch --guarantee hosts=1',
      'wait until more than 1 host is missing',
    ]);
  });

  it('but not because of what holds some hosts, while others may be taken', () => {
    twoRoles({ hysteresisRounds: 3 });
    ovirt.wants([hostsWanted('vms', 1)]);
    harness.must({ ...wet, kind: 'host_cordon', host: 'node1', reason: 'fan' });
    hadoop.wants([hostsWanted('jobs', 1)]);
    harness.advance(61_000);
    const why = harness.why('hadoop/night/jobs');
    expect(why.reasons).toContainEqual(
      expect.objectContaining({
        code: 'HYSTERESIS',
        text: '/prod holds 4 hosts, 3 more than it is entitled to: 3 may be taken and 1 frozen or cordoned',
      }),
    );
    expect(codes(why)).not.toContain('FROZEN');
    expect(why.wouldChangeIt[0]).toBe('mosaic move node2 --to hadoop/night');
  });

  it('because a limit is reached: says which limit to raise', () => {
    twoRoles({ minHoldMs: 0 });
    role('/batch', { limit: { hosts: 1 } });
    ovirt.wants([hostsWanted('vms', 1)]);
    hadoop.wants([hostsWanted('jobs', 3)]);
    harness.advance(5 * 60_000);
    const why = harness.why('hadoop/night/jobs');
    expect(why.reasons[0]?.code).toBe('ROLE_LIMIT');
    expect(why.word).toBe('waits for you');
    expect(why.wouldChangeIt[0]).toBe('mosaic quota set /batch --limit hosts=3');
  });

  it('because the limit of a role above is reached: says that one', () => {
    twoRoles({ minHoldMs: 0 });
    role('/batch', { limit: { hosts: 1 } });
    role('/batch/night');
    const lake = harness.framework('hadoop/lake', ['/batch/night']);
    ovirt.wants([hostsWanted('vms', 1)]);
    lake.wants([hostsWanted('jobs', 3)]);
    harness.advance(5 * 60_000);
    expect(harness.why('hadoop/lake/jobs').wouldChangeIt[0]).toBe('mosaic quota set /batch --limit hosts=3');
  });

  it('and where there are several shapes, names the one that is asked for', () => {
    twoRoles({ minHoldMs: 0 });
    harness.must({ ...wet, kind: 'shape_set', shape: 'gpu', rank: 1, constraints: [], minimum: { gpus: 1 } });
    role('/prod', { guarantee: { 'hosts/standard': 4 } });
    ovirt.wants([hostsWanted('vms', 4)]);
    hadoop.wants([hostsWanted('jobs', 1)]);
    harness.advance(2 * 60_000);
    const { wouldChangeIt } = harness.why('hadoop/night/jobs');
    expect(wouldChangeIt).toContain(
      'make room for a larger guarantee of /batch: guarantees would add up to hosts/standard=5, but the fleet has 4',
    );
    role('/prod', { guarantee: { 'hosts/standard': 3 }, weight: 100 });
    expect(harness.why('hadoop/night/jobs').wouldChangeIt).toContain(
      'mosaic quota set /batch --guarantee hosts/standard=1',
    );
    const { owners } = harness.query({ kind: 'overview' }).overview;
    expect(owners.find((owner) => owner.role === '/prod')?.guaranteeHosts).toBe(3);
  });

  it('because no host of the fleet fits', () => {
    twoRoles({ minHoldMs: 0 });
    hadoop.wants([hostsWanted('gpu', 1, { constraints: [{ attribute: 'gpu', op: 'exists', values: [] }] })]);
    harness.advance(60_000);
    const why = harness.why('hadoop/night/gpu');
    expect(why.reasons[0]?.code).toBe('NO_MATCH');
    expect(why.word).toBe('blocked');
    expect(why.reasons).toContainEqual(expect.objectContaining({ text: 'it takes only hosts where gpu exists' }));
  });
});

describe('why a move stands where it stands', () => {
  beforeEach(() => {
    twoRoles({ planner: 'off' });
    ovirt.steps.set('drain', 'silent');
    harness.must({
      ...wet,
      kind: 'move',
      host: 'node1',
      to: 'hadoop/night',
      role: '',
      hard: false,
      reason: 'more jobs',
    });
  });

  it('names what blocks the drain, and when the deadline comes', () => {
    const request = ovirt.lastRequest('drain');
    ovirt.answer(request, {
      state: 'blocked',
      progressMilli: 600,
      blockedBy: [{ object: 'vm/db2', reason: 'PINNED', sinceMs: harness.nowMs, message: 'pinned to this host' }],
    });
    harness.advance(60_000);
    const why = harness.why('node1');
    expect(why.word).toBe('blocked');
    expect(why.reasons[0]).toMatchObject({ code: 'BLOCKED_DRAIN', text: 'vm/db2: pinned to this host (PINNED)' });
    expect(why.wouldChangeIt).toEqual([
      `mosaic move cancel ${request.transitionId}`,
      'wait 29m until the drain deadline',
    ]);
    expect(harness.why(request.transitionId).reasons[0]).toEqual(why.reasons[0]);
    expect(harness.query({ kind: 'overview' }).overview.needsYou).toContainEqual({
      subject: 'node1',
      message: 'ovirt/prod -> hadoop/night: vm/db2: pinned to this host',
      remedy: 'mosaic why node1',
    });
  });

  it('names the object once, and the blocked move once among what needs a person', () => {
    ovirt.answer(ovirt.lastRequest('drain'), {
      state: 'blocked',
      blockedBy: [{ object: 'vm/db2', reason: 'PINNED', sinceMs: harness.nowMs, message: 'vm/db2 cannot move now' }],
    });
    expect(harness.why('node1').reasons[0]?.text).toBe('vm/db2 cannot move now (PINNED)');
    const { overview } = harness.query({ kind: 'overview' });
    expect(overview.needsYou.filter((need) => need.subject === 'node1')).toEqual([
      {
        subject: 'node1',
        message: 'ovirt/prod -> hadoop/night: vm/db2 cannot move now',
        remedy: 'mosaic why node1',
      },
    ]);
    const { conditions } = harness.query({ kind: 'conditions' });
    expect(conditions.map((one) => one.message)).toContain(
      'drain of node1 is blocked by vm/db2 (PINNED): cannot move now',
    );
  });

  it('says who has to come back', () => {
    ovirt.answer(ovirt.lastRequest('drain'), { state: 'failed', message: 'no' });
    ovirt.steps.set('cancel_drain', 'silent');
    ovirt.disconnect();
    harness.advance(120_000);
    const why = harness.why('node1');
    expect(why.word).toBe('blocked');
    expect(why.reasons[0]).toMatchObject({
      code: 'DISCONNECTED',
      text: 'ovirt/prod executes cancel_drain and is away',
    });
    expect(why.wouldChangeIt).toContain('wait until ovirt/prod is back');
  });

  it('tells how it went once it has ended', () => {
    ovirt.answer(ovirt.lastRequest('drain'), { state: 'done' });
    harness.settle();
    const { transitions } = harness.query({ kind: 'transitions', ended: true, page: { limit: 0, pageToken: '' } });
    const id = transitions.find((move) => move.hostName === 'node1')?.transitionId ?? '';
    const why = harness.why(id);
    expect(why.headline).toBe('node1 ovirt/prod -> hadoop/night ended completed after 0s');
    expect(why.reasons[0]).toMatchObject({ code: 'HISTORY', text: expect.stringMatching(/^verify attempt \d+ done/) });
    expect(why.reasons.at(-1)?.text).toBe('asked for by operator:ana: more jobs');
  });
});

describe('why a host is where it is', () => {
  beforeEach(() => twoRoles({ planner: 'off' }));

  it('when it is lost, says what a person must confirm', () => {
    agents[0]?.disconnect();
    harness.advance(80_000);
    const why = harness.why('node1');
    expect(why.headline).toMatch(
      /^node1 is lost: no contact for 1m\d\ds; its lease stays until the machine is known to be off$/,
    );
    expect(why.word).toBe('waits for you');
    expect(why.wouldChangeIt).toEqual(['mosaic host confirm-off node1', 'wait until its agent is back']);
  });

  it('when it is quarantined, gives the reason and the way out', () => {
    harness.agent('spare');
    harness.must({ ...wet, kind: 'host_quarantine', host: 'spare', reason: 'burnt smell' });
    const why = harness.why('spare');
    expect(why.word).toBe('waits for you');
    expect(why.reasons[0]).toMatchObject({ code: 'HOLDS', text: expect.stringContaining('burnt smell') });
    expect(why.wouldChangeIt).toContain('mosaic host release spare');
  });

  it('when it is cordoned, says so and how to end it', () => {
    harness.must({ ...wet, kind: 'host_cordon', host: 'node2', reason: 'fan' });
    const why = harness.why('node2');
    expect(why.reasons).toContainEqual(
      expect.objectContaining({ code: 'FROZEN', text: 'not moved: cordoned: ana: fan' }),
    );
    expect(why.wouldChangeIt).toContain('mosaic host uncordon node2');
  });

  it('when its manager changed it by hand, repeats what the manager says', () => {
    ovirt.observes(agents, true, { node3: 'activated by hand' });
    harness.settle();
    expect(harness.why('node3').reasons).toContainEqual(
      expect.objectContaining({
        code: 'BLOCKED_DRAIN',
        text: 'not moved: ovirt/prod reports a change that was not ours: activated by hand',
      }),
    );
  });
});

describe('what is meant', () => {
  beforeEach(() => twoRoles({ planner: 'off' }));

  it('is every kind of thing by its name', () => {
    ovirt.wants([hostsWanted('vms', 4)]);
    expect(harness.why('node1').about).toBe('host');
    expect(harness.why('ovirt/prod').about).toBe('framework');
    expect(harness.why('/prod').about).toBe('role');
    expect(harness.why('ovirt/prod/vms').about).toBe('demand');
    expect(harness.why('hadoop').about).toBe('workload');
    expect(harness.why('night').subject).toBe('hadoop/night');
  });

  it('must be said where a name stands for several things', () => {
    harness.agent('ovirt');
    expect(ask('ovirt')).toEqual({
      kind: 'invalid',
      message:
        '"ovirt" is a host and a workload; say which one is meant: mosaic why host:ovirt or mosaic why workload:ovirt',
    });
    expect(harness.why('host:ovirt').about).toBe('host');
    expect(harness.why('workload:ovirt').about).toBe('workload');
  });

  it('must name the framework where several have a demand of that name', () => {
    ovirt.wants([hostsWanted('d', 1)]);
    hadoop.wants([hostsWanted('d', 1)]);
    expect(ask('d')).toEqual({
      kind: 'invalid',
      message:
        '"d" is the name of several demands; put the framework before it: mosaic why ovirt/prod/d or mosaic why hadoop/night/d',
    });
  });

  it('is guessed when it is mistyped', () => {
    expect(ask('node11')).toMatchObject({
      kind: 'not_found',
      message: expect.stringMatching(/did you mean node1 or node10 or node2\?/),
    });
    expect(ask('role:/prd')).toMatchObject({
      kind: 'not_found',
      message: expect.stringMatching(/^there is no role "\/prd"; did you mean \/prod\?/),
    });
  });

  it('is asked for when nothing was named', () => {
    expect(ask('')).toMatchObject({ kind: 'invalid', message: expect.stringMatching(/^name a host, framework/) });
  });
});
