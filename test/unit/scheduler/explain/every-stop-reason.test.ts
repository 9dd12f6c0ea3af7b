/**
 * "Why is nothing reclaimed?" has a closed set of answers. Each is reached here by a fleet in which that rule, and no other,
 * is what stands in the way: nothing is constructed but by what peers and people say. The compiler refuses a reason without an
 * entry, and a reason that the planner's sources name is refused without a fleet of its kind.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { OperatorCommand, RoleChange, SchedulerOptions, WaitReason } from '../../../../scheduler/index.js';
import { CoreHarness, hostsWanted, slicesWanted, type AgentPeer } from '../../../support/core-harness.js';
import { cpus, guarantee, HARD, SliceFleet } from '../reassign/slice-fleet.js';

const wet = { dryRun: false } as const;
const LONG_ENOUGH_MS = 5 * 60_000;

/** Four hosts that `ovirt/prod` (role /prod) holds and does not want; `hadoop/night` (role /batch) has none. */
class Hosts {
  readonly harness: CoreHarness;
  readonly agents: readonly AgentPeer[];
  readonly ovirt;
  readonly hadoop;

  constructor(options: Partial<SchedulerOptions> = {}, held: 'adopted' | 'claimed' = 'adopted', count = 4) {
    this.harness = new CoreHarness({ hysteresisRounds: 1, minHoldMs: 0, ...options });
    for (const role of ['/prod', '/batch']) this.harness.must({ ...wet, kind: 'role_set', role, change: {} });
    const rack = (index: number) => ({ region: 'r', zone: 'z', rack: `k${index}` });
    this.agents = Array.from({ length: count }, (_, index) =>
      this.harness.agent(`node${index + 1}`, { faultDomain: rack(index) }),
    );
    this.ovirt = this.harness.framework('ovirt/prod', ['/prod']);
    this.hadoop = this.harness.framework('hadoop/night', ['/batch']);
    this.ovirt.observes(held === 'adopted' ? this.agents : []);
    this.hadoop.observes([]);
    this.harness.settle();
    if (held === 'adopted') {
      this.harness.must({ ...wet, kind: 'adopt', frameworkId: 'ovirt/prod' });
      return;
    }
    for (const agent of this.agents) this.harness.must({ ...wet, kind: 'host_admit', host: agent.name });
    this.ovirt.wants([hostsWanted('vms', count)]);
    this.harness.advance(1_000);
    this.ovirt.observes(this.agents);
    this.harness.settle();
  }

  /** `hadoop/night` wants this many, `ovirt/prod` one of those that it holds. */
  wants(count = 2, change: Parameters<typeof hostsWanted>[2] = {}, ovirt = 1): this {
    this.ovirt.wants([hostsWanted('vms', ovirt)]);
    this.hadoop.wants([hostsWanted('jobs', count, change)]);
    return this;
  }

  command(command: OperatorCommand): this {
    this.harness.must(command);
    return this;
  }

  reasons(passMs = LONG_ENOUGH_MS): readonly string[] {
    this.harness.advance(passMs);
    return ['hadoop/night/jobs', 'hadoop/night'].flatMap((thing) => reasonsFor(this.harness, thing));
  }
}

function reasonsFor(harness: CoreHarness, thing: string): readonly string[] {
  return harness.why(thing).reasons.map(({ code, text }) => `${code}: ${text}`);
}

/** `/lend` uses all 8 CPUs of one shared host; `/own` comes and wants two of its 2 CPUs each. */
function slices(
  lend: RoleChange = HARD,
  options: Partial<SchedulerOptions> = {},
  own: RoleChange = guarantee(4),
): { readonly fleet: SliceFleet; readonly reasons: (passMs?: number) => readonly string[] } & Record<
  'borrower' | 'owner',
  ReturnType<SliceFleet['framework']>
