import { describe, expect, it } from '@jest/globals';
import { run } from './support.js';

/** The whole surface; a command that is added stands here. */
const COMMANDS = [
  ...[
    'why',
    'host',
    'workload',
    'framework',
    'quota',
    'role',
    'demand',
    'offer',
    'task',
    'condition',
    'events',
    'audit',
    'doctor',
  ],
  ...[
    'move',
    'plan',
    'freeze',
    'unfreeze',
    'maintenance',
    'breaker',
    'adopt',
    'shape',
    'demo',
    'simulate',
    'master',
    'agent',
    'config',
    'version',
  ],
];
const VERBS: Readonly<Record<string, readonly string[]>> = {
  host: [
    'list',
    'show',
    'admit',
    'cordon',
    'uncordon',
    'drain',
    'quarantine',
    'release',
    'confirm-off',
    'forget',
    'share',
    'unshare',
  ],
  workload: ['list'],
  framework: ['list', 'show', 'release', 'teardown'],
  quota: ['list', 'show', 'set'],
  role: ['list', 'show', 'delete'],
  demand: ['list'],
  offer: ['list'],
  task: ['list'],
  condition: ['list'],
  move: ['list', 'show', 'watch', 'cancel', 'retry'],
  plan: ['show', 'approve', 'reject', 'mode'],
  freeze: ['list'],
  maintenance: ['list', 'show', 'set', 'delete'],
  breaker: ['show', 'reset'],
  shape: ['set'],
  config: ['show', 'check', 'init'],
};
const ALL = [...COMMANDS, ...Object.entries(VERBS).flatMap(([noun, verbs]) => verbs.map((verb) => `${noun} ${verb}`))];

