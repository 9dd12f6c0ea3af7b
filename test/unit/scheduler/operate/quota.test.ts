/** Changes of several roles as one, and what they are said to bring before they do. */
import { describe, expect, it } from '@jest/globals';
import type { OperatorCommand, OperatorReply, RoleChange } from '../../../../scheduler/index.js';
import { CoreHarness, hostsWanted, type AgentPeer } from '../../../support/core-harness.js';

const OPTIONS = { minHoldMs: 0 } as const;
const HOUR_MS = 3_600_000;

function apply(roles: Readonly<Record<string, RoleChange>>, dryRun = false, force = false): OperatorCommand {
  const edits = Object.entries(roles).map(([role, change]) => ({ role, change }));
  return { kind: 'quota_apply', roles: edits, dryRun, ...(force ? { force: true } : {}) };
}

function messageOf(reply: OperatorReply): string {
  return reply.ok ? 'accepted' : reply.message;
}

function quotaOf(harness: CoreHarness, path: string): unknown {
  const { guarantee, limit, weight } = harness.query({ kind: 'roles' }).roles.find((role) => role.path === path) ?? {};
  return { guarantee, limit, weight };
}

/** `count` hosts, and roles /a, /b, /c below /team. */
function fleet(count: number, options = {}): CoreHarness {
  const harness = new CoreHarness({ ...OPTIONS, ...options });
  admitted(harness, count);
  harness.must(
    apply({
      '/team': { guarantee: { hosts: 6 } },
      '/team/a': { guarantee: { hosts: 2 } },
      '/team/b': {},
      '/team/c': {},
    }),
  );
  harness.must(apply({ '/team/b': { guarantee: { hosts: 2 } }, '/team/c': { guarantee: { hosts: 2 } } }));
  return harness;
}

function admitted(harness: CoreHarness, count: number): readonly AgentPeer[] {
  const agents: AgentPeer[] = [];
  for (let at = 1; at <= count; at += 1) {
    agents.push(harness.agent(`n${at}`));
    harness.must({ kind: 'host_admit', host: `n${at}`, dryRun: false });
  }
  harness.advance(1_000);
  return agents;
}

/** A framework that holds as many hosts as it wants, in the role. */
function holder(harness: CoreHarness, name: string, role: string, hosts: number, agents: readonly AgentPeer[] = []) {
  const framework = harness.framework(name, [role]);
  framework.observes(agents);
  framework.wants([hostsWanted('all', hosts)]);
  harness.advance(1_000);
  return framework;
}

