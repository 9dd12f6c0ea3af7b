/** Role paths: `/` is the root, `/research/hadoop` a grandchild of it. */

/** Deep trees are hard to explain, and every charge walks to the root. */
export const ROLE_DEPTH_MAX = 8;
const SEGMENT_PATTERN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const lineages = new Map<string, readonly string[]>();
/** Paths are few (admins write them); the cache is emptied rather than grown by a peer that names many. */
const LINEAGES_MAX = 10_000;

/** The role itself, its parent, …, the root. `/a/b` → `/a/b`, `/a`, `/`. Remembered: every charge asks for it. */
export function lineage(path: string): readonly string[] {
  const known = lineages.get(path);
  if (known !== undefined) return known;
  const roles: string[] = [path];
  for (let parent = parentOf(path); parent !== null; parent = parentOf(parent)) roles.push(parent);
  if (lineages.size >= LINEAGES_MAX) lineages.clear();
  lineages.set(path, roles);
  return roles;
}

/** Parent path, or null for the root. */
export function parentOf(path: string): string | null {
  if (path === '/') return null;
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** Whether `path` is `ancestor` or lies below it. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || ancestor === '/' || path.startsWith(`${ancestor}/`);
}

/** A sentence, or null when the path is well formed. */
export function pathProblem(path: string): string | null {
  if (path === '/') return null;
  if (!path.startsWith('/')) return `role "${path}" must start with a slash, like /research/hadoop`;
  const segments = path.slice(1).split('/');
  if (segments.length > ROLE_DEPTH_MAX)
    return `role "${path}" has ${segments.length} levels; at most ${ROLE_DEPTH_MAX} are accepted`;
  const bad = segments.find((segment) => !SEGMENT_PATTERN.test(segment));
  if (bad !== undefined)
    return `role "${path}" has the part "${bad}"; each part is 1 to 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen`;
  return null;
}
