import { describe, expect, it } from '@jest/globals';
import { defaultScenarioText } from '../../../src/scenario/assets.js';
import { nearestName, ScenarioError } from '../../../src/scenario/located-yaml.js';
import { PROFILES } from '../../../src/scenario/profiles.js';
import { loadScenario, readScenario, type ScenarioOverrides } from '../../../src/scenario/load-scenario.js';

/** The problems that a text has, without the file name. */
function problems(text: string, overrides?: ScenarioOverrides): readonly string[] {
  try {
    loadScenario(text, 'f', overrides);
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems.map((problem) => problem.replace(/^f:/, ''));
    throw error;
  }
  return [];
}

describe('the default scenario', () => {
  it('is what an empty text, an empty map and the shipped file mean', () => {
    const empty = loadScenario('', 'empty.yaml');
    expect(loadScenario('{}', 'map.yaml')).toEqual(empty);
    expect(loadScenario(defaultScenarioText(), 'default.yaml')).toEqual(empty);
  });

  it('has 60 hosts, 24 hours, three frameworks that hold the fleet in proportion to their demand', () => {
    const scenario = loadScenario('', 'empty.yaml');
    expect(scenario).toMatchObject({ name: 'default', hosts: 60, hours: 24, speed: 720, seed: 7, faults: [] });
    expect(
      scenario.workloads.map((one) => [one.name, one.framework, one.role, one.initialHosts['hosts/standard']]),
    ).toEqual([
      ['ovirt', 'prod', '/production/vms', 23],
      ['kubernetes', 'east', '/production/pods', 19],
      ['hadoop', 'night', '/research/hadoop', 18],
    ]);
    expect(scenario.roles.map((role) => [role.guarantee['hosts'], role.limit['hosts']])).toEqual([
      [15, undefined],
      [12, undefined],
      [6, 36],
    ]);
  });
});

describe('overrides', () => {
  it('win over the file, and percentages follow the fleet', () => {
    const scenario = loadScenario('hosts: 100\nhours: 48\n', 'f', { hosts: 24, hours: 6, seed: 9, speed: 600 });
    expect(scenario).toMatchObject({ hosts: 24, hours: 6, seed: 9, speed: 600 });
    expect(scenario.roles[0]?.guarantee['hosts']).toBe(6);
  });

  it('keep the proportions of shapes with counts', () => {
    const text = 'fleet: {shapes: [{name: small, count: 30}, {name: big, count: 10, cpus: 64}]}';
    expect(loadScenario(text, 'f').fleet.shapes.map((shape) => shape.count)).toEqual([30, 10]);
    expect(loadScenario(text, 'f', { hosts: 20 }).fleet.shapes.map((shape) => shape.count)).toEqual([15, 5]);
  });

  it('are checked like the file', () => {
    expect(problems('', { hosts: 0 })).toEqual(
      [' hosts is 0; accepted is a whole number from 1 to 100000'].map((text) => expect.stringContaining(text.trim())),
    );
    expect(problems('', { hours: Number.NaN })[0]).toContain('hours is NaN; accepted is a number from 0.1 to 744');
  });
});

describe('fleets and starting hosts', () => {
  it('divide what has no count by share', () => {
    const text = 'hosts: 50\nfleet: {shapes: [{name: a, count: 20}, {name: b, share: 2}, {name: c}]}';
    expect(loadScenario(text, 'f').fleet.shapes.map((shape) => shape.count)).toEqual([20, 20, 10]);
  });

  it('leave free what nobody starts with', () => {
    const text = `
workloads:
  - {name: ovirt, role: /production/vms, demand: {trace: planetlab, share: 0.4}, initialHosts: 10}
  - {name: kubernetes, role: /production/pods, demand: {trace: openb, share: 0.4}, initialHosts: 25%}`;
    expect(loadScenario(text, 'f').workloads.map((one) => one.initialHosts)).toEqual([
      { 'hosts/standard': 10 },
      { 'hosts/standard': 15 },
    ]);
  });

  it('deal every host of every shape out exactly once', () => {
    const scenario = loadScenario(
      'hosts: 61\nfleet: {shapes: [{name: a, count: 7}, {name: b}, {name: c, count: 13}]}',
      'f',
    );
    for (const shape of scenario.fleet.shapes) {
      const dealt = scenario.workloads.reduce((sum, one) => sum + (one.initialHosts[`hosts/${shape.name}`] ?? 0), 0);
      expect([shape.name, dealt]).toEqual([shape.name, shape.count]);
    }
  });
});

