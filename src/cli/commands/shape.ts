import { badInput } from '../exit.js';
import { action, collect, describe, dryRun, flag, noun, text, texts, type Program } from '../noun.js';
import { parseConstraint } from '../parse/constraints.js';
import { parseQuantities } from '../parse/quantities.js';
import { parseWhole } from '../parse/values.js';

export function registerShape(program: Program): void {
  const shape = noun(
    program,
    'shape',
    'shapes',
    {
      summary: 'Classes of hosts that quotas and demand can name',
      more: 'Each host has the first shape, by rank, whose matchers all hold; standard takes the rest.',
      examples: ['mosaic shape set gpu-a --rank 10 --where gpu.model=a100 --minimum gpus=4'],
    },
    'Change:',
  );
  const set = describe(shape.command('set').argument('<shape>', 'its name'), {
    summary: 'Make or change a shape; hosts are sorted anew',
    more: 'Matchers: NAME, !NAME, NAME=VALUE, NAME=A,B, NAME!=VALUE, NAME~PATTERN, NAME>=NUMBER (also <=, >, <).',
    examples: [
      'mosaic shape set gpu-a --rank 10 --where gpu.model=a100 --minimum gpus=4',
      "mosaic shape set big --rank 20 --where 'cores>=64' --dry-run",
    ],
  })
    .option('--rank <n>', 'the lowest is tried first (0 to 1000000)')
    .option('--where <matcher>', 'an attribute that must hold; several are ANDed', collect, [])
    .option('--minimum <quantities>', 'at least this much of each: gpus=4,memory=512GiB', collect, []);
  action(program, dryRun(set), (session, [name = ''], options) => {
    const rank = text(options, 'rank');
    if (rank === '')
      throw badInput('--rank is missing; it says which shape is tried first', `mosaic shape set ${name} --rank 10`);
    const minimum = texts(options, 'minimum');
    return session.change({
      kind: 'shape_set',
      shape: name,
      rank: parseWhole('--rank', rank, 0, 1_000_000),
      constraints: texts(options, 'where').map((one) => parseConstraint('--where', one)),
      minimum: minimum.length === 0 ? {} : parseQuantities('--minimum', minimum),
      dryRun: flag(options, 'dryRun'),
    });
  });
}