describe('quota apply', () => {
  it('raises two roles by what a third gives up, which one by one is refused', () => {
    const harness = fleet(6);
    const raised = { '/team/a': { guarantee: { hosts: 3 } }, '/team/b': { guarantee: { hosts: 3 } } };
    expect(messageOf(harness.command(apply(raised)))).toContain('guaranteed hosts=8 together, more than its own');
    const reply = harness.command(apply({ ...raised, '/team/c': { guarantee: {} } }));
    expect(reply).toMatchObject({
      ok: true,
      changes: [
        'role /team/a: guarantee is hosts=3 (was hosts=2)',
        'role /team/b: guarantee is hosts=3 (was hosts=2)',
        'role /team/c: guarantee is none (was hosts=2)',
      ],
      ids: ['/team/a', '/team/b', '/team/c'],
    });
    expect(quotaOf(harness, '/team/b')).toMatchObject({ guarantee: { hosts: 3 } });
    harness.assertSound();
  });

  it('changes nothing in a dry run, whatever it says', () => {
    const harness = fleet(6);
    const before = harness.master.dump();
    harness.takeEffects();
    expect(harness.command(apply({ '/team/a': { weight: 3 }, '/new': { weight: 2 } }, true))).toMatchObject({
      ok: true,
      changes: ['role /team/a: weight is 3 (was 1)', 'role /new is made', 'role /new: weight is 2 (was 1)'],
    });
    expect(harness.master.dump()).toEqual(before);
    expect(harness.takeEffects().filter(({ kind }) => kind !== 'operator_reply')).toEqual([]);
  });

  it('UpdateQuotaMultipleRoles: one problem anywhere and nothing is applied; every problem is named', () => {
    const harness = fleet(6);
    const before = harness.master.dump();
    const reply = harness.command(
      apply({
        '/team': { guarantee: { hosts: 5 } },
        '/team/a': { weight: 7 },
        '/big': { guarantee: { hosts: 40 } },
        '/odd': { guarantee: { hosts: 1 }, limit: { hosts: 0 } },
      }),
    );
    const message = messageOf(reply);
    expect(message).toContain(
      'the roles below /team are guaranteed hosts=6 together, more than its own guarantee hosts=5',
    );
    expect(message).toContain('role /odd is guaranteed hosts=1, more than its limit hosts=0');
    expect(message).toContain('guarantees would add up to hosts=46, but the fleet has 6');
    expect(harness.master.dump()).toEqual(before);
  });

  it.each<[string, Readonly<Record<string, RoleChange>>, string]>([
    [
      'a weight and a priority out of range',
      { '/x': { weight: 0 }, '/y': { priority: 2_000_000 } },
      'role /x: weight is 0',
    ],
    [
      'the second of two problems of form, too',
      { '/x': { weight: 0 }, '/y': { priority: 2_000_000 } },
      'role /y: priority is 2000000',
    ],
    ['a parent that is nowhere', { '/x/y': {} }, 'role /x does not exist; make it first'],
    ['malformed paths', { x: {}, '/y//z': {} }, 'must start with a slash'],
  ])('names %s', (_what, roles, text) => {
    expect(messageOf(fleet(6).command(apply(roles, true, true)))).toContain(text);
  });

  it('refuses a role that is named twice', () => {
    const harness = fleet(6);
    const edit = { role: '/x', change: {} };
    expect(messageOf(harness.command({ kind: 'quota_apply', roles: [edit, edit], dryRun: false }))).toBe(
      'role /x is named twice; name each role once',
    );
  });

  it('makes a role and those below it in one, in any order', () => {
    const harness = fleet(6);
    harness.must(apply({ '/x/y': { weight: 2 }, '/x': {} }));
    expect(quotaOf(harness, '/x/y')).toMatchObject({ weight: 2 });
  });

  it('ValidateLimitAgainstConsumed: limits below use are refused for all, unless forced', () => {
    const harness = fleet(6);
    holder(harness, 'ovirt/prod', '/team/a', 4);
    const lowered = { '/team/a': { limit: { hosts: 3 } }, '/team/b': { limit: { hosts: 5 } } };
    expect(messageOf(harness.command(apply(lowered)))).toContain('role /team/a holds hosts=4, more than 3');
    expect(quotaOf(harness, '/team/b')).toMatchObject({ limit: {} });
    expect(harness.command(apply(lowered, false, true))).toMatchObject({
      ok: true,
      remarks: [expect.stringContaining('it stays over its limit until it returns some')],
    });
    harness.assertSound();
  });

  it('says nothing changes when all is so already', () => {
    const harness = fleet(6);
    expect(harness.command(apply({ '/team/a': { guarantee: { hosts: 2 } }, '/team/b': { weight: 1 } }))).toMatchObject({
      changes: [],
      remarks: ['all have these quotas already'],
    });
  });
});

