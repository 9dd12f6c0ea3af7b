import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it; one that is there is left as it is. Answers the topmost that was made, undefined when
 * none was. Throws what the system says when it cannot.
 *
 * Not Node's recursive `mkdir`: where the parent is there and yet nothing can be made in it (`/proc`), that one tries for
 * ever.
 */
export function makeFolder(path: string, mode = 0o777): string | undefined {
  try {
    mkdirSync(path, { mode });
    return path;
  } catch (error) {
    if (isFolder(path)) return undefined;
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(parent)) throw error;
    const topmost = makeFolder(parent, mode);
    const own = makeFolder(path, mode);
    return topmost ?? own;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
