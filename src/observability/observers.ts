/** Observers of the loop that can be put together. */
import type { LoopObserver } from '../daemon/loop.js';
import { decisionLine } from './decision-line.js';
import type { Logger } from './log.js';

/**
 * Tells all of them, in their order. One that throws does not keep the others from being told: what became durable has
 * happened, whoever fails to hear of it. The first failure is given to `onFailure`.
 */
export function combineObservers(
  observers: readonly Partial<LoopObserver>[],
  onFailure: (error: unknown) => void,
): LoopObserver {
  const each = (tell: (observer: Partial<LoopObserver>) => void): void => {
    for (const observer of observers) {
      try {
        tell(observer);
      } catch (error) {
        onFailure(error);
      }
    }
  };
  return {
    onLeading: (term) => each((one) => one.onLeading?.(term)),
    onCommitted: (atMs, decisions, mutations) => each((one) => one.onCommitted?.(atMs, decisions, mutations)),
    onReload: (reason) => each((one) => one.onReload?.(reason)),
    onEnded: (error) => each((one) => one.onEnded?.(error)),
    onStep: (kind, nowMs) => each((one) => one.onStep?.(kind, nowMs)),
    onCommit: (durationMs, mutations) => each((one) => one.onCommit?.(durationMs, mutations)),
    onStall: (ageMs) => each((one) => one.onStall?.(ageMs)),
    onStallEnded: (durationMs) => each((one) => one.onStallEnded?.(durationMs)),
  };
}

/** A commit that takes longer is worth a line: everything waits for it. */
const SLOW_COMMIT_MS = 500;

/** One line per decision that an admin would want to read, and one for each turn in the master's life. */
export function loggingObserver(logger: Logger): LoopObserver {
  return {
    onLeading: (term) => {
      logger.info({ term }, `leading, term ${term}`);
    },
    onCommitted: (_atMs, decisions) => {
      for (const decision of decisions) {
        const { about, subject, fields } = decision;
        logger.info({ about, subject, fields }, decisionLine(decision));
      }
    },
    onReload: (reason) => {
      logger.error({ reason }, `memory is dropped and loaded again: ${reason}`);
    },
    onEnded: (error) => {
      if (error === null) logger.info('stopped');
      else logger.fatal({ err: error }, `ended: ${error.message}`);
    },
    onCommit: (durationMs, mutations) => {
      if (durationMs >= SLOW_COMMIT_MS)
        logger.warn(
          { durationMs, mutations },
          `a commit of ${mutations} records took ${durationMs} ms: is the disk slow?`,
        );
    },
    onStall: (ageMs) => {
      logger.error(
        { ageMs },
        `the store does not take commits: one has been in flight for ${Math.round(ageMs / 1_000)} s; everything waits for it`,
      );
    },
    onStallEnded: (durationMs) => {
      logger.warn({ durationMs }, `the store takes commits again, after ${Math.round(durationMs / 1_000)} s`);
    },
  };
}