describe('profiles and demand', () => {
  it('take a shipped profile by name, and change single durations of it', () => {
    const text = `
roles: [{path: /all}]
workloads:
  - name: spark
    demand: {synthetic: {shape: sine, amplitude: 1}, kind: queueable, share: 0.2}
    profile: {kind: hadoop, join: {minSeconds: 1, maxSeconds: 2}, failureChance: {drain: 0.5}}`;
    const workload = loadScenario(text, 'f').workloads[0];
    expect(workload?.role).toBe('/all');
    expect(workload?.demand).toEqual({
      source: 'synthetic',
      shape: { shape: 'sine', amplitude: 1, peakHour: 14 },
      kind: 'queueable',
      share: 0.2,
      shiftHours: 0,
    });
    expect(workload?.profile).toEqual({
      ...PROFILES.hadoop,
      kind: 'hadoop',
      join: { minSeconds: 1, maxSeconds: 2 },
      failureChance: { ...PROFILES.hadoop.failureChance, drain: 0.5 },
    });
  });

  it('read times of faults with units', () => {
    const text = 'faults: [{at: 2h, kind: kill_host, target: node07, for: 90m}, {at: 30, kind: kill_master}]';
    expect(loadScenario(text, 'f').faults).toEqual([
      { atSeconds: 7_200, kind: 'kill_host', target: 'node07', forSeconds: 5_400 },
      { atSeconds: 30, kind: 'kill_master', target: null, forSeconds: 0 },
    ]);
  });
});

