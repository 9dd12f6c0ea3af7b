/**
 * What a master's process is started with, as the unit file in `docs/running.md` has it (a test compares them): 64 MiB for
 * short-lived objects instead of 16. A pass that makes ten thousand offers then is done before the first of them is copied.
 */
export const MASTER_NODE_FLAGS: readonly string[] = ['--max-semi-space-size=64'];
