import { EXIT } from '../exit.js';
import { action, describe, type Program } from '../noun.js';

export function registerAudit(program: Program): void {
  const audit = program.root.command('audit').helpGroup('Look:');
  describe(audit, {
    summary: 'Check every invariant of the master (exit 1 if broken)',
    more: 'It checks every record and costs about a second per 10,000 hosts.',
    examples: ['mosaic audit'],
  });
  action(program, audit, async (session) => {
    const { violations } = await session.query({ kind: 'audit' });
    await session.show({
      data: { violations },
      items: violations.map((text) => ({ text })),
      names: violations,
      text: ({ style }) =>
        violations.length === 0
          ? `${style.good(style.done)} every invariant holds\n`
          : violations.map((text) => `${style.bad(style.icon['gave up'])} ${text}\n`).join(''),
    });
    return violations.length === 0 ? EXIT.done : EXIT.failed;
  });
}
