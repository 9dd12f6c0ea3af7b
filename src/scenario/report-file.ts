import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Why `--report` cannot be written there, in a sentence; null when it can. Asked before a run, not after it. */
export async function reportFileProblem(path: string | null): Promise<string | null> {
  if (path === null) return null;
  try {
    await access(dirname(path), constants.W_OK | constants.X_OK);
  } catch {
    return `--report is ${path}; its folder does not exist or cannot be written to`;
  }
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  if (found.isDirectory()) return `--report is ${path}, which is a folder; name a file in it`;
  return await access(path, constants.W_OK).then(
    () => null,
    () => `--report is ${path}, which cannot be written to`,
  );
}
