import { TASKS_PER_HOST_MAX } from '../state/limits.js';

/** Named limits of what peers may make the core remember (I8). At a limit the peer is refused or the oldest is dropped. */

/** Four times the largest single fleet we know of; a host costs about 2 kB of memory, so 400 MB. */
export const HOSTS_MAX = 200_000;
/**
 * What one host may have, far beyond any machine: a mistake in the unit must not count as capacity. `HOSTS_MAX` hosts with
 * so much add up to less than 2^53 units (of bytes: MiB), so that every sum over the fleet is exact.
 */
export const HOST_CPUS_MILLI_MAX = 65_536_000;
/** 4 PiB; of memory, disk, and whatever else is counted in bytes. */
export const HOST_BYTES_MAX = 2 ** 52;
/** Of any other dimension. */
export const HOST_AMOUNT_MAX = 2 ** 34;
/** Mesos clusters ran a few hundred frameworks; jobs that register one each reach thousands. */
export const FRAMEWORKS_MAX = 10_000;
/** A framework with more roles than this means to be several frameworks. */
export const ROLES_PER_FRAMEWORK_MAX = 64;
/** Labels, not a database: every constraint check looks them up, every offer carries them. */
export const ATTRIBUTES_MAX = 128;
export const ATTRIBUTE_LENGTH_MAX = 256;
/** A big switch-attached machine has some dozen ports; virtual ones are not permanent and do not count. */
export const MACS_MAX = 64;
/** The agent keeps ended tasks until they are acknowledged, beside as many live ones as a host may have. */
export const REPORTED_TASKS_MAX = 2 * TASKS_PER_HOST_MAX;
/** Ended tasks kept per framework until it acknowledges them; the oldest is dropped beyond. */
export const ENDED_TASKS_KEPT = 1_000;
/** Statuses asked for by name in one message; a framework that wants more asks for all. */
export const RECONCILE_TASKS_MAX = 10_000;
/** Host names of DNS end here. */
export const NAME_LENGTH_MAX = 253;
/** Ids, hashes and other words a peer chooses. */
export const WORD_LENGTH_MAX = 256;
/** Free text of peers that is shown to people is cut here. */
export const MESSAGE_LENGTH_MAX = 1_000;
/** Things named one by one in a sentence; the rest is counted. */
export const NAMED_MAX = 5;
/** Hosts looked at per part of an identity; more hosts than this with one serial mean that the serial says nothing. */
export const IDENTITY_CANDIDATES_MAX = 64;
