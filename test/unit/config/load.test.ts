import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_OPTIONS } from '../../../scheduler/index.js';
import { ConfigError, configText, initText, loadConfig, redact, type ConfigInputs } from '../../../src/config/index.js';
import { leaves, variableOf } from '../../../src/config/leaves.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mosaic-config-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(text: string): string {
  writeFileSync(join(folder, 'mosaic.yaml'), text);
  return 'mosaic.yaml';
}

/** Nothing of this machine's environment takes part. */
function load(inputs: ConfigInputs = {}): ReturnType<typeof loadConfig> {
  return loadConfig({ env: { HOME: '/home-of-nobody' }, folder, ...inputs });
}

function problems(inputs: ConfigInputs): readonly string[] {
  try {
    load(inputs);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('defaults', () => {
  it('are those of the core, on loopback, in ./mosaic-data', () => {
    const { config, sources, warnings } = load();
    expect(config.scheduler).toEqual(DEFAULT_OPTIONS);
    expect(config).toMatchObject({
      listen: { grpc: '127.0.0.1:7600', http: '127.0.0.1:7680' },
      data: join(folder, 'mosaic-data'),
      store: 'level',
      log: { level: 'info', format: 'json' },
      client: { server: '', profile: '/home-of-nobody/.config/mosaic/profile.json' },
    });
    expect({ sources: [...sources], warnings }).toEqual({ sources: [], warnings: [] });
  });

  it('are what the commented file says, as it is written and with every comment taken off', () => {
    const { config } = load();
    expect(load({ file: file(initText()) }).config).toEqual(config);
    const uncommented = initText().replace(/^( *)# ([a-z][a-zA-Z]*: )/gm, '$1$2');
    expect(load({ file: file(uncommented) }).config).toEqual(config);
    for (const { path, description } of leaves) {
      expect(initText()).toContain(`${path.at(-1)!}: `);
      expect(description.length).toBeGreaterThan(10);
    }
  });

  it('cannot be changed by whoever reads them', () => {
    const { config } = load();
    expect(
      Object.isFrozen(config) &&
        Object.isFrozen(config.scheduler) &&
        Object.isFrozen(config.scheduler.expectedFrameworks),
    ).toBe(true);
  });
});

describe('precedence', () => {
  it('is flags, environment, file, defaults', () => {
    const named = file('store: memory\nlog: {level: warn, format: pretty}\nscheduler: {planPeriodMs: 10s}\n');
    const env = { MOSAIC_LOG_LEVEL: 'error', MOSAIC_SCHEDULER_PLAN_PERIOD_MS: '20s' };
    const flags = [{ path: 'scheduler.planPeriodMs', flag: '--set', value: '30s' }];
    const { config, sources } = load({ file: named, env, flags });
    expect(config).toMatchObject({
      store: 'memory',
      log: { level: 'error', format: 'pretty' },
      scheduler: { planPeriodMs: 30_000 },
    });
    expect(Object.fromEntries(sources)).toEqual({
      store: 'mosaic.yaml:1',
      'log.level': 'MOSAIC_LOG_LEVEL',
      'log.format': 'mosaic.yaml:2',
      'scheduler.planPeriodMs': '--set',
    });
  });

  it('takes the file that MOSAIC_CONFIG names unless another is named', () => {
    file('store: memory\n');
    expect(load({ env: { MOSAIC_CONFIG: 'mosaic.yaml' } }).config.store).toBe('memory');
    writeFileSync(join(folder, 'other.yaml'), 'store: level\n');
    expect(load({ file: 'other.yaml', env: { MOSAIC_CONFIG: 'mosaic.yaml' } }).config.store).toBe('level');
  });

  it('reads every kind of value from the environment', () => {
    const env = {
      MOSAIC_LISTEN_GRPC: '[::1]:0',
      MOSAIC_DATA: '7',
      MOSAIC_SESSION_HEARTBEAT_MS: '2s',
      MOSAIC_SESSION_OUTBOX_MAX: '50',
      MOSAIC_SCHEDULER_AUTO_ADOPT: 'true',
      MOSAIC_SCHEDULER_EXPECTED_FRAMEWORKS: 'ovirt/prod, kubernetes/east',
      MOSAIC_SERVER: 'm1:7600',
      MOSAIC_PROFILE: 'p.json',
      MOSAIC_STORE: '',
    };
    expect(load({ env }).config).toMatchObject({
      listen: { grpc: '[::1]:0' },
      data: join(folder, '7'),
      session: { heartbeatMs: 2_000, outboxMax: 50 },
      scheduler: { autoAdopt: true, expectedFrameworks: ['ovirt/prod', 'kubernetes/east'] },
      client: { server: 'm1:7600', profile: join(folder, 'p.json') },
      store: 'level',
    });
  });

  it('takes paths in a file as relative to that file', () => {
    writeFileSync(join(folder, 'mosaic.yaml'), 'data: store\nclient: {profile: p.json}\n');
    const elsewhere = load({ file: join(folder, 'mosaic.yaml'), folder: '/somewhere' }).config;
    expect(elsewhere).toMatchObject({ data: join(folder, 'store'), client: { profile: join(folder, 'p.json') } });
    const flags = [{ path: 'data', flag: '--data', value: 'store' }];
    expect(load({ file: join(folder, 'mosaic.yaml'), folder: '/somewhere', flags }).config.data).toBe(
      '/somewhere/store',
    );
  });

  it('has one variable for each setting', () => {
    expect(new Set(leaves.map(({ variable }) => variable)).size).toBe(leaves.length);
    expect(variableOf(['scheduler', 'movesInFlightPerRackMax'])).toBe('MOSAIC_SCHEDULER_MOVES_IN_FLIGHT_PER_RACK_MAX');
    expect(variableOf(['client', 'server'])).toBe('MOSAIC_SERVER');
  });
});

describe('a mistake', () => {
  it.each<readonly [string, string]>([
    ['store: paper', 'mosaic.yaml:1: store is "paper"; accepted are level, memory'],
    [
      '\n\nstroe: level',
      'mosaic.yaml:3: stroe is not a known field (did you mean "store"?); accepted are listen, data, store, session, scheduler, log, client',
    ],
    [
      'scheduler:\n  planPeriod: 10m',
      'mosaic.yaml:2: scheduler.planPeriod is not a known field (did you mean "planPeriodMs"?)',
    ],
    [
      'scheduler:\n  planPeriodMs: soon',
      'mosaic.yaml:2: scheduler.planPeriodMs is "soon"; accepted are ms or a text such as 500ms, 30s, 10m, 1h30m; at least 1 ms, at most 365d',
    ],
    ['scheduler: {planPeriodMs: 0}', 'scheduler.planPeriodMs is 0'],
    ['scheduler: {planPeriodMs: -5}', 'scheduler.planPeriodMs is -5'],
    ['scheduler: {planPeriodMs: 1.5}', 'scheduler.planPeriodMs is 1.5'],
    ['scheduler: {planPeriodMs: .nan}', 'scheduler.planPeriodMs is NaN'],
    ['scheduler: {planPeriodMs: 400d}', 'scheduler.planPeriodMs is "400d"'],
    [
      'scheduler: {movesInFlightMax: many}',
      'scheduler.movesInFlightMax is "many"; accepted is a whole number from 1 to 1000000',
    ],
    [
      'scheduler: {recoveryHostsMilli: 1001}',
      'scheduler.recoveryHostsMilli is 1001; accepted is a whole number from 0 to 1000',
    ],
    ['scheduler: {autoAdopt: yes please}', 'scheduler.autoAdopt is "yes please"; accepted are true and false'],
    [
      'scheduler: {expectedFrameworks: [ovirt]}',
      'scheduler.expectedFrameworks[0] is "ovirt"; accepted is WORKLOAD/NAME',
    ],
    [
      'scheduler: {shareExcludedResources: [hosts/gpu]}',
      'shareExcludedResources[0] is "hosts/gpu"; shares count resources, never hosts',
    ],
    ['scheduler: {shareExcludedResources: gpus}', 'scheduler.shareExcludedResources is "gpus"; accepted is a list'],
    ['scheduler: {expectedFrameworks: ovirt/prod}', 'scheduler.expectedFrameworks is "ovirt/prod"; accepted is a list'],
    ['scheduler: [1]', 'mosaic.yaml:1: scheduler is [1]; accepted is a map of '],
    ['listen: {grpc: 7600}', 'listen.grpc is 7600; accepted is HOST:PORT'],
    ['listen: {grpc: "localhost:70000"}', 'listen.grpc is "localhost:70000"'],
    ['listen: {grpc: ":7600"}', 'listen.grpc is ":7600"'],
    ['data: ""', 'data is ""; accepted is the path of a file or folder'],
    ['data: "a\\0b"', 'accepted is the path of a file or folder'],
    ['- store', 'mosaic.yaml:1: the file holds ["store"]; accepted is a map of listen, '],
    ['store: [', 'mosaic.yaml:1: '],
    ['store: level\nstore: memory', 'mosaic.yaml:2: Map keys must be unique'],
    [
      'listen: {grpc: "127.0.0.1:7600", http: "127.0.0.1:7600"}',
      'mosaic.yaml:1: listen.http is "127.0.0.1:7600", and so is listen.grpc; accepted is another port for each',
    ],
    [
      'scheduler: {hostLostAfterMs: 5s}',
      'mosaic.yaml:1: scheduler.hostLostAfterMs is 5000; accepted is at least 30000',
    ],
    ['client: {server: here}', 'client.server is "here"; accepted is HOST:PORT'],
  ])('in the file is told with its line: %j', (text, message) => {
    const found = problems({ file: file(text) });
    expect(found.join('\n')).toContain(message);
    for (const problem of found) expect(problem).toMatch(/^mosaic\.yaml:\d+: /);
  });

  it('is told together with all the others', () => {
    expect(problems({ file: file('store: paper\nlog:\n  level: loud\nfoo: 1\n') })).toHaveLength(3);
  });

  it('is told with the flag or variable it came from', () => {
    expect(problems({ env: { MOSAIC_STORE: 'paper' } })).toEqual([
      'MOSAIC_STORE: store is "paper"; accepted are level, memory',
    ]);
    expect(problems({ flags: [{ path: 'listen.http', flag: '--http', value: 'x' }] })[0]).toMatch(
      /^--http: listen\.http is "x"/,
    );
    expect(problems({ flags: [{ path: 'scheduler.planPeriod', flag: '--set', value: '1' }] })).toEqual([
      '--set: "scheduler.planPeriod" is not a known setting (did you mean scheduler.planPeriodMs?); all of them are listed by: mosaic config show',
    ]);
  });

  it('in the file does not hide behind a good value from the environment', () => {
    expect(problems({ file: file('listen: 5\n'), env: { MOSAIC_LISTEN_GRPC: '127.0.0.1:1' } })[0]).toContain(
      'mosaic.yaml:1: listen is 5; accepted is a map of grpc, http',
    );
  });

  it('of a file that cannot be read is a sentence', () => {
    expect(problems({ file: 'nowhere.yaml' })[0]).toMatch(
      /nowhere\.yaml: the configuration cannot be read \(ENOENT.*; `mosaic config init` writes a new one$/,
    );
    expect(problems({ file: folder })[0]).toContain('cannot be read (EISDIR');
    expect(problems({ file: file(`# ${'x'.repeat(1_000_001)}`) })[0]).toContain('accepted are at most 1000000');
  });

  it('of reach is a warning only', () => {
    const { warnings } = load({
      file: file('listen: {grpc: "0.0.0.0:7600", http: "[::]:7680"}'),
      env: { MOSAIC_PORT_7600_TCP: 'tcp://10.0.0.1:7600' },
    });
    expect(warnings).toEqual([
      'MOSAIC_PORT_7600_TCP is set in the environment and means nothing to Mosaic',
      'listen.grpc is 0.0.0.0:7600: whoever reaches this address can operate the fleet, so keep it inside a network you trust',
      'listen.http is [::]:7680: whoever reaches this address can read everything about the fleet, so keep it inside a network you trust',
    ]);
  });
});

describe('what is shown', () => {
  it('can be used as a file again', () => {
    const inputs = { env: { MOSAIC_SCHEDULER_MIN_HOLD_MS: '90m', MOSAIC_SCHEDULER_EXPECTED_FRAMEWORKS: 'ovirt/prod' } };
    const shown = load(inputs);
    expect(configText(shown)).toContain('  minHoldMs: 90m  # from MOSAIC_SCHEDULER_MIN_HOLD_MS\n');
    expect(load({ file: file(configText(shown)) }).config).toEqual(shown.config);
  });

  it('hides secrets, wherever they stand, and shows whether they are set', () => {
    expect(
      redact({
        redis: { password: 'x', url: 'u' },
        apiToken: 't',
        tokens: ['a'],
        secret: '',
        private_key: null,
        list: [{ clientSecret: 's' }],
      }),
    ).toEqual({
      redis: { password: '(hidden)', url: 'u' },
      apiToken: '(hidden)',
      tokens: '(hidden)',
      secret: '',
      private_key: null,
      list: [{ clientSecret: '(hidden)' }],
    });
  });
});
