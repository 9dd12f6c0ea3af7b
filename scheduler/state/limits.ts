/** Limits that several parts keep (I8). */

/** Podman itself gets slow long before; the report of a host with this many is about 2 MB, below the message limit. */
export const TASKS_PER_HOST_MAX = 10_000;

/** A host that is cut into more parts than this keeps whatever runs on it in crumbs; growing one is always possible. */
export const RESERVATIONS_PER_HOST_MAX = 100;

/** Ten on each host of a large fleet: some 50 MB of records. */
export const RESERVATIONS_MAX = 100_000;
