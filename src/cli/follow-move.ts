import { EXIT, type ExitCode } from './exit.js';
import type { TransitionView } from './operator-access.js';
import { LiveScreen } from './render/live.js';
import type { Rendering } from './render/rendering.js';
import { isDone, moveText, routeText, stateText } from './render/transitions.js';
import { timeOfDay } from './render/words.js';
import type { Session } from './session.js';

const LOOK_PERIOD_MS = 1_000;

export interface FollowOptions {
  /** `stuck`: also stop when it is blocked or waits for a person (exit 5). */
  readonly until: 'ended' | 'stuck';
  readonly timeoutMs: number | null;
}

/**
 * Follows a move: a picture that is redrawn on a terminal, a line for each change elsewhere, JSON lines where asked for.
 *
 * @param id a move, or the host it moves
 * @returns 0 complete, 1 ended otherwise, 5 stuck, 124 out of time, 130 interrupted
 */
export async function followMove(session: Session, id: string, { until, timeoutMs }: FollowOptions): Promise<ExitCode> {
  const { io } = session;
  const deadlineMs = timeoutMs === null ? Infinity : io.nowMs() + timeoutMs;
  const view = viewOf(session);
  // A host's name means another move later: what is followed is the one it has now.
  let moveId = id;
  try {
    for (;;) {
      const { transition } = await session.query({ kind: 'transition', transition: moveId });
      moveId = transition.transitionId;
      view.draw(transition);
      if (transition.outcome !== 'running') return isDone(transition) ? EXIT.done : EXIT.failed;
      if (
        until === 'stuck' &&
        (transition.word === 'blocked' || transition.word === 'waits for you' || transition.word === 'gave up')
      ) {
        session.note(`it is ${transition.word} and still tried; why: mosaic why ${moveId}`);
        return EXIT.blocked;
      }
      const leftMs = deadlineMs - io.nowMs();
      if (leftMs <= 0) {
        session.note(`--timeout ran out; the move goes on: mosaic move watch ${moveId}`);
        return EXIT.timedOut;
      }
      await io.sleep(Math.min(LOOK_PERIOD_MS, leftMs), io.interrupted);
      if (io.interrupted.aborted) {
        session.note(`\nthe move goes on; follow it again with: mosaic move watch ${moveId}`);
        return EXIT.interrupted;
      }
    }
  } finally {
    view.end();
  }
}

interface MoveView {
  draw(move: TransitionView): void;
  end(): void;
}

function viewOf(session: Session): MoveView {
  const { io, globals } = session;
  const asData = globals.format === 'json' || globals.format === 'jsonl' || globals.format === 'yaml';
  if (io.isTty && !asData && !globals.quiet) {
    const screen = new LiveScreen(io);
    return { draw: (move) => screen.draw(moveText(move, session.rendering()), ''), end: () => screen.end() };
  }
  let before = '';
  return {
    draw: (move) => {
      const key = JSON.stringify([
        move.step,
        move.attempt,
        move.direction,
        move.word,
        move.outcome,
        move.message,
        Math.floor(move.progressMilli / 100),
      ]);
      if (key === before) return;
      before = key;
      if (asData) io.out(`${JSON.stringify(move)}\n`);
      else if (!globals.quiet) io.out(lineOf(move, session.rendering()));
    },
    end: () => undefined,
  };
}

function lineOf(move: TransitionView, { style, nowMs, utc }: Rendering): string {
  const state =
    move.outcome === 'running' ? `${stateText(move)} ${move.word}` : isDone(move) ? 'complete' : stateText(move);
  return `${timeOfDay(nowMs, utc)} ${move.hostName} ${routeText(move, style.arrow)} ${state}${move.message === '' ? '' : `: ${move.message}`}\n`;
}
