import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Why the report could not be written, in a sentence; null when it can. Asked before a run, not found out after it. */
export async function reportFileProblem(path: string | null): Promise<string | null> {
  if (path === null) return null;
  try {
    await access(dirname(path), constants.W_OK);
    return null;
  } catch {
    return `--report is ${path}; its folder does not exist or cannot be written to`;
  }
}
