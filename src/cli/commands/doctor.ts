import { EXIT } from '../exit.js';
import { action, describe, type Program } from '../noun.js';
import type { Session } from '../session.js';

/** One thing that was looked at. */
interface Finding {
  readonly check: string;
  /** `broken` is a fault of the master; `look` is for a person; `fine` is neither. */
  readonly state: 'fine' | 'look' | 'broken';
  readonly text: string;
  /** The command that tells more or mends it; empty when there is none. */
  readonly remedy: string;
}

export function registerDoctor(program: Program): void {
  const doctor = program.root.command('doctor').helpGroup('Look:');
  describe(doctor, {
    summary: 'Check the master and the fleet, and say how to mend what is wrong',
    more:
      'It asks the master to check every invariant over all records (about a second per 10,000 hosts) and looks at what ' +
      'waits for a person. Exit 1 when an invariant is broken: that is a bug of the master.',
    examples: ['mosaic doctor', 'mosaic doctor -o json'],
  });
  action(program, doctor, async (session) => {
    const findings = await examine(session);
    await session.show({
      data: { findings },
      items: findings,
      names: findings.filter(({ state }) => state !== 'fine').map(({ check }) => check),
      text: ({ style }) =>
        findings
          .map(({ check, state, text, remedy }) => {
            const mark = state === 'fine' ? style.good(style.done) : (state === 'look' ? style.warn : style.bad)('!');
            return `${mark} ${check}: ${text}${remedy === '' ? '' : `  ${style.arrow} ${style.accent(remedy)}`}\n`;
          })
          .join(''),
    });
    return findings.some(({ state }) => state === 'broken') ? EXIT.failed : EXIT.done;
  });
}

async function examine(session: Session): Promise<readonly Finding[]> {
  const { overview } = await session.query({ kind: 'overview' });
  const { conditions } = await session.query({ kind: 'conditions' });
  const { violations } = await session.query({ kind: 'audit' });
  const away = overview.hostsTotal - overview.hostsConnected;
  const breaker = conditions.find(({ kind }) => kind === 'MASS_FAILURE');
  return [
    fine('master', `leads, term ${overview.term}`),
    overview.recovering
      ? look('recovery', 'it has just started: moves wait for hosts to report', 'mosaic condition list')
      : fine('recovery', 'over'),
    breaker === undefined ? fine('breaker', 'closed') : look('breaker', breaker.message, 'mosaic breaker'),
    away === 0
      ? fine('hosts', `all ${overview.hostsTotal} are connected`)
      : look(
          'hosts',
          `${away} of ${overview.hostsTotal} are away, ${overview.hostsLost} of them lost`,
          'mosaic host list --state away',
        ),
    ...overview.freezes.map(({ scope, reason }) =>
      look('freeze', `${scope} is frozen: ${reason}`, 'mosaic freeze list'),
    ),
    ...overview.needsYou.map(({ subject, message, remedy }) => look(subject, message, remedy)),
    ...(violations.length === 0
      ? [fine('invariants', 'all hold')]
      : violations.map((text) => ({ check: 'invariants', state: 'broken', text, remedy: '' }) as const)),
  ];
}

function fine(check: string, text: string): Finding {
  return { check, state: 'fine', text, remedy: '' };
}

function look(check: string, text: string, remedy: string): Finding {
  return { check, state: 'look', text, remedy };
}
