// Every promise of DESIGN §4 is broken once by hand, and the audit must name it.
import { AssertionError } from 'node:assert';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_OPTIONS } from '../../../scheduler/config.js';
import { Core } from '../../../scheduler/core.js';
import { auditTouched } from '../../../scheduler/invariants.js';
import { excess } from '../../../scheduler/invariants/recount.js';
import { newRole } from '../../../scheduler/quota/index.js';
import type { Resources } from '../../../scheduler/resources/types.js';
import type { HostRecord } from '../../../scheduler/state/records.js';
import { TOTAL, audit, core, framework, host, lease, leased, offer, startAnew, task, transition } from './audited.js';

beforeEach(startAnew);

describe('a sound state', () => {
  it('passes, with hosts leased, offered, shared and moving', () => {
    leased('h1');
    host('h2');
    offer('o1', 'h2');
    host('h3', { mode: 'shared', clean: false });
    task('t1', 'h3', { quantities: { cpusMilli: 5_000 }, ports: [{ first: 100, last: 149 }] });
    offer('o2', 'h3', {
      wholeHost: false,
      resources: { quantities: { cpusMilli: 3_000 }, ports: [{ first: 150, last: 199 }] },
    });
    host('h4', { mode: 'leased', leaseId: 'l-h4', transitionId: 'm1', clean: false });
    lease('l-h4', 'h4', { phase: 'leaving' });
    transition('m1', 'h4', { leaseId: 'l-h4' });
    expect(audit()).toEqual([]);
    expect(() => auditTouched(core)).not.toThrow();
  });
});

describe('I1: what is given out fits', () => {
  it('finds a shared host with more offered and used than it has', () => {
    host('h1', { mode: 'shared' });
    task('t1', 'h1', { quantities: { cpusMilli: 5_000 }, ports: [] });
    offer('o1', 'h1', { wholeHost: false, resources: { quantities: { cpusMilli: 4_000 }, ports: [] } });
    expect(audit()).toEqual([
      'I1: host h1 has given out cpusMilli 9000 of 8000 and no OVERCOMMITTED condition says so',
    ]);
  });

  it('finds a port given out twice', () => {
    host('h1', { mode: 'shared' });
    task('t1', 'h1', { quantities: {}, ports: [{ first: 100, last: 120 }] });
    task('t2', 'h1', { quantities: {}, ports: [{ first: 120, last: 130 }] });
    expect(audit()).toEqual([expect.stringMatching(/^I1: host h1 has given out port 120 twice/)]);
  });

  it('finds a leased host that is offered too', () => {
    leased('h1');
    offer('o1', 'h1', { wholeHost: false, resources: { quantities: { cpusMilli: 1 }, ports: [] } });
    expect(audit()).toContainEqual(expect.stringMatching(/^I1: host h1 /));
  });

  it('accepts an excess from outside that is shown', () => {
    host('h1', { mode: 'shared' });
    task('t1', 'h1', { quantities: { cpusMilli: 9_000 }, ports: [] });
    core.raise('OVERCOMMITTED', 'h1', 'came back smaller', 'wait');
    expect(audit()).toEqual([]);
  });

  it('counts no task that has ended', () => {
    host('h1', { mode: 'shared' });
    task('t1', 'h1', { quantities: { cpusMilli: 8_000 }, ports: [] }, { state: 'finished' });
    task('t2', 'h1', { quantities: { cpusMilli: 8_000 }, ports: [] });
    expect(audit()).toEqual([]);
  });
});

