import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../support/planted-tree.js';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** `npm pack` of what `npm test` has just built, unpacked where no source lies beside it. */
describe('the package', () => {
  let elsewhere: string;
  let installed: string;
  let paths: readonly string[];

  beforeAll(() => {
    elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'mosaic-package-')));
    // Without scripts, because packing would otherwise build again, below the feet of the other tests.
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', elsewhere];
    const [packed] = JSON.parse(
      execFileSync('npm', args, { cwd: projectRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ) as readonly Packed[];
    paths = packed!.files.map((file) => file.path);
    execFileSync('tar', ['-xzf', join(elsewhere, packed!.filename), '-C', elsewhere]);
    installed = join(elsewhere, 'package');
    symlinkSync(join(projectRoot, 'node_modules'), join(installed, 'node_modules'), 'junction');
  });

  afterAll(() => {
    rmSync(elsewhere, { recursive: true, force: true });
  });

  it('holds the compiled code, the protocol, the traces with their licences, and who may do what with it', () => {
    const protos = readdirSync(join(projectRoot, 'proto/mosaic/v1')).map((name) => `proto/mosaic/v1/${name}`);
    const traces = readdirSync(join(projectRoot, 'src/scenario/traces')).map((name) => `src/scenario/traces/${name}`);
    expect(protos.length).toBeGreaterThan(0);
    expect(traces.some((name) => name.endsWith('.LICENSE'))).toBe(true);
    expect(paths).toEqual(
      expect.arrayContaining([
        ...['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'],
        ...['dist/src/cli/main.js', 'dist/src/client/index.js', 'dist/src/client/index.d.ts'],
        ...protos,
        ...traces,
      ]),
    );
  });

  it('holds no sources, tests or build state', () => {
    const allowed =
      /^(dist\/(src|scheduler|frameworks)\/|proto\/|src\/scenario\/(traces\/|README\.md$)|[A-Za-z]+(\.md|\.json)?$)/;
    expect(paths.filter((path) => !allowed.test(path))).toEqual([]);
  });

  it('has a program that runs', () => {
    const { bin, version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      bin: { mosaic: string };
      version: string;
    };
    const program = join(installed, bin.mosaic);
    expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(program).mode & 0o111).not.toBe(0);
    expect(execFileSync(process.execPath, [program, '--version'], { cwd: elsewhere, encoding: 'utf8' })).toContain(
      version,
    );
    expect(execFileSync(process.execPath, [program, '--help'], { cwd: elsewhere, encoding: 'utf8' })).toContain(
      'simulate',
    );
  });

  it('offers the client to other programs', () => {
    // A package may import itself by name, which goes through its export map as another program's import would.
    const output = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        "import * as client from 'mosaic/client'; console.log(Object.keys(client).length > 0);",
      ],
      { cwd: installed, encoding: 'utf8' },
    );
    expect(output.trim()).toBe('true');
  });
});