describe('what a change brings is said before and takes effect at once', () => {
  it('RescindOffersEnforcingLimits: a lower limit takes back offers in the same step, counted by framework', () => {
    const harness = fleet(6);
    for (const [name, role] of [
      ['ovirt/p', '/team/a'],
      ['openstack/q', '/team/b'],
    ] as const) {
      const framework = harness.framework(name, [role]);
      framework.claims = false;
      framework.wants([hostsWanted('all', 3)]);
    }
    harness.advance(1_000);
    const change = apply(
      { '/team/a': { guarantee: {}, limit: { hosts: 1 } }, '/team/b': { limit: { hosts: 2 } } },
      true,
    );
    const text = '3 open offers are rescinded (2 of ovirt/p, 1 of openstack/q)';
    expect(harness.command(change)).toMatchObject({ changes: expect.arrayContaining([text]) });
    harness.takeEffects();
    const effects = harness.step({
      kind: 'operator_command',
      requestId: 'now',
      principal: 'ana',
      command: { ...change, dryRun: false },
    });
    const told = effects.flatMap((effect) =>
      effect.kind === 'send' && effect.message.kind === 'rescind'
        ? [[effect.peerId, effect.message.offerIds.length]]
        : [],
    );
    expect(told).toEqual([
      ['framework/ovirt/p', 2],
      ['framework/openstack/q', 1],
    ]);
  });

  it('RescindOffersForUpdateQuotaGuarantees: offers of borrowers go to the role that is guaranteed them, at once', () => {
    const harness = new CoreHarness(OPTIONS);
    admitted(harness, 2);
    harness.must(apply({ '/a': {}, '/b': {} }));
    harness.advance(harness.options.recoveryBoundMs);
    const borrower = harness.framework('ovirt/p', ['/a']);
    borrower.claims = false;
    borrower.wants([hostsWanted('all', 2)]);
    harness.advance(1_000);
    const owner = harness.framework('kubernetes/k', ['/b']);
    owner.wants([hostsWanted('all', 1)]);
    harness.advance(1_000);
    const reply = harness.command(apply({ '/b': { guarantee: { hosts: 1 } } }));
    expect(reply).toMatchObject({
      changes: [
        'guarantee is hosts=1 (was none)',
        '1 open offer is rescinded (1 of ovirt/p) for a role below its guarantee',
      ],
    });
    // No time has passed.
    harness.advance(10);
    expect(owner.received.some((message) => message.kind === 'lease')).toBe(true);
    expect(harness.query({ kind: 'offers', page: { limit: 10, pageToken: '' } }).total).toBe(1);
  });

  const borrowed = (options = {}) => {
    const harness = new CoreHarness({ ...OPTIONS, hysteresisRounds: 1, ...options });
    const agents = admitted(harness, 4);
    harness.must(apply({ '/a': {}, '/b': {} }));
    const borrower = holder(harness, 'ovirt/p', '/a', 4);
    borrower.observes(agents);
    harness.advance(120_000);
    return { harness, borrower };
  };

  it('names who gives how many hosts to whom, and the planner then does just that', () => {
    const { harness } = borrowed();
    const owner = harness.framework('kubernetes/k', ['/b']);
    owner.observes([]);
    expect(harness.command(apply({ '/b': { guarantee: { hosts: 2 } } }, true))).toMatchObject({ remarks: [] });
    harness.must({ kind: 'plan_mode', mode: 'observe', dryRun: false });
    owner.wants([hostsWanted('all', 2)]);
    const change = apply({ '/b': { guarantee: { hosts: 2 } }, '/a': { weight: 1_000 } });
    expect(harness.command({ ...change, dryRun: true })).toMatchObject({
      remarks: [
        'the planner would move 2 standard hosts from ovirt/p in /a to kubernetes/k in /b, because a guarantee is not met, ' +
          'in the round that follows at once; the plan is only shown (plan mode observe)',
      ],
    });
    harness.must({ kind: 'plan_mode', mode: 'auto', dryRun: false });
    const tried = harness.command({ ...change, dryRun: true });
    expect(harness.command(change)).toEqual(tried);
    const moving = harness.query({ kind: 'plan' }).plan?.moves.map(({ from, to }) => `${from?.role} > ${to.role}`);
    expect(moving).toEqual(['/a > /b', '/a > /b']);
  });

  it.each<[string, object, OperatorCommand | null, RegExp]>([
    ['hysteresis', { hysteresisRounds: 3 }, null, /when the shortage has lasted 3 rounds of 1m/],
    ['the plan mode', { planMode: 'approve' }, null, /the plan waits for approval \(plan mode approve\)/],
    ['a freeze', {}, { kind: 'freeze', scope: 'ovirt', reason: 'audit', dryRun: false }, /nothing is taken: FROZEN: /],
    ['the planner being off', { planner: 'off' }, null, /the planner is off: no host is taken from anyone/],
    ['budgets', { movesInFlightPerRackMax: 1 }, null, /nothing more is taken: MOVE_BUDGET: .*movesInFlightPerRackMax/],
    [
      'the policy of who lends',
      {},
      apply({ '/a': { reclaim: { kind: 'soft', graceMs: 0, deadlineMs: 0, movesPerRound: 0, minHoldMs: -1 } } }),
      /nothing more is taken: MOVE_BUDGET: .*\/a gives back none in a round/,
    ],
  ])('says what stands in the way: %s', (_what, options, first, text) => {
    const { harness } = borrowed({ planMode: 'observe', ...options });
    if (first !== null) harness.must(first);
    const owner = harness.framework('kubernetes/k', ['/b']);
    owner.observes([]);
    owner.wants([hostsWanted('all', 2)]);
    const reply = harness.command(apply({ '/b': { guarantee: { hosts: 2 } } }, true));
    expect(reply.ok ? (reply.remarks ?? []).join('\n') : reply.message).toMatch(text);
  });

  it('plans in the same moment when a guarantee is raised, not at the next timer', () => {
    const { harness } = borrowed({ planPeriodMs: HOUR_MS, hysteresisRounds: 1 });
    const owner = harness.framework('kubernetes/k', ['/b']);
    owner.observes([]);
    harness.must({ kind: 'freeze', scope: 'kubernetes', reason: '', dryRun: false });
    owner.wants([hostsWanted('all', 1)]);
    harness.must({ kind: 'unfreeze', scope: 'kubernetes', dryRun: false });
    const moves = () =>
      harness.query({ kind: 'overview' }).overview.moving.length +
      owner.received.filter(({ kind }) => kind === 'lease').length;
    const before = moves();
    harness.must(apply({ '/b': { guarantee: { hosts: 1 } } }));
    expect([before, moves() > 0]).toEqual([0, true]);
  });
});
