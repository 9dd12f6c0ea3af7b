// The contract promises no more than the core takes: what is refused is refused at the edge, with a sentence, and a peer
// that keeps to the limits in proto/mosaic/v1 is never set aside for them.
import { describe, expect, it } from '@jest/globals';
import type { AgentReport, SessionHello } from '../../../scheduler/index.js';
import { helloProblem } from '../../../scheduler/reconcile/hello-rules.js';
import { reportProblems } from '../../../scheduler/reconcile/agent-report.js';
import { agentFrames, frameworkFrames } from '../../../src/client/wire/frames.js';
import * as limits from '../../../src/client/wire/limits.js';
import { cpus, hostsEntry, slicesEntry, task, World } from '../scheduler/allocate/world.js';

const many = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const record = <V>(count: number, value: V): Record<string, V> =>
  Object.fromEntries(many(count).map((at) => [`d${at}`, value]));

function report({ over = 0 } = {}): AgentReport {
  return {
    resources: {
      quantities: record(limits.DIMENSIONS_MAX, 1),
      ports: many(limits.PORT_RANGES_MAX).map((at) => ({ first: at * 10 + 1, last: at * 10 + 5 })),
    },
    attributes: record(limits.ATTRIBUTES_MAX, 'v'.repeat(limits.ATTRIBUTE_CHARS_MAX + over)),
    faultDomain: {
      region: 'r'.repeat(limits.NAME_CHARS_MAX),
      zone: 'z'.repeat(limits.NAME_CHARS_MAX),
      rack: 'k'.repeat(limits.NAME_CHARS_MAX),
    },
    image: 'i'.repeat(limits.ATTRIBUTE_CHARS_MAX),
    agentVersion: 'a'.repeat(limits.NAME_CHARS_MAX),
    lastCommandSeq: Number.MAX_SAFE_INTEGER,
    tasks: [],
    profile: 'p'.repeat(limits.NAME_CHARS_MAX),
    cleanliness: 'c'.repeat(limits.TEXT_CHARS_MAX),
  };
}

describe('at the limits of the contract', () => {
  it('a report travels, and the core takes it', () => {
    expect(() => agentFrames.checkMessage({ kind: 'report', report: report() })).not.toThrow();
    expect(reportProblems(report())).toEqual([]);
  });

  it('a report beyond them does not reach the core', () => {
    expect(() => agentFrames.checkMessage({ kind: 'report', report: report({ over: 1 }) })).toThrow(
      `report.attributes.d0 has ${limits.ATTRIBUTE_CHARS_MAX + 1} characters; at most ${limits.ATTRIBUTE_CHARS_MAX} are accepted`,
    );
  });

  it('the hello of an agent and of a framework is taken', () => {
    const session = { incarnation: 'i'.repeat(limits.NAME_CHARS_MAX), secretHash: 'h' };
    const numbers = { outboxFirstSeq: 1, appliedTerm: 0, appliedSeq: 0, highestTerm: 0 };
    const hellos: readonly SessionHello['who'][] = [
      {
        kind: 'agent',
        name: 'n'.repeat(limits.NAME_CHARS_MAX),
        identity: {
          uuid: 'u'.repeat(limits.NAME_CHARS_MAX),
          serial: 's'.repeat(limits.NAME_CHARS_MAX),
          macs: many(limits.MACS_MAX).map((at) => `mac-${at}`),
        },
      },
      {
        kind: 'framework',
        workload: 'w'.repeat(63),
        name: 'n'.repeat(63),
        roles: many(limits.ROLES_PER_FRAMEWORK_MAX).map((at) => `/r${at}`),
        executesSteps: true,
      },
    ];
    for (const who of hellos) expect(helloProblem({ who, ...session, ...numbers })).toBeNull();
  });

  it('demand and a launch are taken', () => {
    const world = new World();
    world.framework('batch/one', ['/batch']);
    world.hosts(1, 'h', { mode: 'shared' });
    const ownId = 'x'.repeat(limits.OWN_ID_CHARS_MAX);
    const wanted = hostsEntry(ownId, limits.DEMAND_COUNT_MAX, {
      minimum: limits.DEMAND_COUNT_MAX,
      priority: -limits.PRIORITY_MAX,
      deadlineMs: limits.DURATION_MS_MAX,
      constraints: many(limits.CONSTRAINTS_MAX).map((at) => ({ attribute: `a${at}`, op: 'exists', values: [] })),
      placement: many(limits.PLACEMENTS_MAX).map(() => ({ kind: 'spread', domain: 'rack' })),
      evidence: 'e'.repeat(limits.EVIDENCE_CHARS_MAX),
    });
    const entries = [wanted, slicesEntry('d', 1, cpus(1))];
    const demand = { kind: 'demand', role: '/batch', asOfSeq: 0, entries } as const;
    expect(() => frameworkFrames.checkMessage(demand)).not.toThrow();
    world.demand('batch/one', '/batch', entries);
    const offerIds = world.pass().map(({ offerId }) => offerId);
    expect(world.sent('error')).toEqual([]);
    const launch = { kind: 'launch', tasks: [task(ownId, cpus(1))] } as const;
    const accept = { kind: 'accept', commandId: 'c', offerIds, action: launch } as const;
    expect(() => frameworkFrames.checkMessage(accept)).not.toThrow();
    expect(world.accept('batch/one', offerIds, launch)).toEqual({ ok: true, ids: [ownId] });
  });
});