describe('I2: one mode, one lease, one transition', () => {
  it.each([
    ['leased without a lease', () => host('h1', { mode: 'leased' }), 'I2: host h1 is leased but has no lease'],
    [
      'a lease that does not exist',
      () => host('h1', { mode: 'leased', leaseId: 'l9' }),
      'I2: host h1 has lease l9, which does not exist',
    ],
    [
      'a free host with a lease',
      () => {
        host('h1', { leaseId: 'l1' });
        lease('l1', 'h1');
      },
      'I2: host h1 is free but has lease l1',
    ],
    [
      'a lease whose host knows another',
      () => {
        leased('h1');
        lease('l2', 'h1');
      },
      'I2: lease l2 is on host h1, which has lease l-h1',
    ],
    [
      'a transition that does not exist',
      () => host('h1', { transitionId: 'm9' }),
      'I2: host h1 is in transition m9, which does not exist',
    ],
    [
      'a second running transition',
      () => {
        leased('h1');
        core.state.hosts.put({ ...core.state.hosts.get('h1')!, transitionId: 'm1' });
        transition('m1', 'h1');
        transition('m2', 'h1');
      },
      'I2: transition m2 runs on host h1, which is in transition m1',
    ],
    [
      'a transition that has ended',
      () => {
        host('h1', { transitionId: 'm1' });
        transition('m1', 'h1', { outcome: 'completed', endedMs: 5 });
      },
      'I2: host h1 is in transition m1, which has ended completed',
    ],
    [
      'a step lease without an attempt',
      () => {
        host('h1', { transitionId: 'm1' });
        transition('m1', 'h1', { stepPhase: 'pending' });
      },
      'I2: transition m1 has no attempt out but a running step lease',
    ],
  ])('finds %s', (_what, damage, expected) => {
    damage();
    expect(audit()).toContain(expected);
    expect(() => auditTouched(core)).toThrow(expected);
  });

  it('throws an assertion, so that the shell reloads instead of going on', () => {
    host('h1', { mode: 'leased' });
    expect(() => auditTouched(core)).toThrow(AssertionError);
  });

  it('looks only at what the step touched', () => {
    host('h1', { mode: 'leased' });
    core.state.takeMutations();
    host('h2');
    expect(() => auditTouched(core)).not.toThrow();
  });
});

describe('what demands are counted against', () => {
  const KEY = 'ovirt/prod|/|standard';
  beforeEach(() => {
    leased('h1');
    host('h2');
    offer('o1', 'h2');
  });
  const keyOf = (hostId: string): string => {
    const found = [...core.ledger.holdings.keys()].find((key) => core.ledger.holdings.hosts(key).has(hostId));
    return found ?? KEY;
  };

  it('finds a host that is held twice', () => {
    const key = keyOf('h1');
    core.ledger.holdings.put(key, 'h9', 'granted');
    expect(audit()).toContainEqual(`I3: ${key} has host h9 as granted, counted none`);
  });

  it('finds a host that was forgotten', () => {
    const key = keyOf('h2');
    core.ledger.holdings.remove(key, 'h2', 'offered');
    expect(audit()).toContainEqual(`I3: ${key} has host h2 as none, counted offered`);
  });

  it('finds a number that drifted from its hosts', () => {
    const key = keyOf('h1');
    core.ledger.holdings.put(key, 'h1', 'granted');
    expect(audit()).toContainEqual(expect.stringMatching(/has holdings .*"granted":2.*counted .*"granted":1/));
  });

  it('leaves out hosts that are lost', () => {
    const presence = core.state.hostPresence.get('h1');
    if (presence === undefined) throw new Error('h1 was never there');
    core.state.hostPresence.put({ ...presence, connected: false, lost: true });
    expect(audit().filter((text) => text.startsWith('I3'))).toEqual([]);
    expect([...core.ledger.holdings.keys()].some((key) => core.ledger.holdings.hosts(key).has('h1'))).toBe(false);
  });
});

