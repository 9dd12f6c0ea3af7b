/** Everything the core asks the shell to do. The shell executes effects in order, after the mutations of the step are durable. */
import type { CommandOutcome, FrameworkHello, AgentHello, MasterMessage, PeerId, RefusalCode } from './protocol.js';
import type { OperatorReply } from './operate/commands.js';

/** One change of a durable record; `value` null deletes. Keys are `<table>/<id>`. */
export interface Mutation {
  readonly key: string;
  readonly value: unknown;
}

/** A line an admin would want to read: what was decided and why. Also an entry of the event history. */
export interface Decision {
  /** `host`, `offer`, `lease`, `task`, `move`, `plan`, `quota`, `session`, `freeze`, `condition`, `demand`, `maintenance` */
  readonly about: string;
  /** Id of the thing, `node17` or `ovirt/prod`. */
  readonly subject: string;
  /** One sentence for people. */
  readonly text: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

export type Effect =
  | {
      readonly kind: 'send';
      readonly peerId: PeerId;
      readonly message: MasterMessage;
      /** Of offers: when the first change that they follow from came, on the one clock. For metrics; no peer is told. */
      readonly causedMs?: number;
    }
  /** The session may acknowledge the peer's messages up to `seq`. */
  | { readonly kind: 'ack'; readonly peerId: PeerId; readonly seq: number }
  /** Answers a `session_open`: the peer's id and where it should resume. */
  | {
      readonly kind: 'session_accepted';
      readonly connectionId: string;
      readonly peerId: PeerId;
      readonly who: FrameworkHello | AgentHello;
      /** The host's id for agents, the framework's id for frameworks. */
      readonly assignedId: string;
      readonly resumeFromSeq: number;
      readonly newIncarnation: boolean;
    }
  | {
      readonly kind: 'session_refused';
      readonly connectionId: string;
      readonly code: RefusalCode;
      readonly message: string;
      readonly retryAfterMs: number;
    }
  /** End the peer's connection; it may come back unless its next hello is refused. */
  | { readonly kind: 'disconnect'; readonly peerId: PeerId; readonly reason: string }
  | { readonly kind: 'operator_reply'; readonly requestId: string; readonly reply: OperatorReply }
  | { readonly kind: 'decision'; readonly decision: Decision };

export interface StepResult {
  readonly mutations: readonly Mutation[];
  readonly effects: readonly Effect[];
}

export type { CommandOutcome };
