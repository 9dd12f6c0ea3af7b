import type { MasterMessage, PeerMessage, RefusalCode, SessionHello } from '../../scheduler/index.js';

/** From a peer to the master. `ack` is cumulative: every master message up to it was applied. */
export type PeerFrame =
  | {
      readonly kind: 'hello';
      readonly hello: SessionHello;
      readonly secret: string;
      /** A framework's full state may come in pages. */
      readonly pagedResync: boolean;
    }
  | { readonly kind: 'peer_message'; readonly seq: number; readonly ack: number; readonly message: PeerMessage }
  | { readonly kind: 'peer_ack'; readonly ack: number }
  | { readonly kind: 'peer_heartbeat'; readonly ack: number };

/** From the master to a peer. `ack` is cumulative over the peer's messages: their effects are durable. */
export type MasterFrame =
  | {
      readonly kind: 'welcome';
      readonly term: number;
      readonly peerId: string;
      /** Host id for agents, framework id for frameworks. */
      readonly assignedId: string;
      /** First sequence the master has not applied; the peer resends from here. */
      readonly resumeFromSeq: number;
      /** True: master messages go on after `appliedSeq`; false: sequence starts at 1 again with the full state. */
      readonly resumed: boolean;
      readonly heartbeatMs: number;
    }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string; readonly retryAfterMs: number }
  | { readonly kind: 'master_message'; readonly seq: number; readonly ack: number; readonly message: MasterMessage }
  | { readonly kind: 'master_ack'; readonly ack: number }
  | { readonly kind: 'master_heartbeat'; readonly ack: number }
  /** A newer connection of the same peer took over: do not reconnect. */
  | { readonly kind: 'superseded' }
  /** The master is going away; reconnect after the given time. */
  | { readonly kind: 'going_away'; readonly reconnectAfterMs: number };

export type Frame = PeerFrame | MasterFrame;
