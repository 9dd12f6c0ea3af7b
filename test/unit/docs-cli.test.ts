/**
 * docs/cli.md is the help of every command, in its order. After a change of the command line write it anew with
 * `MOSAIC_WRITE_DOCS=1 npm run jest -- test/unit/docs-cli.test.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.js';
import type { CliIo } from '../../src/cli/io.js';

const FILE = new URL('../../docs/cli.md', import.meta.url);
/** As wide as the help is in a pipe. */
const COLUMNS = 80;

const HEAD = `# The command line

Every command with its flags, as \`--help\` prints it. This page is written from the program, and a test compares the two.

${[
  '`mosaic <noun> [verb] [name]`: nouns may be singular or plural (`mosaic host list`, `mosaic hosts ls`).',
  'Where a command takes several hosts, sets do as well: `node[01-20]`, `node0*`, `rack=r7`,',
  '`owner=ovirt/prod,state=free`, `@file`, `-` (standard input).',
  'Tables are for people; `-o json`, `jsonl` or `yaml` is for scripts, `-o name` for pipes;',
  '`mosaic host list -o help` says what the fields of its JSON mean, and so for every noun.',
  'Data goes to standard output, words about it to standard error.',
  'What is the matter with a thing is asked with `mosaic why THING`; its codes stand in [reasons.md](reasons.md).',
].join(' ')}
`;

function program(): { readonly root: Command; readonly written: string[] } {
  const written: string[] = [];
  const io: Partial<CliIo> = {
    out: (text) => void written.push(text),
    err: (text) => void written.push(text),
    isTty: false,
    size: () => ({ columns: COLUMNS, rows: 24 }),
    version: '0.0.0',
  };
  return { root: buildProgram(io as CliIo, () => undefined), written };
}

/** The whole page, every command below its noun. */
function page(): string {
  const { root, written } = program();
  const section = (command: Command, path: string, level: string): string => {
    written.length = 0;
    command.outputHelp();
    const help = written
      .join('')
      .replace(/\n+Flags that every command takes: mosaic --help\n?/, '\n')
      .trimEnd();
    const inner = command.commands.filter((one) => one.name() !== 'help');
    const below = inner.map((one) => section(one, `${path} ${one.name()}`, `${level}#`));
    return [`${level} ${path}\n\n\`\`\`text\n${help}\n\`\`\`\n`, ...below].join('\n');
  };
  const [own = '', ...rest] = section(root, 'mosaic', '#').split('\n## ');
  return [HEAD, own.replace('# mosaic\n', '## mosaic\n'), ...rest.map((text) => `## ${text}`)].join('\n');
}

describe('docs/cli.md', () => {
  it('is the help of every command', () => {
    const expected = page();
    if (process.env['MOSAIC_WRITE_DOCS'] === '1') writeFileSync(FILE, expected);
    expect(readFileSync(FILE, 'utf8')).toBe(expected);
  });

  it('has a heading for every command', () => {
    const text = readFileSync(FILE, 'utf8');
    const names = program().root.commands.map((command) => command.name());
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) expect(text).toContain(`\n## mosaic ${name}\n`);
  });
});
