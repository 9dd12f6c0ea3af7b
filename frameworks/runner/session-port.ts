import type { FrameworkEvent, FrameworkMessage } from '../contract/protocol.js';

/** The runner's way to the master. Production and simulator both put a durable peer session here. */
export interface FrameworkSession {
  /** Takes the message in any state; it reaches the master once, in order, or the session starts over (`resync`). */
  send(message: FrameworkMessage): void;
}

/** What the session tells the runner. All of it synchronous: when `onEvent` returns the event counts as applied. */
export interface FrameworkSessionHandler {
  onEvent(event: FrameworkEvent): void;
  /** `resumed` false: the master sends its full state next (`resync`), and the runner sends its own again. */
  onConnected(info: { readonly resumed: boolean }): void;
  onDisconnected(reason: string): void;
  /** The session is over for good (superseded by a newer process, refused, closed): nothing may be done any more. */
  onEnded(reason: string): void;
}