> {
  const fleet = new SliceFleet([8], options).roles({ '/lend': lend, '/own': own }, true);
  const borrower = fleet.framework('batch/b', '/lend');
  borrower.wants([slicesWanted('b', 4, cpus(2))]);
  fleet.advance(1_000);
  const owner = fleet.framework('web/w', '/own');
  owner.wants([slicesWanted('w', 2, cpus(2))]);
  const reasons = (passMs = 60_000): readonly string[] => {
    fleet.advance(passMs);
    return reasonsFor(fleet.harness, 'web/w/w');
  };
  return { fleet, borrower, owner, reasons };
}

interface Reached {
  /** What `mosaic why` says of a demand for hosts. */
  readonly hosts?: readonly [RegExp, () => readonly string[]];
  /** And of one for slices. */
  readonly slices?: readonly [RegExp, () => readonly string[]];
}

const REACHED: Readonly<Record<Exclude<WaitReason, 'NONE'>, Reached>> = {
  AWAITING_APPROVAL: {
    hosts: [/would bring 2 hosts and waits for approval/, () => new Hosts({ planMode: 'approve' }).wants().reasons()],
    slices: [/only in plan mode auto; it is observe/, () => slices(HARD, { planMode: 'observe' }).reasons()],
  },
  BLOCKED_DRAIN: {
    hosts: [
      /4 by BLOCKED_DRAIN \(node1 of ovirt\/prod: activated by hand\)/,
      () => {
        const hosts = new Hosts();
        const drift = Object.fromEntries(hosts.agents.map(({ name }) => [name, 'activated by hand']));
        hosts.ovirt.observes(hosts.agents, true, drift);
        return hosts.wants().reasons();
      },
    ],
  },
  COOL_DOWN: {
    hosts: [
      /by COOL_DOWN \(node\d of ovirt\/prod: forecast was refused\)/,
      () => {
        const hosts = new Hosts();
        hosts.ovirt.steps.set('forecast', 'refused');
        return hosts.wants().reasons(10 * 60_000);
      },
    ],
    slices: [
      /room was made for web\/w in \/own and it has not used it/,
      () => {
        // One task in a round: room is made for one of two units, offered, and not used.
        const policy = { kind: 'hard', graceMs: 0, deadlineMs: 0, movesPerRound: 1, minHoldMs: -1 } as const;
        const { owner, reasons } = slices({ reclaim: policy }, { coolDownMs: 3_600_000 });
        owner.launches = false;
        return reasons(240_000);
      },
    ],
  },
  DEADLINE_PASSED: {
    hosts: [
      /its deadline of 1s has passed/,
      () => new Hosts({ movesInFlightMax: 0 }).wants(2, { deadlineMs: 1_000 }).reasons(),
    ],
  },
  DISCONNECTED: {
    hosts: [
      /4 by DISCONNECTED/,
      () => {
        const hosts = new Hosts().wants();
        hosts.ovirt.disconnect();
        return hosts.reasons();
      },
    ],
    slices: [
      /by DISCONNECTED \(one of \/lend\)/,
      () => {
        const { borrower, reasons } = slices();
        borrower.disconnect();
        return reasons();
      },
    ],
  },
  FAIR_SHARE: {
    hosts: [
      /is owed 2 now, so nothing is taken from others for it/,
      () => {
        const hosts = new Hosts().wants(2, {}, 9);
        hosts.harness.advance(LONG_ENOUGH_MS);
        hosts.hadoop.observes(hosts.agents.slice(0, 2));
        return hosts.wants(3, {}, 9).reasons();
      },
    ],
    slices: [
      /\/own is not below a guarantee that one more of these would lie within/,
      () => slices(HARD, {}, {}).reasons(),
    ],
  },
  FROZEN: {
    hosts: [
      /4 by FROZEN/,
      () =>
        new Hosts()
          .command({ ...wet, kind: 'freeze', scope: 'ovirt', reason: '' })
          .wants()
          .reasons(),
    ],
    slices: [
      /by FROZEN \(one of \/lend\)/,
      () => {
        const { fleet, reasons } = slices();
        fleet.harness.must({ ...wet, kind: 'freeze', scope: 'batch', reason: '' });
        return reasons();
      },
    ],
  },
  GROUP_INCOMPLETE: {
    hosts: [
      /2 are wanted at once, 1 are free/,
      () => {
        const hosts = new Hosts();
        hosts.harness.agent('spare');
        hosts.command({ ...wet, kind: 'host_admit', host: 'spare' });
        return hosts.wants(2, { allOrNothing: true }, 4).reasons();
      },
    ],
    slices: [
      /nothing is taken back for tasks that are of use only together/,
      () => {
        const { owner, reasons } = slices();
        owner.wants([slicesWanted('w', 2, cpus(2), { allOrNothing: true })]);
        return reasons();
      },
    ],
  },
  HYSTERESIS: {
    hosts: [/for \d+ of 50 rounds/, () => new Hosts({ hysteresisRounds: 50 }).wants().reasons()],
    slices: [/for \d+ of 50 rounds/, () => slices(HARD, { hysteresisRounds: 50 }).reasons()],
  },
  MASS_FAILURE: {
    hosts: [
      /too many hosts have vanished at once; no host is taken/,
      () => {
        const hosts = new Hosts({ massFailureMinHosts: 2, hostLostAfterMs: 1_000, movesInFlightMax: 0 }).wants();
        for (const agent of hosts.agents.slice(2)) agent.disconnect();
        return hosts.reasons();
      },
    ],
    slices: [
      /too many hosts have vanished at once; nothing is taken/,
      () => {
        const { fleet, reasons } = slices(HARD, { massFailureMinHosts: 2, hostLostAfterMs: 1_000 });
        const others = ['x1', 'x2'].map((name) => fleet.harness.agent(name));
        for (const { name } of others) fleet.harness.must({ ...wet, kind: 'host_admit', host: name });
        for (const other of others) other.disconnect();
        return reasons();
      },
    ],
  },
  MIN_HOLD: {
    hosts: [/4 by MIN_HOLD/, () => new Hosts({ minHoldMs: 3_600_000 }, 'claimed').wants().reasons()],
  },
  MOVE_BUDGET: {
    hosts: [/0 moves are in flight; movesInFlightMax is 0/, () => new Hosts({ movesInFlightMax: 0 }).wants().reasons()],
    slices: [/taskReclaimsPerRoundMax/, () => slices(HARD, { taskReclaimsPerRoundMax: 0 }).reasons()],
  },
  MOVING_IN: {
    hosts: [
      /node1 .*: drain, working/,
      () => {
        const hosts = new Hosts({ movesInFlightMax: 1 });
        hosts.ovirt.steps.set('drain', 'silent');
        return hosts.wants(2, {}, 2).reasons(90_000);
      },
    ],
  },
  NOT_CLEAN: {
    hosts: [
      /2 quarantined or not clean/,
      () => {
        // The other two may not be moved either: those that are set aside serve nobody, and nobody is owed anything of them.
        const hosts = new Hosts({ minHoldMs: 3_600_000 }, 'claimed');
        for (const { name } of hosts.agents.slice(0, 2))
          hosts.command({ ...wet, kind: 'host_quarantine', host: name, reason: 'smells of smoke' });
        return hosts.wants().reasons();
      },
    ],
  },
  NO_CAPACITY: {
    hosts: [
      /\/batch wants 2 and holds 0; nobody holds more than it wants/,
      () => new Hosts({ planner: 'greedy' }).wants(2, {}, 4).reasons(),
    ],
    slices: [
      /no task of a borrower that could go makes room for it on one host/,
      () => {
        // Each of two hosts has 6 CPUs of its own and 2 of a borrower: 4 are borrowed, but not on one host.
        const fleet = new SliceFleet([8, 8]).roles({ '/lend': HARD, '/own': guarantee(16) });
        const owner = fleet.framework('web/w', '/own');
        owner.wants([slicesWanted('w', 2, cpus(6))]);
        fleet.advance(1_000);
        fleet.framework('batch/b', '/lend').wants([slicesWanted('b', 2, cpus(2))]);
        fleet.advance(1_000);
        owner.wants([slicesWanted('w', 1, cpus(4))]);
        fleet.advance(60_000);
        return reasonsFor(fleet.harness, 'web/w/w');
      },
    ],
  },
  NO_MATCH: {
    hosts: [
      /3 by NO_MATCH/,
      () => {
        const constraints = [{ attribute: 'gpu', op: 'exists' as const, values: [] }];
        return new Hosts().wants(2, { constraints }).reasons();
      },
    ],
  },
  OFFERED: {
    hosts: [
      /lacks 2 standard hosts; 2 are free or soon will be/,
      () => {
        const hosts = new Hosts();
        hosts.ovirt.steps.set('drain', 'silent');
        for (const host of ['node1', 'node2'])
          hosts.command({ ...wet, kind: 'move', host, to: 'free', role: '', hard: false, reason: '' });
        return hosts.wants(2, {}, 2).reasons(90_000);
      },
    ],
    slices: [
      /there is room for it, which is offered next/,
      () => {
        const { fleet, reasons } = slices(HARD, { hysteresisRounds: 1, planMode: 'observe' });
        fleet.advance(60_000);
        fleet.agents[0]?.setTask('batch/b/t1', 'finished');
        fleet.harness.must({ ...wet, kind: 'plan_mode', mode: 'auto' });
        return reasons(0);
      },
    ],
  },
  PRIORITY: {
    slices: [/by PRIORITY \(one of \/lend\)/, () => slices({ ...HARD, priority: 1 }).reasons()],
  },
  RECOVERING: {
    hosts: [
      /the planner waits until enough hosts have reported/,
      () => {
        const hosts = new Hosts({ movesInFlightMax: 0, planPeriodMs: 10_000 }).wants();
        hosts.harness.restart();
        hosts.ovirt.connect();
        hosts.hadoop.connect();
        return hosts.reasons(30_000);
      },
    ],
    slices: [
      /the planner waits until enough hosts have reported/,
      () => {
        const { fleet, borrower, owner, reasons } = slices(HARD, { planMode: 'observe' });
        fleet.harness.restart();
        borrower.connect();
        owner.connect();
        return reasons(30_000);
      },
    ],
  },
  ROLE_LIMIT: {
    hosts: [
      /limit/,
      () =>
        new Hosts()
          .command({ ...wet, kind: 'role_set', role: '/batch', change: { limit: { hosts: 0 } } })
          .wants()
          .reasons(),
    ],
    slices: [
      /no room is made: role \/own is at its limit memoryBytes=1/,
      () => {
        const { owner, reasons } = slices(HARD, {}, { ...guarantee(4), limit: { memoryBytes: 1 } });
        const unit = { quantities: { cpusMilli: 2_000, memoryBytes: 2 }, ports: [] };
        owner.wants([slicesWanted('w', 2, unit)]);
        return reasons();
      },
    ],
  },
  SOFT_POLICY: {
    slices: [/4 by SOFT_POLICY \(one of \/lend\)/, () => slices({}).reasons()],
  },
};