describe('I3: limits', () => {
  it('finds a role above its limit, and accepts it when a condition says so', () => {
    core.state.roles.put({ ...newRole('/a'), limit: { hosts: 1 } });
    framework('ovirt/prod', '/a');
    leased('h1', { role: '/a' });
    leased('h2', { role: '/a' });
    expect(audit()).toEqual(['I3: role /a is charged hosts=2 over its limit 1 and no OVER_LIMIT condition says so']);
    core.raise('OVER_LIMIT', '/a', 'lowered below use', 'wait');
    expect(audit()).toEqual([]);
  });

  it('finds a role that borrows more than it may', () => {
    core.state.roles.put({ ...newRole('/a'), guarantee: { hosts: 1 }, borrowingLimit: { hosts: 1 } });
    framework('ovirt/prod', '/a');
    for (const hostId of ['h1', 'h2', 'h3']) leased(hostId, { role: '/a' });
    expect(audit()).toEqual([expect.stringMatching(/^I3: role \/a is charged hosts=3 over its limit 2/)]);
  });

  it('counts offers', () => {
    core.state.roles.put({ ...newRole('/a'), limit: { hosts: 1 } });
    framework('ovirt/prod', '/a');
    leased('h1', { role: '/a' });
    host('h2');
    offer('o1', 'h2', { role: '/a' });
    expect(audit()).toEqual([expect.stringMatching(/^I3: role \/a is charged hosts=2 over/)]);
  });

  it('stops the step that grants above the limit of an ancestor', () => {
    core.state.roles.put({ ...newRole('/a'), limit: { hosts: 1 } });
    core.state.roles.put(newRole('/a/b'));
    leased('h1', { role: '/a/b' });
    leased('h2', { role: '/a/b' });
    expect(() => auditTouched(core)).toThrow(/^I3: role \/a is charged hosts=2/);
  });

  it('lets an adoption through: it takes over what is so already', () => {
    core.state.roles.put({ ...newRole('/a'), limit: { hosts: 1 } });
    leased('h1', { role: '/a', origin: 'adopted' });
    leased('h2', { role: '/a', origin: 'adopted' });
    expect(() => auditTouched(core)).not.toThrow();
  });
});

describe('I4: no planned move takes a role below what it is owed', () => {
  function donorOf(hosts: number, guarantee: number, requestedBy: string): void {
    core.state.roles.put({ ...newRole('/a'), guarantee: { hosts: guarantee } });
    core.state.roles.put(newRole('/b'));
    framework('ovirt/prod', '/a');
    framework('kubernetes/east', '/b');
    for (let n = 1; n <= hosts; n += 1) leased(`h${n}`, { role: '/a' });
    core.state.hosts.put({ ...core.state.hosts.get('h1')!, transitionId: 'm1' });
    transition('m1', 'h1', {
      from: { frameworkId: 'ovirt/prod', role: '/a' },
      to: { frameworkId: 'kubernetes/east', role: '/b' },
      toMode: 'leased',
      leaseId: 'l-h1',
      requestedBy,
      stepPhase: 'pending',
      leaseUntilMs: 0,
      attempt: 0,
      startedMs: core.nowMs,
    });
  }

  it('stops a planned move of the last guaranteed host', () => {
    donorOf(2, 2, 'planner');
    expect(() => auditTouched(core)).toThrow(
      /^I4: role \/a keeps 1 hosts of the 2 it is owed because of planned move m1/,
    );
  });

  it('lets a planned move of the surplus through', () => {
    donorOf(3, 2, 'planner');
    expect(() => auditTouched(core)).not.toThrow();
  });

  // A clock that was set back while the master was down starts again at the last stored time.
  it('does not hold a later step to it, even at the same time: what the donor is owed may have changed', () => {
    donorOf(2, 2, 'planner');
    core.state.takeMutations();
    core.state.transitions.put({ ...core.state.transitions.get('m1')!, attempt: 1 });
    expect(() => auditTouched(core)).not.toThrow();
    const restored = new Core(DEFAULT_OPTIONS);
    restored.state.load(core.state.dump());
    restored.state.transitions.put({ ...restored.state.transitions.get('m1')!, attempt: 2 });
    expect(() => auditTouched(restored)).not.toThrow();
  });

  it('lets people do it', () => {
    donorOf(2, 2, 'operator:ana');
    expect(() => auditTouched(core)).not.toThrow();
  });
});

