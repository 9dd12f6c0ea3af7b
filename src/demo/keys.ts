import type { Demo } from './demo.js';
import type { Key } from './view/terminal.js';

export const INTERRUPTED = 130;

/** What the keyboard can do to a demo. */
export type DemoHands = Pick<Demo, 'phase' | 'killHost' | 'reviveHost' | 'toggleFreeze' | 'toggleHelp' | 'closeHelp'>;

/**
 * Carries out a key. Quitting is always possible; while the help page is shown any other key closes it; hosts and freezes
 * are touched only while scenario time runs.
 */
export function press(key: Key, demo: DemoHands, stop: (exitCode: number) => void): void {
  if (key === 'interrupt') stop(INTERRUPTED);
  else if (key === 'quit') stop(0);
  else if (demo.closeHelp()) return;
  else if (key === 'help') demo.toggleHelp();
  else if (demo.phase !== 'running') return;
  else if (key === 'kill') demo.killHost();
  else if (key === 'revive') demo.reviveHost();
  else if (key === 'freeze') demo.toggleFreeze();
}
