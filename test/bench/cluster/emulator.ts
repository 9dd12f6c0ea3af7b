/**
 * An emulator is a child process of the run: it waits for the message that says what it is to be, tells how it stands each
 * second, and ends when its parent ends it or is gone.
 */
import type { Emulator, Tell } from './emulator-parts.js';
import type { ToEmulator } from './messages.js';

const STATE_EVERY_MS = 1_000;

const tell: Tell = (message) => {
  if (process.connected) process.send?.(message);
};

let emulator: Emulator | null = null;

process.on('message', (message: ToEmulator) => {
  if (message.kind !== 'start') {
    emulator?.onMessage(message);
    return;
  }
  void (async () => {
    const { start } = message;
    emulator =
      start.kind === 'agents'
        ? (await import('./agents.js')).startAgents(start, tell)
        : (await import('./frameworks.js')).startFrameworks(start, tell);
    tell({ kind: 'ready' });
    const { state } = emulator;
    setInterval(() => {
      tell({ kind: 'state', ...state() });
    }, STATE_EVERY_MS);
  })();
});

// Ctrl-C reaches the whole terminal; only the parent acts on it, and its end closes the channel.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  emulator?.close();
  process.exit(0);
});
