import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readProfile, writeProfile } from '../../../src/config/profile.js';
import { portProblem } from '../../../src/demo/free-port.js';
import { DemoHousehold } from '../../../src/demo/household.js';

describe('what the demo puts into the world', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-household-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is taken away again', () => {
    const path = join(folder, 'config', 'profile.json');
    const household = new DemoHousehold(path);
    writeFileSync(join(household.folder, 'store'), 'x');
    household.writeProfile('127.0.0.1:7600', 'http://127.0.0.1:7680');
    expect(readProfile(path)).toMatchObject({
      kind: 'found',
      profile: { server: '127.0.0.1:7600', http: 'http://127.0.0.1:7680', pid: process.pid },
    });
    household.remove();
    household.remove();
    expect(existsSync(path)).toBe(false);
    expect(existsSync(household.folder)).toBe(false);
  });

  it('gives way to the profile of a master that still runs', () => {
    const path = join(folder, 'profile.json');
    const master = { server: 'a:1', http: '', writtenBy: 'mosaic master', pid: process.ppid };
    writeProfile(path, master);
    const household = new DemoHousehold(path);
    household.writeProfile('b:2', '');
    household.remove();
    expect(readProfile(path)).toEqual({ kind: 'found', profile: master });
  });

  it('leaves alone what somebody else has written since', () => {
    const path = join(folder, 'profile.json');
    const household = new DemoHousehold(path);
    household.writeProfile('b:2', '');
    writeProfile(path, { server: 'c:3', http: '', writtenBy: 'mosaic master', pid: process.ppid });
    household.remove();
    expect(readFileSync(path, 'utf8')).toContain('c:3');
  });
});

describe('a port', () => {
  it('that is taken is named with its flag and the way out', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await portProblem('--grpc-port', '127.0.0.1', port)).toBe(
      `--grpc-port is ${port}, and 127.0.0.1:${port} cannot be used: something listens there already (another demo or ` +
        'master?). Stop it, or choose another port; 0 takes any free one',
    );
    await new Promise((resolve) => server.close(resolve));
    expect(await portProblem('--grpc-port', '127.0.0.1', port)).toBeNull();
  });

  it('of 0 is never taken', async () => {
    expect(await portProblem('--http-port', '127.0.0.1', 0)).toBeNull();
  });
});