describe('I6: only clean and reported hosts are offered', () => {
  it.each<[string, Partial<HostRecord>, RegExp]>([
    ['dirty', { clean: false }, /^I6: offer o1 is on host h1, which is not verified clean/],
    ['unclaimed', { mode: 'unclaimed' }, /^I6: offer o1 is on host h1, which is unclaimed/],
    ['quarantined', { mode: 'quarantined' }, /^I6: offer o1 is on host h1, which is quarantined/],
  ])('finds an offer of a host that is %s', (_what, change, expected) => {
    host('h1', change);
    offer('o1', 'h1');
    expect(audit()).toContainEqual(expect.stringMatching(expected));
  });

  it('finds an offer of a host that has not reported', () => {
    host('h1');
    core.state.hostPresence.put({ ...core.state.hostPresence.get('h1')!, reported: false });
    offer('o1', 'h1');
    expect(audit()).toEqual([expect.stringMatching(/^I6: offer o1 .* has not reported since the start/)]);
  });

  it('finds a reserved host that is offered to everyone', () => {
    host('h1', { transitionId: 'm1' });
    transition('m1', 'h1', { step: 'offer', from: null, leaseUntilMs: 0 });
    offer('o1', 'h1');
    expect(audit()).toEqual([
      expect.stringMatching(/^I6: offer o1 is on host h1, which is reserved for m1, not for everyone/),
    ]);
  });

  it('finds a slice of a host that is not shared', () => {
    host('h1');
    offer('o1', 'h1', { wholeHost: false, resources: { quantities: { cpusMilli: 1 }, ports: [] } });
    expect(audit()).toEqual([expect.stringMatching(/^I6: offer o1 .* slices are offered of shared hosts only/)]);
  });
});

describe('I8 and I9', () => {
  it('finds more ended transitions than are kept', () => {
    host('h1');
    for (let n = 0; n < 201; n += 1) transition(`m${n}`, 'h1', { outcome: 'completed', endedMs: 1 });
    expect(audit()).toContain('I8: ended transitions are 201; at most 200 are kept');
  });

  it('finds a transition that nothing will ever move on', () => {
    leased('h1');
    core.state.hosts.put({ ...core.state.hosts.get('h1')!, transitionId: 'm1' });
    transition('m1', 'h1');
    core.timers.clear('transition/m1');
    expect(audit()).toEqual([expect.stringMatching(/^I9: transition m1 is stuck at drain \(asked\)/)]);
  });

  it('takes a frozen step for waiting, not for stuck', () => {
    leased('h1');
    core.state.hosts.put({ ...core.state.hosts.get('h1')!, transitionId: 'm1' });
    transition('m1', 'h1', { stepPhase: 'pending', leaseUntilMs: 0, word: 'waits for you' });
    core.timers.clear('transition/m1');
    expect(audit()).toEqual([]);
  });

  it('finds an offer that would never expire and a host that would never be lost', () => {
    host('h1');
    offer('o1', 'h1');
    core.timers.clear('offers/30000');
    host('h2');
    core.state.hostPresence.put({ ...core.state.hostPresence.get('h2')!, connected: false });
    expect(audit()).toEqual([
      'I9: offer o1 would never expire',
      'I9: host h2 is away but would never be declared lost',
    ]);
  });
});

describe('references', () => {
  it('finds ids that lead nowhere', () => {
    leased('h1', { frameworkId: 'nobody/none', role: '/gone' });
    task('t1', 'h9', { quantities: {}, ports: [] });
    core.state.roles.put(newRole('/x/y'));
    expect(audit()).toEqual(
      expect.arrayContaining([
        'REF: lease l-h1 belongs to framework nobody/none, which does not exist',
        'REF: lease l-h1 is charged to role /gone, which does not exist',
        'REF: task ovirt/prod/t1 is on host h9, which does not exist',
        'REF: role /x/y names parent /x, which does not exist',
      ]),
    );
  });
});

describe('excess', () => {
  const nothing: Resources = { quantities: {}, ports: [] };

  it('is null when the parts fit exactly', () => {
    expect(excess([TOTAL, nothing], TOTAL)).toBeNull();
  });

  it('names ports that the host does not have', () => {
    expect(excess([{ quantities: {}, ports: [{ first: 199, last: 200 }] }], TOTAL)).toBe(
      'ports 199-200, which it does not have',
    );
  });
});
