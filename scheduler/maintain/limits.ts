/** Named limits of what operators may make the calendar remember (I8). */

/** A site has a handful of windows at a time; a tool that makes one a host means one window of many hosts. */
export const WINDOWS_MAX = 200;
/** As many as a window of the largest fleets has; names of 10,000 hosts are 300 kB. */
export const WINDOW_HOSTS_MAX = 10_000;
/** Hosts named by all windows together: every host of the largest fleet once. */
export const WINDOW_HOSTS_TOTAL_MAX = 200_000;
/** Longest lead time of a window: who drains hosts a month ahead means to take them out for good. */
export const DRAIN_BEFORE_MAX_MS = 30 * 24 * 3_600_000;
/** Longest time that a drain may give: as long. */
export const DRAIN_DEADLINE_MAX_MS = DRAIN_BEFORE_MAX_MS;
/** The calendar looks at its windows at least this often, because the wall clock may be set. */
export const CALENDAR_LOOK_MS = 30_000;