describe('mistakes', () => {
  const cases: readonly (readonly [what: string, text: string, message: string])[] = [
    ['a text that is not YAML', 'a: [1', '1: Flow sequence'],
    ['a key given twice', 'hosts: 1\nhosts: 2', '2: Map keys must be unique'],
    ['a list', '[]', 'the scenario is []; accepted is a map of name, seed, hosts'],
    ['a scalar', '7', 'the scenario is 7; accepted is a map of name'],
    [
      'an unknown field',
      'name: a\nhoursss: 4',
      '2: hoursss is not a known field (did you mean "hours"?); accepted are name, seed',
    ],
    [
      'an unknown field inside a list',
      'roles:\n  - path: /a\n    garantee: {}',
      '3: roles[0].garantee is not a known field (did you mean "guarantee"?)',
    ],
    [
      'an unknown field of a profile',
      workload('profile: {kind: ovirt, joins: 1}'),
      'workloads[0].profile.joins is not a known field (did you mean "join"?)',
    ],
    [
      'an unknown field of a synthetic shape',
      workload('', '{synthetic: {shape: sine, amplitud: 1}, share: 1}'),
      'synthetic.amplitud is not a known field (did you mean "amplitude"?)',
    ],
    ['a wrong type', 'hosts: many', '1: hosts is "many"; accepted is a whole number from 1 to 100000'],
    ['a fraction', 'hosts: 1.5', '1: hosts is 1.5; accepted is a whole number'],
    ['a negative number', '\nhours: -2', '2: hours is -2; accepted is a number from 0.1 to 744'],
    ['NaN', 'hours: .nan', 'hours is NaN; accepted is a number from 0.1'],
    ['infinity', 'speed: .inf', 'speed is Infinity; accepted is a number from 1'],
    ['null for a number', 'seed: ~', 'seed is null; accepted is a whole number'],
    ['a name with a control character', 'name: "a\\u0007"', 'name is "a\\u0007"; accepted is a name'],
    [
      'a missing field',
      'workloads: [{name: ovirt, role: /production/vms, demand: {trace: openb}}]',
      'workloads[0].demand.share is missing; accepted is a number',
    ],
    [
      'an unknown trace',
      workload('', '{trace: planetlb, share: 1}'),
      'demand.trace is "planetlb"; accepted are planetlab, openb, fb2010',
    ],
    [
      'an unknown synthetic shape',
      workload('', '{synthetic: {shape: saw}, share: 1}'),
      'synthetic.shape is "saw"; accepted is a map with a "shape" of constant, sine, steps, bursts',
    ],
    [
      'two sources of demand',
      workload('', '{trace: openb, synthetic: {shape: constant}, share: 1}'),
      'demand has both a trace and a synthetic shape',
    ],
    ['no source of demand', workload('', '{share: 1}'), 'demand has neither a trace nor a synthetic shape'],
    [
      'a kind beside a trace',
      workload('', '{trace: openb, kind: queueable, share: 1}'),
      'demand.kind is "queueable" beside a trace',
    ],
    ['an unknown role', workload('role: /production/vm'), 'role is "/production/vm" (did you mean "/production/vms"?)'],
    [
      'a bad role path',
      'roles: [{path: research}]',
      'roles[0].path is "research"; accepted is a path such as /research/hadoop',
    ],
    [
      'a quota on a dimension that is not hosts',
      'roles: [{path: /a, limit: {cpus: 4}}]',
      'roles[0].limit has the key "cpus"; accepted are "hosts" and "hosts/<shape>"',
    ],
    [
      'a quota on an unknown shape',
      'roles: [{path: /production/vms, guarantee: {hosts/big: 1}}]',
      'roles[0].guarantee names the shape "big"; accepted are standard',
    ],
    [
      'a percentage over 100',
      'roles: [{path: /a, limit: {hosts: 120%}}]',
      'limit.hosts is "120%"; accepted is a whole number of hosts, or a part',
    ],
    [
      'a limit below the guarantee',
      'roles: [{path: /production/vms, guarantee: {hosts: 9}, limit: {hosts: 8}}]',
      'roles[0].limit.hosts is 8 hosts, below the guarantee of 9',
    ],
    [
      'a range the wrong way round',
      workload('profile: {kind: ovirt, join: {minSeconds: 5, maxSeconds: 4}}'),
      'profile.join is {"minSeconds":5,"maxSeconds":4}; accepted is a range',
    ],
    [
      'a workload without a profile',
      workload('', undefined, 'spark'),
      'workloads[0].profile is missing and "spark" has no shipped profile',
    ],
    [
      'two workloads of one name',
      'workloads: [&w {name: ovirt, role: /production/vms, demand: {trace: openb, share: 1}}, *w]',
      'workloads[1].name is "ovirt", which is also that of workloads[0]',
    ],
    [
      'more starting hosts than there are',
      workload('initialHosts: 61'),
      'the initialHosts of all workloads add up to 61; accepted are at most 60',
    ],
    [
      'counts that do not add up',
      'hosts: 10\nfleet: {shapes: [{name: a, count: 4}]}',
      '2: fleet.shapes have a count of 4 hosts together; accepted is 10',
    ],
    [
      'a fault on an unknown host',
      'faults: [{at: 1h, kind: kill_host, target: node61}]',
      'faults[0].target is "node61"; accepted is a host from node01 to node60',
    ],
    [
      'a fault on a host written otherwise',
      'faults: [{at: 1h, kind: kill_host, target: node007}]',
      'faults[0].target is "node007"; accepted is a host',
    ],
    [
      'a fault on an unknown workload',
      'faults: [{at: 1h, kind: pause_manager, target: node01}]',
      'accepted are the workloads ovirt, kubernetes, hadoop',
    ],
    [
      'a target where none is taken',
      'faults: [{at: 1h, kind: kill_master, target: x}]',
      'faults[0].target is "x"; accepted is none with kill_master',
    ],
    [
      'a time without a unit that exists',
      'faults: [{at: 2w, kind: kill_master}]',
      'faults[0].at is "2w"; accepted are seconds, or a text such as 90s, 15m, 6h, 1d',
    ],
  ];

  it.each(cases)('%s', (_what, text, message) => {
    const found = problems(text);
    expect(found.join('\n')).toContain(message);
  });

  it('reports several at once, each with its line', () => {
    expect(problems('hosts: 0\nhours: 0\nspeeed: 1')).toEqual([
      '1: hosts is 0; accepted is a whole number from 1 to 100000',
      '2: hours is 0; accepted is a number from 0.1 to 744',
      expect.stringMatching(/^3: speeed is not a known field \(did you mean "speed"\?\); accepted are /),
    ]);
  });

  it('refuses a text that is too long and aliases that explode', () => {
    expect(problems('#'.repeat(1_000_001))[0]).toContain('has 1000001 characters; accepted are at most 1000000');
    const bomb = [
      'a: &a [1,1,1,1,1,1,1,1,1]',
      ...'bcdef'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcde'[index]}`).join(',')}]`),
    ].join('\n');
    expect(problems(bomb)[0]).toContain('Excessive alias count');
  });
});

describe('a scenario file that cannot be read', () => {
  it('is told in a sentence that says what to do', async () => {
    await expect(readScenario('/no/such/s.yaml', {})).rejects.toThrow(
      /^there is no scenario file \/no\/such\/s\.yaml; name a scenario file \(YAML\), or none for the shipped scenario$/,
    );
    await expect(readScenario('/', {})).rejects.toThrow(/^\/ is a folder, not a scenario file; name /);
    await expect(readScenario('/etc/hostname/s.yaml', {})).rejects.toBeInstanceOf(ScenarioError);
  });
});

describe('nearestName', () => {
  it('finds a typing mistake and leaves other words alone', () => {
    expect(nearestName('wieght', ['weight', 'limit'])).toBe('weight');
    expect(nearestName('colour', ['weight', 'limit'])).toBeUndefined();
  });
});

/** A scenario with one workload; the role and a demand are filled in. */
function workload(fields: string, demand = '{trace: planetlab, share: 0.5}', name = 'ovirt'): string {
  const role = fields.startsWith('role:') ? '' : 'role: /production/vms, ';
  return `workloads: [{name: ${name}, ${role}demand: ${demand}${fields === '' ? '' : `, ${fields}`}}]`;
}
