// Data-driven scenarios: commands in, recorded messages and effects out. `MOSAIC_GOLDEN=write` records them again; what
// it writes is reviewed like code.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Scenario } from './script.js';

const folder = dirname(fileURLToPath(import.meta.url));
const writes = process.env['MOSAIC_GOLDEN'] === 'write';

interface Block {
  readonly comments: readonly string[];
  readonly commands: readonly string[];
}

/** Comment lines, command lines and recorded lines of each block; blocks are separated by blank lines. */
function blocksOf(text: string): readonly Block[] {
  return text
    .split(/\n\n+/)
    .map((chunk) => {
      const lines = chunk.split('\n').filter((line) => line.trim() !== '');
      const end = lines.indexOf('----');
      const head = end < 0 ? lines : lines.slice(0, end);
      return {
        comments: head.filter((line) => line.startsWith('#')),
        commands: head.filter((line) => !line.startsWith('#')),
      };
    })
    .filter((block) => block.comments.length + block.commands.length > 0);
}

function record(text: string): string {
  const blocks = blocksOf(text);
  const options = blocks[0]?.commands.find((command) => command.startsWith('options ')) ?? '';
  const scenario = new Scenario(options);
  return `${blocks
    .map(({ comments, commands }) => {
      const run = commands.filter((command) => !command.startsWith('options '));
      const lines = [...comments, ...commands];
      return (run.length === 0 ? lines : [...lines, '----', ...scenario.run(run)]).join('\n');
    })
    .join('\n\n')}\n`;
}

describe('golden scenarios', () => {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort();

  it.each(names)('%s', (name) => {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    const recorded = record(text);
    if (writes) writeFileSync(path, recorded);
    else expect(recorded).toBe(text);
    expect(recorded).not.toContain('VIOLATION');
  });

  it.each(names)('%s happens the same way every time', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(record(text)).toBe(record(text));
  });
});
