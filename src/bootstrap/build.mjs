// `npm run build`: compiles src, scheduler and frameworks into dist/, copies what is not TypeScript beside it, and removes
// what has no source any more. The folders keep their places, so relative imports and data paths stay valid.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildStamp, filesBelow, fromRoot, notBuilt, packageBin, root, sourceFolders } from './tools.mjs';

const dist = join(root, 'dist');
/** Documentation stays with the sources, and recorded traces ship once: they are read from beside the sources. */
const notCopied = /\.(md|tsx?|mts|cts)$|^src\/scenario\/traces\//;

rmSync(buildStamp, { force: true });

const [node, tscArgs] = packageBin('typescript', 'tsc');
const compiled = spawnSync(node, [...tscArgs, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });

const expected = new Set();
for (const folder of sourceFolders) {
  for (const path of filesBelow(join(root, folder))) {
    const name = fromRoot(path);
    if (notBuilt.some((skipped) => name.startsWith(`${skipped}/`))) continue;
    if (/(?<!\.d)\.ts$/.test(name)) {
      const stem = name.slice(0, -'.ts'.length);
      for (const suffix of ['.js', '.js.map', '.d.ts']) expected.add(`dist/${stem}${suffix}`);
    } else if (!notCopied.test(name)) {
      const target = join(dist, name);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(path, target);
      expected.add(`dist/${name}`);
    }
  }
}

for (const folder of sourceFolders) {
  for (const path of filesBelow(join(dist, folder))) {
    if (!expected.has(fromRoot(path))) rmSync(path);
  }
}

if (compiled.status !== 0) process.exit(compiled.status ?? 1);

const entry = join(dist, 'src', 'cli', 'main.js');
if (existsSync(entry)) chmodSync(entry, 0o755);
writeFileSync(buildStamp, '');
