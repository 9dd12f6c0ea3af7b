/** Everything that can happen to the core. The loop stamps each with the one clock's time. */
import type { AgentMessage, FrameworkMessage, PeerId, SessionHello } from './protocol.js';
import type { OperatorCommand } from './operate/commands.js';

export type Event =
  /** First event of every start, after the state was loaded: derive again what has to be sent and asked. */
  | { readonly kind: 'started'; readonly term: number; readonly wallMs?: number }
  /**
   * Time has passed; expire, retry, plan. The shell sends it no later than `nextWakeMs()`.
   *
   * `wallMs`: what the wall clock shows, for calendars; the one clock runs on its own. Absent: the wall clock shows the
   * same as the one clock.
   */
  | { readonly kind: 'tick'; readonly wallMs?: number }
  /** A peer opened a connection and said hello; the answer is `session_accepted` or `session_refused`. */
  | { readonly kind: 'session_open'; readonly connectionId: string; readonly hello: SessionHello }
  /** The session layer wired the connection to the peer; `resumed` false: send the full state (`resync`). */
  | { readonly kind: 'peer_connected'; readonly peerId: PeerId; readonly resumed: boolean }
  | { readonly kind: 'peer_disconnected'; readonly peerId: PeerId; readonly reason: string }
  | {
      readonly kind: 'framework_message';
      readonly peerId: PeerId;
      readonly seq: number;
      readonly message: FrameworkMessage;
    }
  | { readonly kind: 'agent_message'; readonly peerId: PeerId; readonly seq: number; readonly message: AgentMessage }
  | {
      readonly kind: 'operator_command';
      readonly requestId: string;
      readonly principal: string;
      readonly command: OperatorCommand;
    }
  /** A peer or host made an assertion fail (I10): it is set aside, everyone else goes on. */
  | { readonly kind: 'quarantine'; readonly peerId: PeerId; readonly reason: string };
