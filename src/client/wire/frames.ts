import type {
  AgentCommand,
  AgentHello,
  AgentMessage,
  FrameworkHello,
  FrameworkMessage,
  MasterMessage,
  PeerMessage,
  SessionHello,
} from '../../../scheduler/index.js';
import type { MasterFrame, PeerFrame } from '../../session/frames.js';
import { agentCommand, agentMessage } from './agent.js';
import { type Codec, type Input, type MessageName, type Output, empty, list, mapped, message, oneof } from './codec.js';
import { frameworkEvent, frameworkMessage, type SentEvent } from './framework.js';
import * as limits from './limits.js';
import { bytesOf } from './proto.js';
import { identity } from './resources.js';
import { count, durationMs, enumeration, flag, name } from './scalars.js';
import { anyName, required, words } from './steps.js';
import { WireError } from './wire-error.js';

/**
 * Bytes of the two `Connect` streams. One object per kind of peer; the master uses `readPeer` and `writeMaster`, peers the
 * others. All throw `WireError`.
 */
export interface FrameBytes {
  readonly writePeer: (frame: PeerFrame) => Buffer;
  readonly readPeer: (bytes: Buffer) => PeerFrame;
  readonly writeMaster: (frame: MasterFrame) => Buffer;
  /** Null for a frame of a kind that only a newer master knows: it is to be ignored. */
  readonly readMaster: (bytes: Buffer) => MasterFrame | null;
  /** Refuses a message that the master would refuse, one that is too large among them. */
  readonly checkMessage: (message: PeerMessage) => void;
}

// ---------------------------------------------------------------------------------------------------------------------
// Hello

interface Opening extends Omit<SessionHello, 'who' | 'secretHash'> {
  readonly secret: string;
  readonly pagedResync: boolean;
}

const session = message<'SessionOpening', Opening>({
  incarnation: required,
  secret: name({ required: true, secret: true, min: limits.SECRET_CHARS_MIN }),
  outboxFirstSeq: count,
  appliedTerm: count,
  appliedSeq: count,
  highestTerm: count,
  pagedResync: flag,
});

const WORKLOAD_PATTERN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const label = name({
  required: true,
  pattern: WORKLOAD_PATTERN,
  accepts: '1 to 63 lower-case letters, digits and dashes, with a letter or digit at both ends',
});

const frameworkHello = message<'FrameworkHello', Omit<FrameworkHello, 'kind'> & { readonly session: Opening }>({
  workload: label,
  name: label,
  roles: list(required, {
    max: limits.ROLES_PER_FRAMEWORK_MAX,
    atLeastOne: 'it must name at least one role',
    uniqueBy: (role) => role,
  }),
  executesSteps: flag,
  session,
});

const agentHello = message<'AgentHello', Omit<AgentHello, 'kind'> & { readonly session: Opening }>({
  name: required,
  identity,
  session,
});

type HelloFrame = Extract<PeerFrame, { kind: 'hello' }>;

