// Which master a command talks to.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessError } from '../../../src/cli/operator-access.js';
import { FakeMaster, run, words } from './support.js';

describe('finding the master', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-cli-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const master = (): FakeMaster => new FakeMaster({ freezes: () => ({ kind: 'freezes', freezes: [] }) });
  const profile = (server: string): string => {
    const path = join(folder, 'profile.json');
    writeFileSync(path, JSON.stringify({ server, http: '', writtenBy: 'mosaic demo', pid: 1 }));
    return path;
  };

  it('takes the flag before the environment, that before the profile, that before the default', async () => {
    const path = profile('127.0.0.1:4');
    const env = { MOSAIC_SERVER: '127.0.0.1:3', MOSAIC_PROFILE: path };
    expect((await run(words('freeze list --server 127.0.0.1:2'), { master: master(), env })).addresses).toEqual([
      '127.0.0.1:2',
    ]);
    expect((await run(words('freeze list'), { master: master(), env })).addresses).toEqual(['127.0.0.1:3']);
    expect((await run(words('freeze list'), { master: master(), env: { MOSAIC_PROFILE: path } })).addresses).toEqual([
      '127.0.0.1:4',
    ]);
    expect((await run(words('freeze list'), { master: master(), env: { XDG_CONFIG_HOME: folder } })).addresses).toEqual(
      ['127.0.0.1:7600'],
    );
    expect((await run([...words('freeze list --profile'), path], { master: master() })).addresses).toEqual([
      '127.0.0.1:4',
    ]);
  });

  it('takes server and profile from a configuration file that is named', async () => {
    writeFileSync(join(folder, 'mosaic.yaml'), 'client: {server: "127.0.0.1:9"}\n');
    expect((await run(words('freeze list --config mosaic.yaml'), { master: master(), folder })).addresses).toEqual([
      '127.0.0.1:9',
    ]);
    writeFileSync(join(folder, 'mosaic.yaml'), 'client: {serfer: "127.0.0.1:9"}\n');
    expect(await run(words('freeze list --config mosaic.yaml'), { master: master(), folder })).toMatchObject({
      code: 2,
      err: expect.stringContaining('mosaic.yaml:1: client.serfer is not a known field (did you mean "server"?)'),
    });
  });

  it('exits with 6 when nobody answers, and says where it looked and what to do', async () => {
    const path = profile('127.0.0.1:4');
    const connect = async (): Promise<never> => {
      throw new AccessError('UNAVAILABLE', 'connection refused', { answered: false });
    };
    expect(await run([...words('freeze list --profile'), path], { connect })).toMatchObject({
      code: 6,
      out: '',
      err:
        `mosaic: no master answers at 127.0.0.1:4 (left in ${path} by mosaic demo)\n` +
        '  start one with `mosaic demo` or `mosaic master`, or name another with --server HOST:PORT\n',
    });
  });

  it.each([
    ['--server nowhere', '--server is "nowhere"; accepted is HOST:PORT'],
    ['--server 127.0.0.1:0', '--server is "127.0.0.1:0"'],
    ['--server 127.0.0.1:70000', '--server is "127.0.0.1:70000"'],
    ['--profile /nowhere/profile.json', '--profile is "/nowhere/profile.json"; there is no such file'],
  ])('refuses %s', async (flags, message) => {
    expect(await run([...words('freeze list'), ...words(flags)])).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    });
  });

  it('refuses a profile that Mosaic did not write', async () => {
    writeFileSync(join(folder, 'profile.json'), 'hello');
    expect(await run(words('freeze list'), { env: { MOSAIC_PROFILE: join(folder, 'profile.json') } })).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not one that Mosaic wrote'),
    });
  });
});
