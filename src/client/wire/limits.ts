/**
 * Limits of the wire contract; the comments of `proto/mosaic/v1` state the same numbers. None is wider than what the core
 * takes: an agent that keeps to the contract must not be set aside for what it reports.
 */

/** A message to the master larger than this is refused by the transport. */
export const MESSAGE_BYTES_MAX = 4 * 1024 * 1024;
/** The master's own messages stay below this; a client's receive limit. A full state can be that large. */
export const MASTER_MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
/** Answers to operators: a page of 1,000 hosts with attributes is about 3 MiB, unpaged lists may be larger. */
export const OPERATOR_MESSAGE_BYTES_MAX = 64 * 1024 * 1024;

/** Names and ids: as long as a DNS name. */
export const NAME_CHARS_MAX = 253;
/** Ids of tasks on agent streams: a framework's id, a slash, and its own id of the task. */
export const AGENT_TASK_ID_CHARS_MAX = 2 * 63 + 2 + NAME_CHARS_MAX;
/** Text meant for people. */
export const TEXT_CHARS_MAX = 4_096;
/** Evidence of a demand: one line of a table. */
export const EVIDENCE_CHARS_MAX = 200;
/** The framework's own id of a demand or a task: agents know tasks by it and the framework's id together. */
export const OWN_ID_CHARS_MAX = 200;
/** The value of a host's attribute, and the name of the image that it has booted. */
export const ATTRIBUTE_CHARS_MAX = 256;
/** A value that a constraint compares with, a label of a task, the name of its image. */
export const VALUE_CHARS_MAX = 4_096;
/** One argument or variable of a task. */
export const ARGUMENT_CHARS_MAX = 32_768;
/** A secret shorter than this could be guessed. */
export const SECRET_CHARS_MIN = 16;

export const DEMAND_ENTRIES_MAX = 10_000;
export const DEMAND_COUNT_MAX = 1_000_000;
export const PRIORITY_MAX = 1_000_000;
export const CONSTRAINTS_MAX = 64;
export const CONSTRAINT_VALUES_MAX = 1_000;
export const PLACEMENTS_MAX = 8;
export const IDS_MAX = 10_000;
export const TASKS_PER_LAUNCH_MAX = 1_000;
export const TASKS_PER_REPORT_MAX = 10_000;
export const ROLES_PER_FRAMEWORK_MAX = 64;
export const MACS_MAX = 64;
export const PORT_RANGES_MAX = 64;
export const DIMENSIONS_MAX = 32;
/** What is shown of a role counts hosts by shape beside its dimensions. */
export const DIMENSIONS_SHOWN_MAX = 256;
export const ATTRIBUTES_MAX = 128;
export const LABELS_MAX = 256;
export const ARGUMENTS_MAX = 1_024;
export const BLOCKERS_MAX = 1_000;
export const WOULD_KILL_MAX = 20;
export const OBSERVED_HOSTS_MAX = 50_000;
export const WINDOW_HOSTS_MAX = 10_000;
export const WATCH_ABOUT_MAX = 32;
export const PAGE_LIMIT_MAX = 1_000;
export const PAGE_LIMIT_DEFAULT = 200;

/** Ten years: longer durations are mistakes (seconds taken for milliseconds, or the other way round). */
export const DURATION_MS_MAX = 10 * 365 * 24 * 3_600 * 1_000;
