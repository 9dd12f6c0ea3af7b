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
  const tell = <A extends readonly unknown[]>(
    hears: (observer: Partial<LoopObserver>) => ((...event: A) => void) | undefined,
  ): ((...event: A) => void) => {
    // Found once: some of it is told several thousand times a second, to few of them.
    const hearers = observers.flatMap((observer) => hears(observer)?.bind(observer) ?? []);
    return (...event) => {
      for (const hearer of hearers) {
        try {
          hearer(...event);
        } catch (error) {
          onFailure(error);
        }
      }
    };
  };
  return {
    onLeading: tell((one) => one.onLeading),
    onCommitted: tell((one) => one.onCommitted),
    onReload: tell((one) => one.onReload),
    onEnded: tell((one) => one.onEnded),
    onStep: tell((one) => one.onStep),
    onCommit: tell((one) => one.onCommit),
    onStall: tell((one) => one.onStall),
    onStallEnded: tell((one) => one.onStallEnded),
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
