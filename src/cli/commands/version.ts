import { EXIT } from '../exit.js';
import { action, describe, type Program } from '../noun.js';

export function registerVersion(program: Program): void {
  const version = program.root.command('version').helpGroup('Other:');
  describe(version, {
    summary: 'The version, and what it runs on',
    examples: ['mosaic version', 'mosaic version -o json'],
  });
  action(program, version, async (session) => {
    const data = {
      mosaic: session.io.version,
      node: process.version.replace(/^v/, ''),
      platform: `${process.platform} ${process.arch}`,
    };
    await session.show({
      data,
      items: [data],
      names: [data.mosaic],
      text: () => `mosaic ${data.mosaic} (node ${data.node}, ${data.platform})\n`,
    });
    return EXIT.done;
  });
}