/** The hello with who and session apart (domain) as one message (wire). The master hashes the secret itself. */
function helloArm<W extends FrameworkHello | AgentHello, I, O>(
  kind: W['kind'],
  codec: Codec<Omit<W, 'kind'> & { readonly session: Opening }, I, O>,
): Codec<Omit<HelloFrame, 'kind'>, I, O> {
  return mapped(
    codec,
    ({ hello, secret, pagedResync }) => {
      if (hello.who.kind !== kind) throw new WireError(`is that of a ${hello.who.kind}; this stream is for a ${kind}`);
      const { who, secretHash: _derived, ...rest } = hello;
      return { ...(who as W), session: { ...rest, secret, pagedResync } };
    },
    ({ session: { secret, pagedResync, ...rest }, ...who }) => ({
      secret,
      pagedResync,
      hello: { who: { kind, ...who } as unknown as W, secretHash: '', ...rest },
    }),
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// Frames that both kinds of peers share

const ack = message<'Ack', { readonly ack: number }>({ ack: count });
const heartbeat = message<'Heartbeat', { readonly ack: number }>({ ack: count });
const numbered = { seq: count, ack: count };

type Bare<K extends MasterFrame['kind']> = Omit<Extract<MasterFrame, { kind: K }>, 'kind'>;

const welcome = message<'Welcome', Bare<'welcome'>>({
  term: count,
  peerId: anyName,
  assignedId: anyName,
  resumeFromSeq: count,
  resumed: flag,
  heartbeatMs: durationMs,
});

const refused = message<'Refused', Bare<'refused'>>({
  // A code that only a newer master knows: the sentence says what it is about, and it may pass.
  code: enumeration(
    'REFUSAL_CODE',
    [
      'INVALID_ARGUMENT',
      'PERMISSION_DENIED',
      'NOT_FOUND',
      'STALE_TERM',
      'NOT_LEADER',
      'RESOURCE_EXHAUSTED',
      'QUARANTINED',
    ],
    'RESOURCE_EXHAUSTED',
  ),
  message: words,
  retryAfterMs: durationMs,
});

const superseded = empty<'Superseded'>();
const goingAway = message<'GoingAway', Bare<'going_away'>>({ reconnectAfterMs: durationMs });

interface Numbered<M> {
  readonly seq: number;
  readonly ack: number;
  readonly message: M;
}

/** Frames with the names that their arms have on the wire. */
type PeerArm<M> =
  | HelloFrame
  | ({ readonly kind: 'message' } & Numbered<M>)
  | { readonly kind: 'ack'; readonly ack: number }
  | { readonly kind: 'heartbeat'; readonly ack: number };
type MasterArm<M> =
  | Extract<MasterFrame, { kind: 'welcome' | 'refused' | 'superseded' | 'going_away' }>
  | ({ readonly kind: 'message' } & Numbered<M>)
  | { readonly kind: 'ack'; readonly ack: number }
  | { readonly kind: 'heartbeat'; readonly ack: number };

// ---------------------------------------------------------------------------------------------------------------------
// The two streams

const frameworkPeerArm = oneof<'FrameworkServiceConnectRequest', PeerArm<FrameworkMessage>>('frame', {
  hello: helloArm<FrameworkHello, Input<'FrameworkHello'>, Output<'FrameworkHello'>>('framework', frameworkHello),
  message: message<'FrameworkMessage', Numbered<FrameworkMessage>>({ ...numbered, message: frameworkMessage }),
  ack,
  heartbeat,
});

const agentPeerArm = oneof<'AgentServiceConnectRequest', PeerArm<AgentMessage>>('frame', {
  hello: helloArm<AgentHello, Input<'AgentHello'>, Output<'AgentHello'>>('agent', agentHello),
  message: message<'AgentMessage', Numbered<AgentMessage>>({ ...numbered, message: agentMessage }),
  ack,
  heartbeat,
});

const frameworkMasterArm = oneof<'FrameworkServiceConnectResponse', MasterArm<SentEvent>>('frame', {
  welcome,
  refused,
  message: message<'FrameworkEvent', Numbered<SentEvent>>({ ...numbered, message: frameworkEvent }),
  ack,
  heartbeat,
  superseded,
  going_away: goingAway,
});

const agentMasterArm = oneof<'AgentServiceConnectResponse', MasterArm<AgentCommand>>('frame', {
  welcome,
  refused,
  message: message<'AgentCommand', Numbered<AgentCommand>>({ ...numbered, message: agentCommand }),
  ack,
  heartbeat,
  superseded,
  going_away: goingAway,
});

/** The sequence that takes most room on the wire. */
const SEQ_LONGEST = Number.MAX_SAFE_INTEGER;

const SHARED_NAMES = new Set(['message', 'ack', 'heartbeat']);

/** Both directions have frames named message, ack and heartbeat on the wire; the domain tells them apart by name. */
function toArm(prefix: 'peer_' | 'master_', frame: PeerFrame | MasterFrame): object {
  const kind = frame.kind.startsWith(prefix) ? frame.kind.slice(prefix.length) : frame.kind;
  return { ...frame, kind };
}

function fromArm(prefix: 'peer_' | 'master_', arm: { readonly kind: string }): object {
  return SHARED_NAMES.has(arm.kind) ? { ...arm, kind: `${prefix}${arm.kind}` } : arm;
}

function frameBytes<
  Request extends MessageName,
  Response extends MessageName,
  Sent extends PeerMessage,
  Received extends MasterMessage,
>(options: {
  readonly request: Request;
  readonly response: Response;
  readonly peerArm: Codec<PeerArm<Sent>, Partial<Input<Request>>, Output<Request>>;
  readonly masterArm: Codec<MasterArm<Received>, Partial<Input<Response>>, Output<Response>>;
  readonly messages: { readonly check: (message: Sent) => void };
}): FrameBytes {
  const { peerArm, masterArm } = options;
  const requests = bytesOf(options.request);
  const responses = bytesOf(options.response);
  return {
    writePeer: (frame) =>
      named(() => requests.write(peerArm.encode(toArm('peer_', frame) as PeerArm<Sent>) as Input<Request>)),
    readPeer: (bytes) => named(() => fromArm('peer_', peerArm.decode(requests.read(bytes))) as PeerFrame),
    writeMaster: (frame) =>
      named(() => responses.write(masterArm.encode(toArm('master_', frame) as MasterArm<Received>) as Input<Response>)),
    readMaster: (bytes) =>
      named(() => {
        const wire = responses.read(bytes);
        return (wire as { frame?: string }).frame === undefined
          ? null
          : (fromArm('master_', masterArm.decode(wire)) as MasterFrame);
      }),
    checkMessage: (value) => {
      named(() => {
        options.messages.check(value as Sent);
        const arm = { kind: 'message', seq: SEQ_LONGEST, ack: SEQ_LONGEST, message: value as Sent } as const;
        const { length } = requests.write(peerArm.encode(arm) as Input<Request>);
        if (length > limits.MESSAGE_BYTES_MAX)
          throw new WireError(`has ${length} bytes; at most ${limits.MESSAGE_BYTES_MAX} are accepted`, 'the message');
      });
    },
  };
}

/** The envelope of a message is no part of the path that a person wants to read. */
function named<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof WireError && error.path.startsWith('message.'))
      throw new WireError(error.problem, error.path.slice('message.'.length));
    throw error;
  }
}

/** Frames of `FrameworkService.Connect`. */
export const frameworkFrames: FrameBytes = frameBytes({
  request: 'FrameworkServiceConnectRequest',
  response: 'FrameworkServiceConnectResponse',
  peerArm: frameworkPeerArm,
  masterArm: frameworkMasterArm,
  messages: frameworkMessage,
});

/** Frames of `AgentService.Connect`. */
export const agentFrames: FrameBytes = frameBytes({
  request: 'AgentServiceConnectRequest',
  response: 'AgentServiceConnectResponse',
  peerArm: agentPeerArm,
  masterArm: agentMasterArm,
  messages: agentMessage,
});
