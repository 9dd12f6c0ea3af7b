/** Ends a wait that is in vain, before jest's own limit does: the failure then says what did not come. Never an expectation. */
const DEADLINE_MS = 240_000;
const LOOK_EVERY_MS = 10;

/** Resolves when `holds` answers true; looks again every few milliseconds. For what no event tells. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + DEADLINE_MS;
  while (!(await holds())) {
    if (performance.now() > deadlineMs) throw new Error(`waited ${DEADLINE_MS} ms for this in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
