import type { Command } from 'commander';
import { badInput, CliError, EXIT } from '../exit.js';
import { action, describe, dryRun, flag, noun, reading, text, type Options, type Program } from '../noun.js';
import { parseWhole, parseWord } from '../parse/values.js';
import type { Shown } from '../render/rendering.js';
import type { PlanView } from '../operator-access.js';
import type { Session } from '../session.js';

export function registerPlan(program: Program): void {
  const plan = noun(
    program,
    'plan',
    'plans',
    {
      summary: 'Which hosts are to move, why, and at what price',
      examples: ['mosaic plan', 'mosaic plan approve p-4-17 --version 3', 'mosaic plan mode approve'],
    },
    'Change:',
  );
  reading(program, plan, shown);
  reading(
    program,
    describe(plan.command('show'), { summary: 'The newest plan', examples: ['mosaic plan show -o json'] }),
    shown,
  );
  answer(program, plan, 'approve', 'Approve exactly this version of the plan; its moves start as budgets allow');
  answer(program, plan, 'reject', 'Reject this version of the plan; its hosts are left alone for the cool-down time');
  const mode = describe(plan.command('mode').argument('<mode>', 'observe, approve or auto'), {
    summary: 'What happens with plans from now on',
    more: 'observe: they are only shown; approve: each waits for a person; auto: their moves start as budgets allow.',
    examples: ['mosaic plan mode approve', 'mosaic plan mode auto --dry-run'],
  });
  action(program, dryRun(mode), (session, [word = ''], options) =>
    session.change({
      kind: 'plan_mode',
      mode: parseWord('the mode', word, ['observe', 'approve', 'auto']),
      dryRun: flag(options, 'dryRun'),
    }),
  );
}

function answer(program: Program, plan: Command, verb: 'approve' | 'reject', summary: string): void {
  const command = describe(plan.command(verb).argument('[plan]', 'id of the plan'), {
    summary,
    examples: [`mosaic plan ${verb} p-4-17 --version 3`],
  }).option('--version <n>', 'the version you have read: a newer one is not taken for it');
  action(program, dryRun(command), async (session, [planId], options) => {
    const version = await versionOf(session, verb, planId, options);
    return session.change({
      kind: verb === 'approve' ? 'plan_approve' : 'plan_reject',
      planId: planId ?? '',
      version,
      dryRun: flag(options, 'dryRun'),
    });
  });
}

/** Nobody says yes to what they have not read: without id and version, the exact command for the present plan is told. */
async function versionOf(
  session: Session,
  verb: string,
  planId: string | undefined,
  options: Options,
): Promise<number> {
  const version = text(options, 'version');
  if (planId !== undefined && version !== '') return parseWhole('--version', version, 1, Number.MAX_SAFE_INTEGER);
  const { plan } = await session.query({ kind: 'plan' });
  if (plan === null) throw new CliError(EXIT.notFound, 'there is no plan yet', { hints: ['mosaic plan show'] });
  if (plan.status !== 'proposed' || plan.mode !== 'approve')
    throw new CliError(EXIT.refused, `no plan waits for an answer; the newest, ${plan.planId}, ${newestText(plan)}`, {
      hints: plan.mode === 'approve' ? ['mosaic plan show'] : ['mosaic plan mode approve'],
    });
  throw badInput(
    `name the plan and the version you have read (mosaic plan show)`,
    `mosaic plan ${verb} ${plan.planId} --version ${plan.version}`,
  );
}

function newestText({ status, mode }: PlanView): string {
  return status === 'proposed' ? `is only shown (mode ${mode})` : `is ${status} (mode ${mode})`;
}

async function shown(session: Session): Promise<Shown> {
  const { planText } = await import('../render/plan.js');
  const { plan } = await session.query({ kind: 'plan' });
  return {
    data: plan,
    items: plan?.moves ?? [],
    names: plan === null ? [] : [plan.planId],
    text: (rendering) =>
      plan === null
        ? `${rendering.style.dim('no plan yet: the planner has not made a round')}\n`
        : planText(plan, rendering),
  };
}
