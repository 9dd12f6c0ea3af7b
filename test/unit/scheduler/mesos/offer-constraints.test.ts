// Mesos' offer constraints, as constraints of a demand. Theirs are AND within a group and OR between groups, on text only and
// with regular expressions; ours are AND within an entry, with numbers, and with globs that no pattern can make slow.
import { describe, expect, it } from '@jest/globals';
import type { Constraint } from '../../../../scheduler/protocol.js';
import { matchesConstraints } from '../../../../scheduler/state/constraints.js';
import { hostsEntry, targets, World } from '../allocate/world.js';

/** Whether a host with these attributes may be meant. */
function matches(attributes: Readonly<Record<string, string>>, ...constraints: readonly Constraint[]): boolean {
  const host = new World().host({ name: 'node-17', rack: 'k4', attributes });
  return matchesConstraints(host, constraints);
}

function constraint(op: Constraint['op'], ...values: readonly string[]): Constraint {
  return { attribute: 'arch', op, values };
}

const X86 = { arch: 'x86_64' };
const ARM = { arch: 'arm64' };

describe('offer constraints, as Mesos tests them', () => {
  it.each<[string, Constraint, readonly [x86: boolean, arm: boolean, none: boolean]]>([
    ['NamedAttributeExists', constraint('exists'), [true, true, false]],
    ['NamedAttributeNotExists', constraint('not_exists'), [false, false, true]],
    ['NamedAttributeTextEquals', constraint('equals', 'x86_64'), [true, false, false]],
    ['NamedAttributeTextNotEquals', constraint('not_equals', 'x86_64'), [false, true, true]],
    ['NamedAttributeTextMatches', constraint('glob', 'x86*'), [true, false, false]],
    ['TwoGroups', constraint('in', 'x86_64', 'arm64'), [true, true, false]],
  ])('%s', (_name, each, [x86, arm, none]) => {
    expect([matches(X86, each), matches(ARM, each), matches({}, each)]).toEqual([x86, arm, none]);
  });

  it('TwoConstraintsInGroup: all must hold', () => {
    const disk = { attribute: 'disk', op: 'equals', values: ['ssd'] } as const;
    expect(matches({ ...X86, disk: 'ssd' }, constraint('exists'), disk)).toBe(true);
    expect(matches(X86, constraint('exists'), disk)).toBe(false);
  });

  it.each<[Constraint['op'], readonly boolean[]]>([
    ['lt', [true, false, false]],
    ['le', [true, true, false]],
    ['gt', [false, false, true]],
    ['ge', [false, true, true]],
  ])('numbers are compared as numbers: %s', (op, expected) => {
    const tier = { attribute: 'tier', op, values: ['10'] };
    expect(['9', '10.0', '11'].map((value) => matches({ tier: value }, tier))).toEqual(expected);
    expect([matches({ tier: 'ten' }, tier), matches({}, tier)]).toEqual([false, false]);
  });

  it('RegexTooComplex: no pattern is, a glob takes steps in proportion to pattern times text', () => {
    const pattern = 'a*'.repeat(64);
    // A backtracking matcher would not come back.
    expect(matches({ arch: 'a'.repeat(255) + 'b' }, constraint('glob', pattern + 'c'))).toBe(false);
  });

  it('hostname, rack, zone and region are facts of the host, which no attribute can pretend', () => {
    const isRack = { attribute: 'rack', op: 'equals', values: ['k4'] } as const;
    const isHost = { attribute: 'host', op: 'glob', values: ['node-*'] } as const;
    expect(matches({ rack: 'elsewhere' }, isRack, isHost)).toBe(true);
  });

  it('TwoRoles: each role of a framework has its own', () => {
    const world = new World();
    world.framework('f/1', ['/a', '/b']);
    world.demand('f/1', '/a', [hostsEntry('d', 5, { constraints: [constraint('equals', 'x86_64')] })]);
    world.demand('f/1', '/b', [hostsEntry('d', 5, { constraints: [constraint('equals', 'arm64')] })]);
    world.host({ name: 'x86', attributes: X86 });
    world.host({ name: 'arm', attributes: ARM });
    expect(world.pass().map(({ role, hostName }) => `${role} ${hostName}`)).toEqual(['/a x86', '/b arm']);
  });

  it('DefaultOfferConstraints: who names none may have any host', () => {
    const world = new World();
    world.framework('f/1', ['/']);
    world.demand('f/1', '/', [hostsEntry('d', 5)]);
    world.host({ name: 'a', attributes: X86 });
    world.host({ name: 'b' });
    expect(targets(world, world.pass())).toEqual(['f/1=a', 'f/1=b']);
  });

  it('a change of constraints is looked at anew at once', () => {
    const world = new World();
    world.framework('f/1', ['/']);
    world.host({ name: 'arm', attributes: ARM });
    world.demand('f/1', '/', [hostsEntry('d', 1, { constraints: [constraint('equals', 'x86_64')] })]);
    expect(world.pass()).toEqual([]);
    expect(world.lastStatus('f/1', 'd')).toMatchObject({ unmetReason: 'NO_MATCH' });
    world.demand('f/1', '/', [hostsEntry('d', 1, { constraints: [constraint('equals', 'arm64')] })]);
    expect(targets(world, world.pass())).toEqual(['f/1=arm']);
  });

  it.each<[string, Constraint, RegExp]>([
    ['InvalidConstraint without a value', constraint('equals'), /constraints\[0\]\.values has 0 values; equals takes/],
    ['InvalidConstraint with a word for a number', constraint('lt', 'ten'), /values must be one decimal number for lt/],
    [
      'InvalidConstraint of nothing',
      { attribute: '', op: 'exists', values: [] },
      /attribute is empty; name an attribute/,
    ],
  ])('%s is refused with the field named, and nothing changes', (_name, each, text) => {
    const world = new World();
    world.framework('f/1', ['/']);
    world.host({ name: 'any', attributes: X86 });
    world.demand('f/1', '/', [hostsEntry('d', 1, { constraints: [each] })]);
    expect(world.sent('error').map(({ event }) => event.message)).toEqual([expect.stringMatching(text)]);
    expect(world.pass()).toEqual([]);
  });
});
