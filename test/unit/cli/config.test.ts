// The configuration file as the command line writes, shows and checks it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run, words } from './support.js';

describe('configuration', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-cli-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('writes a file that is valid, and never over another', async () => {
    expect(await run(words('config init'), { folder })).toMatchObject({
      code: 0,
      out: `${join(folder, 'mosaic.yaml')}\n`,
      err: 'use it with: mosaic master --config mosaic.yaml\n',
    });
    const written = readFileSync(join(folder, 'mosaic.yaml'), 'utf8');
    expect(await run(words('config check --config mosaic.yaml'), { folder })).toMatchObject({ code: 0, err: '' });
    expect(await run(words('config init'), { folder })).toMatchObject({
      code: 4,
      err: expect.stringContaining('exists already and is left as it is'),
    });
    expect(readFileSync(join(folder, 'mosaic.yaml'), 'utf8')).toBe(written);
    expect((await run(words('config init --stdout'), { folder })).out).toBe(written);
    expect(await run(words('config init nowhere/mosaic.yaml'), { folder })).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be written'),
    });
  });

  it('shows what is in force and where it came from', async () => {
    writeFileSync(join(folder, 'mosaic.yaml'), 'store: memory\n');
    const env = { MOSAIC_LOG_LEVEL: 'debug', MOSAIC_STROE: 'x' };
    const { out, err, code } = await run(words('config show --config mosaic.yaml'), { folder, env });
    expect(code).toBe(0);
    expect(out).toContain('store: memory  # from mosaic.yaml:1\n');
    expect(out).toContain('  level: debug  # from MOSAIC_LOG_LEVEL\n');
    expect(err).toBe(
      'warning: MOSAIC_STROE is set in the environment and means nothing to Mosaic (did you mean MOSAIC_STORE?)\n',
    );
    expect(JSON.parse((await run(words('config show -o json'), { folder })).out)).toMatchObject({
      store: 'level',
      scheduler: { planPeriodMs: 60_000 },
    });
  });

  it('names every problem with its line', async () => {
    writeFileSync(join(folder, 'mosaic.yaml'), 'store: paper\nlisten:\n  http: here\n');
    const ran = await run(words('config check --config mosaic.yaml'), { folder });
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/^mosaic: the configuration is refused\n/);
    expect(ran.err).toContain('  mosaic.yaml:1: store is "paper"; accepted are level, memory\n');
    expect(ran.err).toContain('  mosaic.yaml:3: listen.http is "here"; accepted is HOST:PORT');
  });
});
