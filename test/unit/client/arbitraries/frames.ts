/** What a session wraps it in. */
import fc from 'fast-check';
import type {
  AgentCommand,
  AgentMessage,
  FrameworkEvent,
  FrameworkMessage,
  RefusalCode,
  SessionHello,
} from '../../../../scheduler/index.js';
import type { MasterFrame, PeerFrame } from '../../../../src/session/frames.js';
import { AGENT_COMMANDS, AGENT_MESSAGES, FRAMEWORK_EVENTS, FRAMEWORK_MESSAGES, identity } from './protocol.js';
import { type Table, anyName, count, durationMs, flag, ids, kindOf, oneOfTable, required, words } from './words.js';

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const helloOf = (who: fc.Arbitrary<SessionHello['who']>): fc.Arbitrary<Extract<PeerFrame, { kind: 'hello' }>> =>
  fc.record({
    ...kindOf('hello'),
    secret: fc.stringMatching(/^[0-9a-f]{16,40}$/),
    pagedResync: flag,
    hello: fc.record({
      who,
      incarnation: required,
      // Made by the master from the secret; it does not travel.
      secretHash: fc.constant(''),
      outboxFirstSeq: count,
      appliedTerm: count,
      appliedSeq: count,
      highestTerm: count,
    }),
  });
const frameworkHello = helloOf(
  fc.record({ ...kindOf('framework'), workload: label, name: label, roles: ids, executesSteps: flag }),
);
const agentHello = helloOf(fc.record({ ...kindOf('agent'), name: required, identity }));

const peerFrames = (
  hello: typeof frameworkHello,
  message: fc.Arbitrary<FrameworkMessage | AgentMessage>,
): Table<PeerFrame> => ({
  hello,
  peer_message: fc.record({ ...kindOf('peer_message'), seq: count, ack: count, message }),
  peer_ack: fc.record({ ...kindOf('peer_ack'), ack: count }),
  peer_heartbeat: fc.record({ ...kindOf('peer_heartbeat'), ack: count }),
});
export const frameworkPeerFrame = oneOfTable(peerFrames(frameworkHello, oneOfTable(FRAMEWORK_MESSAGES)));
export const agentPeerFrame = oneOfTable(peerFrames(agentHello, oneOfTable(AGENT_MESSAGES)));

const masterFrames = (message: fc.Arbitrary<FrameworkEvent | AgentCommand>): Table<MasterFrame> => ({
  welcome: fc.record({
    ...kindOf('welcome'),
    term: count,
    peerId: anyName,
    assignedId: anyName,
    resumeFromSeq: count,
    resumed: flag,
    heartbeatMs: durationMs,
  }),
  refused: fc.record({
    ...kindOf('refused'),
    code: fc.constantFrom<RefusalCode>(
      'INVALID_ARGUMENT',
      'PERMISSION_DENIED',
      'NOT_FOUND',
      'STALE_TERM',
      'NOT_LEADER',
      'RESOURCE_EXHAUSTED',
      'QUARANTINED',
    ),
    message: words,
    retryAfterMs: durationMs,
  }),
  master_message: fc.record({ ...kindOf('master_message'), seq: count, ack: count, message }),
  master_ack: fc.record({ ...kindOf('master_ack'), ack: count }),
  master_heartbeat: fc.record({ ...kindOf('master_heartbeat'), ack: count }),
  superseded: fc.record(kindOf('superseded')),
  going_away: fc.record({ ...kindOf('going_away'), reconnectAfterMs: durationMs }),
});
export const frameworkMasterFrame = oneOfTable(masterFrames(oneOfTable(FRAMEWORK_EVENTS)));
export const agentMasterFrame = oneOfTable(masterFrames(oneOfTable(AGENT_COMMANDS)));
