import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  addressText,
  durationText,
  errorCode,
  errorText,
  isLoopback,
  parseAddress,
  parseDurationMs,
  profilePath,
  readProfile,
  removeProfile,
  terminalWishes,
  writeProfile,
  type Profile,
} from '../../../src/config/index.js';

describe('durations', () => {
  it.each<readonly [string, number | null]>([
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5h', 5_400_000],
    ['1h30m', 5_400_000],
    ['2d1h', 176_400_000],
    ['0s', 0],
    [' 10m ', 600_000],
    ['10', null],
    ['m', null],
    ['-5s', null],
    ['5s1m', null],
    ['5s5s', null],
    ['1e3s', null],
    ['10 m', null],
    ['', null],
    ['999999999999d', null],
  ])('%j is %p ms', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it('are written so that they are read as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 86_400_000 }), (ms) => {
        expect(parseDurationMs(durationText(ms))).toBe(ms);
      }),
    );
  });
});

describe('addresses', () => {
  it.each<readonly [string, { host: string; port: number } | null]>([
    ['127.0.0.1:7600', { host: '127.0.0.1', port: 7600 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    ['m1.example.org:443', { host: 'm1.example.org', port: 443 }],
    ['::1:7600', null],
    ['localhost', null],
    ['localhost:', null],
    [':7600', null],
    ['localhost:65536', null],
    ['http://localhost:1', null],
    ['a b:1', null],
  ])('%s', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
    if (address !== null) expect(addressText(address)).toBe(text);
  });

  it('know what only this machine can reach', () => {
    expect(['127.0.0.1', '127.9.9.9', 'localhost', '::1', '0.0.0.0', '::', '10.0.0.1', 'm1'].map(isLoopback)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('the environment', () => {
  it('decides about colours and characters', () => {
    expect(terminalWishes({ LANG: 'en_US.UTF-8' })).toEqual({ color: true, unicode: true, columns: null });
    expect(terminalWishes({ NO_COLOR: '1', LANG: 'C', COLUMNS: '120' })).toEqual({
      color: false,
      unicode: false,
      columns: 120,
    });
    expect(terminalWishes({ NO_COLOR: '', TERM: 'dumb', LC_ALL: 'C.utf8', LANG: 'C', COLUMNS: 'wide' })).toEqual({
      color: false,
      unicode: true,
      columns: null,
    });
    expect(terminalWishes({ TERM: 'linux' })).toMatchObject({ unicode: false });
  });

  it('says where the profile is', () => {
    expect(profilePath({ MOSAIC_PROFILE: '/p.json', XDG_CONFIG_HOME: '/x', HOME: '/h' })).toBe('/p.json');
    expect(profilePath({ XDG_CONFIG_HOME: '/x', HOME: '/h' })).toBe('/x/mosaic/profile.json');
    expect(profilePath({ XDG_CONFIG_HOME: 'relative', HOME: '/h' })).toBe('/h/.config/mosaic/profile.json');
  });
});

describe('the profile', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-profile-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const profile: Profile = {
    server: '127.0.0.1:7600',
    http: 'http://127.0.0.1:7680',
    writtenBy: 'mosaic demo',
    pid: 77,
  };

  it('is read as it was written, only by its owner, with nothing beside it', () => {
    const path = join(folder, 'new', 'profile.json');
    writeProfile(path, profile);
    writeProfile(path, { ...profile, server: '127.0.0.1:7601' });
    expect(readProfile(path)).toEqual({ kind: 'found', profile: { ...profile, server: '127.0.0.1:7601' } });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'new'))).toEqual(['profile.json']);
  });

  it('is taken away by its writer alone', () => {
    const path = join(folder, 'profile.json');
    writeProfile(path, profile);
    removeProfile(path, 78);
    expect(readProfile(path).kind).toBe('found');
    removeProfile(path, 77);
    expect(readProfile(path)).toEqual({ kind: 'absent' });
    expect(() => {
      removeProfile(path, 77);
    }).not.toThrow();
  });

  it.each([['hello'], ['[]'], ['null'], ['{"server": 7}'], ['{"server": ""}'], [`"${'x'.repeat(20_000)}"`]])(
    'is unusable when it holds something else: %j',
    (text) => {
      const path = join(folder, 'profile.json');
      writeFileSync(path, text);
      expect(readProfile(path)).toEqual({
        kind: 'unusable',
        message: `the profile ${path} is not one that Mosaic wrote; remove it or name the master with --server HOST:PORT`,
      });
    },
  );

  it('that is a folder, or below a file, is told apart', () => {
    mkdirSync(join(folder, 'profile.json'));
    expect(readProfile(join(folder, 'profile.json'))).toMatchObject({
      kind: 'unusable',
      message: expect.stringContaining('EISDIR'),
    });
    writeFileSync(join(folder, 'file'), '');
    chmodSync(join(folder, 'file'), 0o600);
    expect(readProfile(join(folder, 'file', 'profile.json'))).toEqual({ kind: 'absent' });
  });
});

describe('an error of any origin', () => {
  it('has a code and a text', () => {
    expect([errorCode({ code: 'ENOENT' }), errorCode(new Error('x')), errorCode(null), errorCode({ code: 7 })]).toEqual(
      ['ENOENT', '', '', ''],
    );
    expect([errorText(new Error('x')), errorText('y'), errorText(undefined), errorText({ message: 7 })]).toEqual([
      'x',
      'y',
      'undefined',
      '[object Object]',
    ]);
  });
});
