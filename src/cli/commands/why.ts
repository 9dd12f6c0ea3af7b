import { describe, reading, type Program } from '../noun.js';

const KINDS = ['host', 'framework', 'role', 'move', 'demand', 'workload'];

export function registerWhy(program: Program): void {
  const why = program.root
    .command('why')
    .helpGroup('Look:')
    .argument('<thing...>', 'a host, framework, role, move or demand');
  describe(why, {
    summary: 'Why something is as it is, and what would change it',
    examples: [
      'mosaic why node17',
      'mosaic why ovirt/prod',
      'mosaic why /research/hadoop',
      'mosaic why demand kubernetes/east/gpu-pool',
    ],
  });
  reading(program, why, async (session, words) => {
    const { whyText } = await import('../render/why.js');
    // The kind may be said first, as in `why demand east/pool`; the master finds the thing by its name alone.
    const thing = words.length > 1 && KINDS.includes(words[0] ?? '') ? words.slice(1).join(' ') : words.join(' ');
    const answer = await session.query({ kind: 'why', thing });
    return {
      data: answer.why,
      items: [answer.why],
      names: [answer.why.subject],
      text: (rendering) => whyText(answer.why, rendering),
    };
  });
}
