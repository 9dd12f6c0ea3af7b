// The wire contract's tools.
//   generate   writes the TypeScript types of proto/ into src/generated/
//   check      fails when src/generated/ is not what proto/ would generate
//   breaking   compares proto/ with the last release tag; only reports until v0.1.0 is out
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { filesBelow, packageBin, root } from './tools.mjs';

const protoFolder = join(root, 'proto');
const generatedFolder = join(root, 'src', 'generated');

/** Names of the .proto files relative to proto/, with `/`. */
function protoFiles() {
  return filesBelow(protoFolder)
    .map((path) => relative(protoFolder, path).split(sep).join('/'))
    .filter((name) => name.endsWith('.proto'));
}

function generateInto(outFolder) {
  const names = protoFiles();
  if (names.length === 0) {
    throw new Error('proto/ holds no .proto file: nothing to generate.');
  }
  rmSync(outFolder, { recursive: true, force: true });
  mkdirSync(outFolder, { recursive: true });
  const [node, args] = packageBin('@grpc/proto-loader', 'proto-loader-gen-types');
  const flags = [
    ...['--longs=Number', '--enums=String', '--defaults', '--oneofs'],
    ...['--grpcLib=@grpc/grpc-js', '--importFileExtension=.js'],
    ...[`--includeDirs=${relative(root, protoFolder)}`, `--outDir=${outFolder}`],
  ];
  const result = spawnSync(node, [...args, ...flags, ...names], { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) {
    throw new Error(`proto-loader-gen-types failed:\n${result.stdout}${result.stderr}`);
  }
  for (const path of filesBelow(outFolder)) {
    const text = readFileSync(path, 'utf8');
    const used = withoutUnused(text);
    if (used !== text) writeFileSync(path, used);
  }
}

/** A file without a service imports gRPC and declares a helper it never uses, which `noUnusedLocals` refuses. */
function withoutUnused(text) {
  let used = text;
  if (!/\bgrpc\./.test(used)) used = used.replace(/^import type \* as grpc from '[^']+';\n/m, '');
  if ((used.match(/\bSubtypeConstructor\b/g) ?? []).length === 1) {
    used = used.replace(/^type SubtypeConstructor<[^]*?\n};\n\n?/m, '');
  }
  return used;
}

/** Relative name -> text of every file below a folder. */
function contents(folder) {
  return new Map(filesBelow(folder).map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

function generate() {
  generateInto(generatedFolder);
  console.log(`src/generated: ${filesBelow(generatedFolder).length} files from ${protoFiles().join(', ')}`);
}

function check() {
  const temporary = mkdtempSync(join(tmpdir(), 'mosaic-generated-'));
  try {
    const fresh = join(temporary, 'generated');
    generateInto(fresh);
    const wanted = contents(fresh);
    const have = contents(generatedFolder);
    const drift = [
      ...[...wanted.keys()].filter((name) => !have.has(name)).map((name) => `missing   ${name}`),
      ...[...have.keys()].filter((name) => !wanted.has(name)).map((name) => `left over ${name}`),
      ...[...wanted]
        .filter(([name, text]) => have.has(name) && have.get(name) !== text)
        .map(([name]) => `differs   ${name}`),
    ].sort();
    if (drift.length > 0) {
      console.error(
        `src/generated is not what proto/ generates. Run \`npm run proto:generate\` and commit the result.`,
      );
      for (const line of drift) console.error(`  ${line}`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function breaking() {
  const described = spawnSync('git', ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*'], {
    cwd: root,
    encoding: 'utf8',
  });
  const tag = described.status === 0 ? described.stdout.trim() : '';
  if (tag === '') {
    console.log('No release tag yet: there is no published contract to break.');
    return;
  }
  const buf = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'buf.cmd' : 'buf');
  if (!existsSync(buf)) throw new Error('buf is not installed: run `npm ci --ignore-scripts`.');
  const result = spawnSync(buf, ['breaking', '--against', `.git#tag=${tag}`], { cwd: root, encoding: 'utf8' });
  console.log(
    result.status === 0 ? `Nothing breaks ${tag}.` : `Changes that break ${tag}:\n${result.stdout}${result.stderr}`,
  );
  const released = /^v(\d+)\.(\d+)\./.exec(tag);
  const binding = released !== null && (Number(released[1]) > 0 || Number(released[2]) >= 1);
  if (result.status !== 0 && binding) process.exitCode = 1;
}

const commands = { generate, check, breaking };
const command = commands[process.argv[2]];
if (command === undefined) {
  console.error(`Unknown command "${process.argv[2] ?? ''}": expected one of ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
try {
  command();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
