import type { PlanView } from '../operator-access.js';
import { bullets, section } from './details.js';
import type { Rendering } from './rendering.js';
import { tableText, type Column } from './table.js';
import { counted, moment, span } from './words.js';

type Line = PlanView['moves'][number];

const columns: readonly Column<Line>[] = [
  { name: 'host', value: (move) => move.hostName, drop: 0, least: 10 },
  { name: 'from', value: (move) => move.from?.frameworkId ?? 'free', drop: 0 },
  { name: 'to', value: (move) => move.to.frameworkId, drop: 0 },
  { name: 'price', value: (move) => span(move.costMs), right: true, drop: 1 },
  { name: 'reclaim', value: (move) => (move.reclaim ? 'yes' : ''), drop: 3 },
  { name: 'why', value: (move) => move.reason, drop: 2, least: 20 },
];

/** The plan: what would move, why, at what price, why not more, and how to say yes or no to exactly this version. */
export function planText(plan: PlanView, rendering: Rendering): string {
  const { style, nowMs, utc } = rendering;
  const made = `made ${moment(plan.createdMs, nowMs, utc)}${plan.decidedBy === '' ? '' : `, decided by ${plan.decidedBy}`}`;
  const head = `${style.bold(`plan ${plan.planId} version ${plan.version}`)}  ${plan.status}  mode ${plan.mode}  ${style.dim(made)}\n`;
  const moves = tableText(plan.moves, columns, rendering, 'moves nothing');
  const notMoved = section('why not more', bullets(plan.notMoved, rendering), rendering);
  const exactly = `${plan.planId} --version ${plan.version}`;
  const answers = (['approve', 'reject'] as const).map(
    (verb) => `${style.dim(verb.padEnd(7))} mosaic plan ${verb} ${exactly}\n`,
  );
  const answer = plan.status === 'proposed' && plan.mode === 'approve' ? `\n${answers.join('')}` : '';
  const count = plan.moves.length === 0 ? '' : `${counted(plan.moves.length, 'move')}\n`;
  return `${head}${count}${moves}${notMoved}${answer}`;
}
