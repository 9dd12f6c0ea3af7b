/** Limits that several parts keep (I8). */

/** Podman itself gets slow long before; the report of a host with this many is about 2 MB, below the message limit. */
export const TASKS_PER_HOST_MAX = 10_000;
