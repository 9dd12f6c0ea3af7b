import { describe, expect, it } from '@jest/globals';
import { closingCheck, closingProblems, type ClosingCheckOptions } from '../../../src/demo/closing-check.js';
import type { HostView } from '../../../src/client/index.js';
import type { CensusMachine } from '../../../src/demo/messages.js';
import { VirtualClock } from '../../../src/simulation/virtual-clock.js';

const FRAMEWORKS = ['ovirt/prod', 'hadoop/night'];

function host(name: string, owner: string, more: Partial<HostView> = {}): HostView {
  return { name, owner, mode: owner === '' ? 'free' : 'leased', transition: null, ...more } as HostView;
}

function managers(held: Readonly<Record<string, readonly string[]>>): Map<string, readonly CensusMachine[]> {
  return new Map(
    Object.entries(held).map(([framework, names]) => [
      framework,
      names.map((name) => {
        const [machine = '', state = 'up'] = name.split(':');
        return { name: machine, state };
      }),
    ]),
  );
}

function problems(hosts: readonly HostView[], held: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return closingProblems({ hosts, managers: managers(held), frameworks: FRAMEWORKS, violations: [] });
}

/** The check of a master that has nothing but what `get` answers. */
function checkOf(
  clock: VirtualClock,
  get: (query: { readonly kind: string }) => Promise<unknown>,
  change: Partial<ClosingCheckOptions> = {},
): ReturnType<typeof closingCheck> {
  const command = (): Promise<unknown> => Promise.resolve({ ok: true, changes: [], ids: [] });
  const master = { command, get } as unknown as ClosingCheckOptions['master'];
  const census = (): ReturnType<ClosingCheckOptions['census']> => Promise.resolve(managers({}));
  return closingCheck({ master, clock, frameworks: [], census, onPhase: () => undefined, ...change });
}

describe('the closing check', () => {
  it('is content when each lease is in its own manager', () => {
    const hosts = [host('a', 'ovirt/prod'), host('b', 'hadoop/night'), host('c', '')];
    expect(problems(hosts, { 'ovirt/prod': ['a'], 'hadoop/night': ['b'] })).toEqual([]);
  });

  it.each([
    [['a'], ['a'], 'ovirt/prod', 'a is in the managers of ovirt/prod and hadoop/night at once'],
    [[], [], 'ovirt/prod', 'a is leased to ovirt/prod, and no manager has it'],
    [[], ['a'], 'ovirt/prod', 'a is leased to ovirt/prod, and in the manager of hadoop/night'],
    [['a'], [], '', 'a is in the manager of ovirt/prod, and nobody has it leased'],
  ])('names what is doubled, lost or taken (%j, %j, %s)', (ovirt, hadoop, owner, problem) => {
    expect(problems([host('a', owner)], { 'ovirt/prod': ovirt, 'hadoop/night': hadoop })).toEqual([problem]);
  });

  it('names machines that the master does not know, and managers that do not answer', () => {
    expect(problems([], { 'ovirt/prod': ['z'] })).toEqual([
      'the manager of hadoop/night did not answer',
      'z is in the manager of ovirt/prod, and the master does not know it',
    ]);
  });

  it('says nothing about a host on its way, a quarantined one, or a machine that is just leaving', () => {
    const transition = { transitionId: 't' } as HostView['transition'];
    const hosts = [host('a', 'ovirt/prod', { transition }), host('b', '', { mode: 'quarantined' }), host('c', '')];
    expect(problems(hosts, { 'ovirt/prod': ['b', 'c:leaving'], 'hadoop/night': ['a'] })).toEqual([]);
  });

  it('waits for moves without starting more, then looks', async () => {
    const clock = new VirtualClock(0);
    const commands: string[] = [];
    const phases: string[] = [];
    let moving = 3;
    const master = {
      command: (command: { readonly kind: string }) => {
        commands.push(command.kind);
        moving -= 1;
        return Promise.resolve({ ok: true, changes: [], ids: [] });
      },
      get: ({ kind }: { readonly kind: string }) => {
        if (kind === 'transitions') return Promise.resolve({ kind, transitions: [], total: moving, nextPageToken: '' });
        if (kind === 'audit') return Promise.resolve({ kind, violations: ['I2: two leases'] });
        return Promise.resolve({ kind, hosts: [host('a', 'ovirt/prod')], total: 1, nextPageToken: '' });
      },
    } as unknown as ClosingCheckOptions['master'];
    const check = closingCheck({
      master,
      clock,
      frameworks: ['ovirt/prod'],
      census: () => Promise.resolve(managers({ 'ovirt/prod': ['a'] })),
      onPhase: (text) => phases.push(text),
    });
    await clock.runUntil(1_000);
    expect(await check).toEqual({
      problems: ["the master's audit: I2: two leases"],
      checked: '1 lease on 1 host, each in exactly one manager; every move has ended',
    });
    expect(commands).toEqual(['plan_mode', 'plan_mode', 'plan_mode']);
    expect(phases).toEqual(['letting 2 moves arrive', 'letting 1 move arrive', 'asking everybody who has what']);
  });

  it('asks a master again that does not answer at once', async () => {
    const clock = new VirtualClock(0);
    const failures = new Map([
      ['hosts', 3],
      ['audit', 2],
    ]);
    const get = ({ kind }: { readonly kind: string }): Promise<unknown> => {
      const left = failures.get(kind) ?? 0;
      failures.set(kind, left - 1);
      if (left > 0) return Promise.reject(new Error('it did not answer in time'));
      if (kind === 'audit') return Promise.resolve({ kind, violations: [] });
      return Promise.resolve({ kind, hosts: [host('a', 'ovirt/prod')], total: kind === 'hosts' ? 1 : 0 });
    };
    const check = checkOf(clock, get, {
      frameworks: ['ovirt/prod'],
      census: () => Promise.resolve(managers({ 'ovirt/prod': ['a'] })),
    });
    await clock.runUntil(2_000);
    expect(await check).toEqual({
      problems: [],
      checked: '1 lease on 1 host, each in exactly one manager; every move has ended',
    });
  });

  it('asks once more what moves when nobody could say until the wait was over', async () => {
    const clock = new VirtualClock(0);
    const check = checkOf(clock, ({ kind }) => {
      if (clock.nowMs() < 33_000) return Promise.reject(new Error('no answer'));
      if (kind === 'audit') return Promise.resolve({ kind, violations: [] });
      return Promise.resolve({ kind, hosts: [], total: kind === 'transitions' ? 2 : 0 });
    });
    await clock.runUntil(60_000);
    expect(await check).toEqual({
      problems: [],
      checked: '0 leases on 0 hosts, each in exactly one manager; 2 moves still under way',
    });
  });

  it('says so when nobody can be asked', async () => {
    const clock = new VirtualClock(0);
    const gone = (): Promise<never> => Promise.reject(new Error('no master'));
    const check = closingCheck({
      master: { get: gone, command: gone },
      clock,
      frameworks: [],
      census: () => Promise.resolve(new Map()),
      onPhase: () => undefined,
    });
    await clock.runUntil(60_000);
    expect((await check).problems).toEqual(['the closing check could not be made: Error: no master']);
  });
});
