/**
 * `mosaic/client`: everything that a framework, an agent or an operator's tool needs to talk to a master.
 *
 *  - frameworks: `connectFramework`, `wantHosts`, `wantSlices`, `newTask`, `HostSteps`
 *  - operators: `OperatorClient`
 *  - whoever keeps a session of its own: `PeerSession` over a `GrpcDialer`
 */
export { ClientError } from './client-error.js';
export { FrameworkClient, connectFramework } from './framework-client.js';
export type { FrameworkClientOptions, FrameworkEvents } from './framework-options.js';
export { GrpcDialer, type GrpcDialerOptions } from './grpc-dialer.js';
export { AdapterError, type AdapterErrorCode, type Forecast, type HostSteps, type StepContext } from './host-steps.js';
export { OperatorClient, type OperatorClientOptions, type WatchOptions } from './operator-client.js';
export { newTask, wantHosts, wantSlices, type WantOptions } from './wants.js';
export { protoFolder } from './wire/proto.js';
export type { WatchItem, WatchRequest, WatchToken } from './wire/watch.js';
export { WireError } from './wire/wire-error.js';
export { PeerSession, type PeerSessionHandlers, type PeerSessionOptions } from '../session/peer-session.js';
export { SystemClock, SystemRandom } from '../ports/system.js';
export type { CancelTimer, Clock, Connection, ConnectionHandler, Dialer, Random } from '../ports/index.js';

export type {
  AcceptAction,
  AgentCommand,
  AgentHello,
  AgentMessage,
  AgentReport,
  Blocker,
  CommandOutcome,
  ConditionKind,
  ConditionView,
  Constraint,
  Decision,
  DemandEntry,
  DemandStatus,
  DemandView,
  ErrorCode,
  FaultDomain,
  FrameworkEvent,
  FrameworkHello,
  FrameworkMessage,
  FrameworkView,
  FreezeView,
  HostIdentity,
  HostLease,
  HostMode,
  HostView,
  LeaveForecast,
  NeedView,
  ObservedHost,
  Offer,
  OfferView,
  OperatorCommand,
  OperatorReply,
  OverviewView,
  OwnerView,
  Page,
  PeerId,
  Placement,
  PlanView,
  PortRange,
  Quantities,
  Query,
  QueryResult,
  ReclaimPolicy,
  RefusalCode,
  Resources,
  RoleChange,
  RoleView,
  StepName,
  StepPolicy,
  StepRenew,
  StepRequest,
  StepState,
  StepUpdate,
  TaskSpec,
  TaskState,
  TaskStatus,
  TaskView,
  TransitionStep,
  TransitionView,
  WaitReason,
  WaitWord,
  WhyView,
} from '../../scheduler/index.js';
