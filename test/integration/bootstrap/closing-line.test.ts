import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PlantedTree, projectRoot } from '../../support/planted-tree.js';

const IMPORT = "import { expect, it } from '@jest/globals';\n";

function supportFile(name: string): string {
  return readFileSync(join(projectRoot, 'test/support', name), 'utf8');
}

describe('the closing line of a test run', () => {
  it('is last, and counts a file that cannot load as one failed', async () => {
    using tree = new PlantedTree(['jest.config.js', 'package.json'], {
      'test/support/plain-line-reporter.mjs': supportFile('plain-line-reporter.mjs'),
      'test/support/kind-sequencer.mjs': supportFile('kind-sequencer.mjs'),
      'test/e2e/a.test.ts': `${IMPORT}it('passes', () => expect(1).toBe(1));\n`,
      'test/unit/b.test.ts': `${IMPORT}it('fails', () => expect(1).toBe(2));\nit['skip']('waits', () => expect(1).toBe(1));\n`,
      'test/golden/c.test.ts': "import './gone.js';\n",
    });
    const ran = await tree.run('jest/bin/jest.js', ['--ci', '--runInBand'], {
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    });
    expect(ran.stdout.trimEnd().split('\n').at(-1)).toBe('1 passed, 2 failed, 1 skipped');
    expect(ran.code).not.toBe(0);

    // Cheap kinds first: unit, golden, ..., e2e.
    const order = [...ran.stderr.matchAll(/^(?:PASS|FAIL) (\S+)/gm)].map((match) => match[1]);
    expect([...new Set(order)]).toEqual(['test/unit/b.test.ts', 'test/golden/c.test.ts', 'test/e2e/a.test.ts']);
  });
});