const CODES = Object.keys(REACHED) as (keyof typeof REACHED)[];
const REASSIGN = new URL('../../../../scheduler/reassign/', import.meta.url);

/** Reasons that the sources in the folder give as the code of a sentence or of a host that is held back. */
function namedBy(folder: URL): readonly (keyof typeof REACHED)[] {
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  return CODES.filter((code) => new RegExp(`['\`]${code}(:|')`).test(text));
}

describe('why is nothing reclaimed', () => {
  it.each(CODES)('%s is reached by a fleet of its own', (code) => {
    const { hosts, slices: tasks } = REACHED[code];
    expect(hosts ?? tasks).toBeDefined();
    for (const [text, reasons] of [hosts, tasks].flatMap((one) => (one === undefined ? [] : [one])))
      expect(reasons()).toContainEqual(expect.stringMatching(new RegExp(`^${code}: .*${text.source}`)));
  });

  it('has a fleet for every reason that the planner of hosts can give', () => {
    const named = namedBy(REASSIGN);
    expect(named.length).toBeGreaterThan(12);
    expect(named.filter((code) => REACHED[code].hosts === undefined)).toEqual([]);
  });

  it('has a fleet for every reason that the reclaim of slices can give', () => {
    const named = namedBy(new URL('slices/', REASSIGN));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((code) => REACHED[code].slices === undefined)).toEqual([]);
  });
});
