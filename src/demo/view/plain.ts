import type { DemoModel } from './model.js';
import { counted, timeOfDay } from './words.js';

/** One line on how things stand, for logs and pipes: no control codes, plain ASCII but for names. */
export function plainLine(model: DemoModel): string {
  const holders = model.workloads.map((row) => {
    const serving = row.serving === row.hosts ? '' : ` (${row.serving} serving)`;
    return `${row.frameworkId} ${row.hosts}${serving} of ${row.wanted} wanted`;
  });
  const free = model.unheld.find(({ state }) => state === 'free')?.hosts ?? 0;
  const parts = [
    holders.join(', '),
    ...(free > 0 ? [`${free} free`] : []),
    `${counted(model.moves.length, 'move')} in progress, ${model.movesDone} done`,
    ...(model.frozen ? ['frozen'] : []),
    ...(model.notice === '' ? [] : [model.notice]),
    ...model.needs.slice(0, 1).map((need) => `needs you: ${need.message}`),
  ];
  return `${timeOfDay(model.nowMs, model.startHour)}  ${parts.join('; ')}`;
}
