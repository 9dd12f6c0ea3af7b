import type { Command } from 'commander';
import { listShown } from '../list.js';
import { describe, nextPage, noun, paged, pageOf, reading, text, type Options, type Program } from '../noun.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerTask(program: Program): void {
  const task = noun(
    program,
    'task',
    'tasks',
    { summary: 'Tasks on shared hosts', examples: ['mosaic task list', 'mosaic task list --framework batch/main'] },
    'Look:',
  );
  reading(program, filters(task), (session, _args, options) => listed(session, options));
  const list = describe(task.command('list').alias('ls'), {
    summary: 'Tasks on shared hosts',
    examples: ['mosaic task list --framework batch/main -o json'],
  });
  reading(program, filters(list), (session, _args, options) => listed(session, options));
}

function filters(command: Command): Command {
  return paged(command).option('--framework <id>', 'only of this framework');
}

async function listed(session: Session, options: Options): Promise<Shown> {
  const { taskColumns } = await import('../render/lists.js');
  const frameworkId = text(options, 'framework');
  const { tasks, total, nextPageToken } = await session.query({ kind: 'tasks', frameworkId, page: pageOf(options) });
  const command = frameworkId === '' ? 'mosaic task list' : `mosaic task list --framework ${frameworkId}`;
  return listShown('tasks', tasks, taskColumns, (row) => row.taskId, 'no tasks', {
    data: { total, nextPageToken },
    notes: nextPage(command, tasks.length, total, nextPageToken),
  });
}
