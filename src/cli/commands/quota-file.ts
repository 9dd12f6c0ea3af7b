/** `mosaic quota apply` and `mosaic quota diff`: several roles from one file. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { errorText } from '../../config/error-text.js';
import { badInput, EXIT } from '../exit.js';
import { action, describe, dryRun, flag, text, type Options, type Program } from '../noun.js';
import type { RoleEdit } from '../parse/quota-file.js';
import type { Session } from '../session.js';

const FILE_FLAG = [
  '-f, --file <file>',
  'roles as mosaic quota list -o json shows them, as JSON or YAML; - reads standard input',
] as const;

export function registerQuotaFile(program: Program, quota: Command): void {
  const apply = describe(quota.command('apply').option(...FILE_FLAG), {
    summary: 'Make or change several roles at once, all or none',
    more:
      'What the roles will be together is checked: one can be raised by what another gives up. ' +
      'Roles and fields that the file does not name stay as they are.',
    examples: [
      'mosaic quota list -o json > quotas.json   # edit it, then:',
      'mosaic quota apply -f quotas.json --dry-run',
      'mosaic quota apply -f quotas.json',
    ],
  }).option('--force', 'accept guarantees above capacity and limits below use');
  action(program, dryRun(apply), async (session, _args, options) => {
    const roles = await editsOf(session, options, 'apply');
    const force = flag(options, 'force') ? { force: true } : {};
    return session.change({ kind: 'quota_apply', roles, ...force, dryRun: flag(options, 'dryRun') });
  });
  const diff = describe(quota.command('diff').option(...FILE_FLAG), {
    summary: 'What a file of quotas would change, field by field (exit 10 when there is something)',
    examples: ['mosaic quota diff -f quotas.json', 'mosaic quota diff -f quotas.json -o json'],
  });
  action(program, diff, async (session, _args, options) => {
    const [{ quotaDifferences, differencesShown }, { roles }, edits] = await Promise.all([
      import('../quota-diff.js'),
      session.query({ kind: 'roles' }),
      editsOf(session, options, 'diff'),
    ]);
    const differences = quotaDifferences(roles, edits);
    await session.show(differencesShown(differences, text(options, 'file')));
    return differences.length > 0 ? EXIT.changes : EXIT.done;
  });
}

async function editsOf(session: Session, options: Options, verb: string): Promise<readonly RoleEdit[]> {
  const path = text(options, 'file');
  const example = `mosaic quota ${verb} -f quotas.json`;
  if (path === '') throw badInput('name the file: -f FILE', example);
  const { parseQuotaFile } = await import('../parse/quota-file.js');
  if (path === '-') return parseQuotaFile('standard input', await session.io.readInput());
  let content: string;
  try {
    content = await readFile(resolve(session.io.folder, path), 'utf8');
  } catch (error) {
    throw badInput(`the file ${path} cannot be read (${errorText(error)})`, example);
  }
  return parseQuotaFile(path, content);
}
