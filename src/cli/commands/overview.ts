import { badWord } from '../exit.js';
import { reading, type Program } from '../noun.js';

/** Bare `mosaic`: the whole fleet on one screen. */
export function registerOverview(program: Program): void {
  const { root } = program;
  root.argument('[command]', '').usage('[command] [options]');
  reading(program, root, async (session, [word]) => {
    if (word !== undefined)
      throw badWord(
        'the command',
        word,
        root.commands.map((command) => command.name()),
      );
    const { overviewText } = await import('../render/overview.js');
    const { overview } = await session.query({ kind: 'overview' });
    return {
      data: overview,
      items: overview.owners,
      names: overview.owners.map((row) => row.owner).filter((name) => name !== ''),
      text: (rendering) => overviewText(overview, rendering),
    };
  });
}