describe('help', () => {
  it('lists every command and every exit code, in lines that fit', async () => {
    const { code, out, err } = await run(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command}( |$)`, 'm'));
    for (const exit of [
      '0 done',
      '1 failed',
      '2 wrong',
      '3 not found',
      '4 refused',
      '5 blocked',
      '6 no master',
      ' 10 --dry-run',
      '124 --timeout',
      '130 Ctrl-C',
    ])
      expect(out).toContain(exit);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(ALL)('of %s leads with what it does and examples of whole command lines', async (command) => {
    const { code, out } = await run([...command.split(' '), '--help']);
    expect(code).toBe(0);
    const [summary, ...rest] = out.split('\n');
    expect(summary).toMatch(/^[A-Z]/);
    const examples = rest.indexOf('Examples:');
    expect(examples).toBeGreaterThan(0);
    expect(rest[examples + 1]).toMatch(new RegExp(`^  mosaic( ${command.split(' ')[0]!}|$)`));
    expect(out.indexOf('Examples:')).toBeLessThan(out.indexOf(`Usage: mosaic ${command}`));
    expect(out).toContain('Flags that every command takes: mosaic --help');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(ALL)('of %s shows only examples that its own parser takes', async (command) => {
    const { out } = await run([...command.split(' '), '--help']);
    const lines = out.split('Examples:\n')[1]!.split('\n\n')[0]!.split('\n');
    for (const line of lines) {
      const words = [...line.split('|')[0]!.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]
        .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
        .slice(1);
      // Everything that runs a daemon is checked by its own tests; the others reach for the master and find none.
      if (['master', 'agent', 'demo', 'simulate', 'config'].includes(words[0]!)) continue;
      const { code, err } = await run(words, { connect: async () => Promise.reject(new Error('reached the master')) });
      expect({ line, err }).toEqual({
        line,
        err: words[0] === 'version' ? '' : expect.stringMatching(/reached the master|--confirm|cannot be read/),
      });
      expect(code).not.toBe(3);
    }
  });

  it('is the same for -h and for help as a first word', async () => {
    const { out } = await run(['host', '--help']);
    expect((await run(['host', '-h'])).out).toBe(out);
  });
});

describe('wrong usage', () => {
  it.each<readonly [string, RegExp]>([
    ['hst', /^mosaic: the command is "hst"; accepted are why, host, .*\n {2}did you mean host\?\n$/],
    ['hots list', /^mosaic: the command is "hots"; accepted are why, host, .*\n {2}did you mean host\?\n$/],
    ['quotas lst', /^mosaic: this run was not/],
    [
      'host list --stat free',
      /^mosaic: unknown option '--stat'\n\(Did you mean --state\?\)\n {2}see: mosaic host list --help\n$/,
    ],
    ['host cordon', /^mosaic: missing required argument 'host'\n {2}see: mosaic host cordon --help\n$/],
    [
      'host cordon node17',
      /^mosaic: --reason is missing; say why in a few words\n {2}mosaic host cordon node17 --reason/,
    ],
    ['host list --limit many', /^mosaic: --limit is "many"; accepted is a whole number from 1 to 1000\n$/],
    ['host list --limit 0', /--limit is "0"/],
    ['host -o xml', /^mosaic: --output is "xml"; accepted are table, wide, json, jsonl, yaml, name, help\n/],
    ['host -o tabel', /did you mean table\?/],
    ['adopt', /^mosaic: --framework is missing/],
    ['shape set x', /^mosaic: --rank is missing/],
    ['shape set x --rank 1 --where cores>=many', /--where is "cores>=many"; accepted are NAME, !NAME/],
    ['host node17 --state free', /--state filters the list, but "node17" names one host/],
    ['why', /missing required argument 'thing'/],
    [
      'quota set /x',
      /^mosaic: nothing to set: name at least one flag\n {2}mosaic quota set \/x --guarantee hosts=10\n$/,
    ],
    ['quota set /x --weight 0', /--weight is "0"; accepted is a whole number from 1 to 1000000/],
    ['quota set /x --guarantee 10', /--guarantee is "10"; accepted are NAME=AMOUNT pairs/],
    ['quota set /x --reclaim brutal', /--reclaim is "brutal"; accepted are soft, hard/],
    ['plan mode sometimes', /the mode is "sometimes"; accepted are observe, approve, auto/],
    ['plan approve p-1 --version three', /--version is "three"/],
    ['move --to free', /--to is given, but no host to move/],
    [
      'move node17 --hard',
      /--hard is given, but not where node17 is to go\n {2}mosaic move node17 --to WORKLOAD\/NAME/,
    ],
    ['move node17 --to free --timeout 5m', /--timeout is given, but nothing is waited for/],
    ['move node17 --to free --wait --timeout soon', /--timeout is "soon"; accepted is a time with its unit/],
    ['move node17 --to free --dry-run --wait', /--dry-run starts no move/],
    ['events --about hots', /--about is "hots"; accepted are host, .*\n {2}did you mean host\?/],
    ['events --since tomorrow', /--since is "tomorrow"; accepted is a time before now/],
    ['events --since 2100-01-01', /--since is "2100-01-01", which is still to come/],
    ['freeze -w', /--watch is for what can change while one looks; mosaic freeze is done at once/],
    ['master --grpc-port 70000', /--grpc-port is "70000"; accepted is a whole number from 0 to 65535/],
    [
      'master --grpc nowhere',
      /^mosaic: the configuration is refused\n {2}--grpc: listen.grpc is "nowhere"; accepted is HOST:PORT/,
    ],
    ['master --grpc 127.0.0.1:1 --grpc-port 2', /--grpc and --grpc-port are both given/],
    ['master --store paper', /--store: store is "paper"; accepted are level, memory/],
    ['master --set planPeriodMs', /--set is "planPeriodMs"; accepted is PATH=VALUE/],
    [
      'master --set scheduler.planPeriod=1m',
      /--set: "scheduler.planPeriod" is not a known setting \(did you mean scheduler.planPeriodMs\?\)/,
    ],
    ['master --config /nowhere/mosaic.yaml', /the configuration cannot be read .*mosaic config init/],
    ['agent --master nowhere', /^mosaic: --master is "nowhere"; accepted is HOST:PORT/],
    ['agent --master 127.0.0.1:1 --driver podman', /--driver is "podman"; accepted are simulated/],
    ['agent --master 127.0.0.1:1 --name a_b', /--name is "a_b"/],
    ['agent --master 127.0.0.1:1 --attribute rack', /--attribute is "rack"; accepted is NAME=VALUE/],
    ['demo --hosts 1', /--hosts is "1"; accepted is a whole number from 3 to 100000/],
    ['demo --hours x', /--hours is "x"; accepted is a number from 0.1 to 744/],
    ['demo --speed 0', /--speed is "0"/],
    ['demo --seed -1', /--seed is "-1"/],
    ['demo --http-port http', /--http-port is "http"/],
    ['simulate a.yaml b.yaml', /too many arguments/],
    ['simulate --speed 10', /unknown option '--speed'/],
  ])('mosaic %s', async (line, message) => {
    const { code, out, err } = await run(line.split(' '));
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(code).toBe(line === 'quotas lst' ? 1 : 2);
  });
});

describe('the version', () => {
  it.each([['--version'], ['-V']])('is printed by %s', async (flag) => {
    expect(await run([flag])).toEqual({ code: 0, out: '1.2.3\n', err: '', addresses: [] });
  });

  it('comes with what it runs on', async () => {
    expect((await run(['version'])).out).toMatch(/^mosaic 1\.2\.3 \(node \d+\.\d+\.\d+, \w+ \w+\)\n$/);
    expect(JSON.parse((await run(['version', '-o', 'json'])).out)).toMatchObject({ mosaic: '1.2.3' });
  });
});
