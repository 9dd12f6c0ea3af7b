import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Accept as _mosaic_v1_Accept, Accept__Output as _mosaic_v1_Accept__Output } from './mosaic/v1/Accept.js';
import type { Ack as _mosaic_v1_Ack, Ack__Output as _mosaic_v1_Ack__Output } from './mosaic/v1/Ack.js';
import type { Blocker as _mosaic_v1_Blocker, Blocker__Output as _mosaic_v1_Blocker__Output } from './mosaic/v1/Blocker.js';
import type { Claim as _mosaic_v1_Claim, Claim__Output as _mosaic_v1_Claim__Output } from './mosaic/v1/Claim.js';
import type { CommandDone as _mosaic_v1_CommandDone, CommandDone__Output as _mosaic_v1_CommandDone__Output } from './mosaic/v1/CommandDone.js';
import type { CommandFailed as _mosaic_v1_CommandFailed, CommandFailed__Output as _mosaic_v1_CommandFailed__Output } from './mosaic/v1/CommandFailed.js';
import type { CommandResult as _mosaic_v1_CommandResult, CommandResult__Output as _mosaic_v1_CommandResult__Output } from './mosaic/v1/CommandResult.js';
import type { Constraint as _mosaic_v1_Constraint, Constraint__Output as _mosaic_v1_Constraint__Output } from './mosaic/v1/Constraint.js';
import type { Decline as _mosaic_v1_Decline, Decline__Output as _mosaic_v1_Decline__Output } from './mosaic/v1/Decline.js';
import type { Demand as _mosaic_v1_Demand, Demand__Output as _mosaic_v1_Demand__Output } from './mosaic/v1/Demand.js';
import type { DemandEntry as _mosaic_v1_DemandEntry, DemandEntry__Output as _mosaic_v1_DemandEntry__Output } from './mosaic/v1/DemandEntry.js';
import type { DemandStatus as _mosaic_v1_DemandStatus, DemandStatus__Output as _mosaic_v1_DemandStatus__Output } from './mosaic/v1/DemandStatus.js';
import type { DemandStatuses as _mosaic_v1_DemandStatuses, DemandStatuses__Output as _mosaic_v1_DemandStatuses__Output } from './mosaic/v1/DemandStatuses.js';
import type { FaultDomain as _mosaic_v1_FaultDomain, FaultDomain__Output as _mosaic_v1_FaultDomain__Output } from './mosaic/v1/FaultDomain.js';
import type { FrameworkError as _mosaic_v1_FrameworkError, FrameworkError__Output as _mosaic_v1_FrameworkError__Output } from './mosaic/v1/FrameworkError.js';
import type { FrameworkEvent as _mosaic_v1_FrameworkEvent, FrameworkEvent__Output as _mosaic_v1_FrameworkEvent__Output } from './mosaic/v1/FrameworkEvent.js';
import type { FrameworkHello as _mosaic_v1_FrameworkHello, FrameworkHello__Output as _mosaic_v1_FrameworkHello__Output } from './mosaic/v1/FrameworkHello.js';
import type { FrameworkMessage as _mosaic_v1_FrameworkMessage, FrameworkMessage__Output as _mosaic_v1_FrameworkMessage__Output } from './mosaic/v1/FrameworkMessage.js';
import type { FrameworkServiceClient as _mosaic_v1_FrameworkServiceClient, FrameworkServiceDefinition as _mosaic_v1_FrameworkServiceDefinition } from './mosaic/v1/FrameworkService.js';
import type { FrameworkServiceConnectRequest as _mosaic_v1_FrameworkServiceConnectRequest, FrameworkServiceConnectRequest__Output as _mosaic_v1_FrameworkServiceConnectRequest__Output } from './mosaic/v1/FrameworkServiceConnectRequest.js';
import type { FrameworkServiceConnectResponse as _mosaic_v1_FrameworkServiceConnectResponse, FrameworkServiceConnectResponse__Output as _mosaic_v1_FrameworkServiceConnectResponse__Output } from './mosaic/v1/FrameworkServiceConnectResponse.js';
import type { GoingAway as _mosaic_v1_GoingAway, GoingAway__Output as _mosaic_v1_GoingAway__Output } from './mosaic/v1/GoingAway.js';
import type { Heartbeat as _mosaic_v1_Heartbeat, Heartbeat__Output as _mosaic_v1_Heartbeat__Output } from './mosaic/v1/Heartbeat.js';
import type { HostIdentity as _mosaic_v1_HostIdentity, HostIdentity__Output as _mosaic_v1_HostIdentity__Output } from './mosaic/v1/HostIdentity.js';
import type { HostLease as _mosaic_v1_HostLease, HostLease__Output as _mosaic_v1_HostLease__Output } from './mosaic/v1/HostLease.js';
import type { HostUnavailable as _mosaic_v1_HostUnavailable, HostUnavailable__Output as _mosaic_v1_HostUnavailable__Output } from './mosaic/v1/HostUnavailable.js';
import type { KillTask as _mosaic_v1_KillTask, KillTask__Output as _mosaic_v1_KillTask__Output } from './mosaic/v1/KillTask.js';
import type { Launch as _mosaic_v1_Launch, Launch__Output as _mosaic_v1_Launch__Output } from './mosaic/v1/Launch.js';
import type { LeaseChange as _mosaic_v1_LeaseChange, LeaseChange__Output as _mosaic_v1_LeaseChange__Output } from './mosaic/v1/LeaseChange.js';
import type { LeaveForecast as _mosaic_v1_LeaveForecast, LeaveForecast__Output as _mosaic_v1_LeaveForecast__Output } from './mosaic/v1/LeaveForecast.js';
import type { Observation as _mosaic_v1_Observation, Observation__Output as _mosaic_v1_Observation__Output } from './mosaic/v1/Observation.js';
import type { ObservedHost as _mosaic_v1_ObservedHost, ObservedHost__Output as _mosaic_v1_ObservedHost__Output } from './mosaic/v1/ObservedHost.js';
import type { Offer as _mosaic_v1_Offer, Offer__Output as _mosaic_v1_Offer__Output } from './mosaic/v1/Offer.js';
import type { Offers as _mosaic_v1_Offers, Offers__Output as _mosaic_v1_Offers__Output } from './mosaic/v1/Offers.js';
import type { OpenOffers as _mosaic_v1_OpenOffers, OpenOffers__Output as _mosaic_v1_OpenOffers__Output } from './mosaic/v1/OpenOffers.js';
import type { Placement as _mosaic_v1_Placement, Placement__Output as _mosaic_v1_Placement__Output } from './mosaic/v1/Placement.js';
import type { PortRange as _mosaic_v1_PortRange, PortRange__Output as _mosaic_v1_PortRange__Output } from './mosaic/v1/PortRange.js';
import type { Quantities as _mosaic_v1_Quantities, Quantities__Output as _mosaic_v1_Quantities__Output } from './mosaic/v1/Quantities.js';
import type { Reconcile as _mosaic_v1_Reconcile, Reconcile__Output as _mosaic_v1_Reconcile__Output } from './mosaic/v1/Reconcile.js';
import type { Refused as _mosaic_v1_Refused, Refused__Output as _mosaic_v1_Refused__Output } from './mosaic/v1/Refused.js';
import type { Renew as _mosaic_v1_Renew, Renew__Output as _mosaic_v1_Renew__Output } from './mosaic/v1/Renew.js';
import type { Rescind as _mosaic_v1_Rescind, Rescind__Output as _mosaic_v1_Rescind__Output } from './mosaic/v1/Rescind.js';
import type { Reserve as _mosaic_v1_Reserve, Reserve__Output as _mosaic_v1_Reserve__Output } from './mosaic/v1/Reserve.js';
import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from './mosaic/v1/Resources.js';
import type { Resync as _mosaic_v1_Resync, Resync__Output as _mosaic_v1_Resync__Output } from './mosaic/v1/Resync.js';
import type { ReturnHost as _mosaic_v1_ReturnHost, ReturnHost__Output as _mosaic_v1_ReturnHost__Output } from './mosaic/v1/ReturnHost.js';
import type { SessionOpening as _mosaic_v1_SessionOpening, SessionOpening__Output as _mosaic_v1_SessionOpening__Output } from './mosaic/v1/SessionOpening.js';
import type { StepCancel as _mosaic_v1_StepCancel, StepCancel__Output as _mosaic_v1_StepCancel__Output } from './mosaic/v1/StepCancel.js';
import type { StepPolicy as _mosaic_v1_StepPolicy, StepPolicy__Output as _mosaic_v1_StepPolicy__Output } from './mosaic/v1/StepPolicy.js';
import type { StepRenew as _mosaic_v1_StepRenew, StepRenew__Output as _mosaic_v1_StepRenew__Output } from './mosaic/v1/StepRenew.js';
import type { StepRequest as _mosaic_v1_StepRequest, StepRequest__Output as _mosaic_v1_StepRequest__Output } from './mosaic/v1/StepRequest.js';
import type { StepUpdate as _mosaic_v1_StepUpdate, StepUpdate__Output as _mosaic_v1_StepUpdate__Output } from './mosaic/v1/StepUpdate.js';
import type { Superseded as _mosaic_v1_Superseded, Superseded__Output as _mosaic_v1_Superseded__Output } from './mosaic/v1/Superseded.js';
import type { TaskAck as _mosaic_v1_TaskAck, TaskAck__Output as _mosaic_v1_TaskAck__Output } from './mosaic/v1/TaskAck.js';
import type { TaskReclaim as _mosaic_v1_TaskReclaim, TaskReclaim__Output as _mosaic_v1_TaskReclaim__Output } from './mosaic/v1/TaskReclaim.js';
import type { TaskReclaimCancelled as _mosaic_v1_TaskReclaimCancelled, TaskReclaimCancelled__Output as _mosaic_v1_TaskReclaimCancelled__Output } from './mosaic/v1/TaskReclaimCancelled.js';
import type { TaskSpec as _mosaic_v1_TaskSpec, TaskSpec__Output as _mosaic_v1_TaskSpec__Output } from './mosaic/v1/TaskSpec.js';
import type { TaskStatus as _mosaic_v1_TaskStatus, TaskStatus__Output as _mosaic_v1_TaskStatus__Output } from './mosaic/v1/TaskStatus.js';
import type { Teardown as _mosaic_v1_Teardown, Teardown__Output as _mosaic_v1_Teardown__Output } from './mosaic/v1/Teardown.js';
import type { Unavailability as _mosaic_v1_Unavailability, Unavailability__Output as _mosaic_v1_Unavailability__Output } from './mosaic/v1/Unavailability.js';
import type { Unreserve as _mosaic_v1_Unreserve, Unreserve__Output as _mosaic_v1_Unreserve__Output } from './mosaic/v1/Unreserve.js';
import type { WantedHosts as _mosaic_v1_WantedHosts, WantedHosts__Output as _mosaic_v1_WantedHosts__Output } from './mosaic/v1/WantedHosts.js';
import type { WantedSlices as _mosaic_v1_WantedSlices, WantedSlices__Output as _mosaic_v1_WantedSlices__Output } from './mosaic/v1/WantedSlices.js';
import type { Welcome as _mosaic_v1_Welcome, Welcome__Output as _mosaic_v1_Welcome__Output } from './mosaic/v1/Welcome.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  mosaic: {
    v1: {
      Accept: MessageTypeDefinition<_mosaic_v1_Accept, _mosaic_v1_Accept__Output>
      Ack: MessageTypeDefinition<_mosaic_v1_Ack, _mosaic_v1_Ack__Output>
      Blocker: MessageTypeDefinition<_mosaic_v1_Blocker, _mosaic_v1_Blocker__Output>
      Claim: MessageTypeDefinition<_mosaic_v1_Claim, _mosaic_v1_Claim__Output>
      CommandDone: MessageTypeDefinition<_mosaic_v1_CommandDone, _mosaic_v1_CommandDone__Output>
      CommandFailed: MessageTypeDefinition<_mosaic_v1_CommandFailed, _mosaic_v1_CommandFailed__Output>
      CommandResult: MessageTypeDefinition<_mosaic_v1_CommandResult, _mosaic_v1_CommandResult__Output>
      Constraint: MessageTypeDefinition<_mosaic_v1_Constraint, _mosaic_v1_Constraint__Output>
      ConstraintOp: EnumTypeDefinition
      Decline: MessageTypeDefinition<_mosaic_v1_Decline, _mosaic_v1_Decline__Output>
      Demand: MessageTypeDefinition<_mosaic_v1_Demand, _mosaic_v1_Demand__Output>
      DemandEntry: MessageTypeDefinition<_mosaic_v1_DemandEntry, _mosaic_v1_DemandEntry__Output>
      DemandStatus: MessageTypeDefinition<_mosaic_v1_DemandStatus, _mosaic_v1_DemandStatus__Output>
      DemandStatuses: MessageTypeDefinition<_mosaic_v1_DemandStatuses, _mosaic_v1_DemandStatuses__Output>
      ErrorCode: EnumTypeDefinition
      FaultDomain: MessageTypeDefinition<_mosaic_v1_FaultDomain, _mosaic_v1_FaultDomain__Output>
      FrameworkError: MessageTypeDefinition<_mosaic_v1_FrameworkError, _mosaic_v1_FrameworkError__Output>
      FrameworkEvent: MessageTypeDefinition<_mosaic_v1_FrameworkEvent, _mosaic_v1_FrameworkEvent__Output>
      FrameworkHello: MessageTypeDefinition<_mosaic_v1_FrameworkHello, _mosaic_v1_FrameworkHello__Output>
      FrameworkMessage: MessageTypeDefinition<_mosaic_v1_FrameworkMessage, _mosaic_v1_FrameworkMessage__Output>
      FrameworkService: SubtypeConstructor<typeof grpc.Client, _mosaic_v1_FrameworkServiceClient> & { service: _mosaic_v1_FrameworkServiceDefinition }
      FrameworkServiceConnectRequest: MessageTypeDefinition<_mosaic_v1_FrameworkServiceConnectRequest, _mosaic_v1_FrameworkServiceConnectRequest__Output>
      FrameworkServiceConnectResponse: MessageTypeDefinition<_mosaic_v1_FrameworkServiceConnectResponse, _mosaic_v1_FrameworkServiceConnectResponse__Output>
      GoingAway: MessageTypeDefinition<_mosaic_v1_GoingAway, _mosaic_v1_GoingAway__Output>
      Heartbeat: MessageTypeDefinition<_mosaic_v1_Heartbeat, _mosaic_v1_Heartbeat__Output>
      HostIdentity: MessageTypeDefinition<_mosaic_v1_HostIdentity, _mosaic_v1_HostIdentity__Output>
      HostLease: MessageTypeDefinition<_mosaic_v1_HostLease, _mosaic_v1_HostLease__Output>
      HostUnavailable: MessageTypeDefinition<_mosaic_v1_HostUnavailable, _mosaic_v1_HostUnavailable__Output>
      HostUnavailableState: EnumTypeDefinition
      KillTask: MessageTypeDefinition<_mosaic_v1_KillTask, _mosaic_v1_KillTask__Output>
      Launch: MessageTypeDefinition<_mosaic_v1_Launch, _mosaic_v1_Launch__Output>
      LeaseChange: MessageTypeDefinition<_mosaic_v1_LeaseChange, _mosaic_v1_LeaseChange__Output>
      LeaseChangeKind: EnumTypeDefinition
      LeaseOrigin: EnumTypeDefinition
      LeasePhase: EnumTypeDefinition
      LeaveForecast: MessageTypeDefinition<_mosaic_v1_LeaveForecast, _mosaic_v1_LeaveForecast__Output>
      Observation: MessageTypeDefinition<_mosaic_v1_Observation, _mosaic_v1_Observation__Output>
      ObservedHost: MessageTypeDefinition<_mosaic_v1_ObservedHost, _mosaic_v1_ObservedHost__Output>
      Offer: MessageTypeDefinition<_mosaic_v1_Offer, _mosaic_v1_Offer__Output>
      Offers: MessageTypeDefinition<_mosaic_v1_Offers, _mosaic_v1_Offers__Output>
      OpenOffers: MessageTypeDefinition<_mosaic_v1_OpenOffers, _mosaic_v1_OpenOffers__Output>
      Placement: MessageTypeDefinition<_mosaic_v1_Placement, _mosaic_v1_Placement__Output>
      PlacementDomain: EnumTypeDefinition
      PlacementKind: EnumTypeDefinition
      PortRange: MessageTypeDefinition<_mosaic_v1_PortRange, _mosaic_v1_PortRange__Output>
      Quantities: MessageTypeDefinition<_mosaic_v1_Quantities, _mosaic_v1_Quantities__Output>
      Reconcile: MessageTypeDefinition<_mosaic_v1_Reconcile, _mosaic_v1_Reconcile__Output>
      RefusalCode: EnumTypeDefinition
      Refused: MessageTypeDefinition<_mosaic_v1_Refused, _mosaic_v1_Refused__Output>
      Renew: MessageTypeDefinition<_mosaic_v1_Renew, _mosaic_v1_Renew__Output>
      Rescind: MessageTypeDefinition<_mosaic_v1_Rescind, _mosaic_v1_Rescind__Output>
      Reserve: MessageTypeDefinition<_mosaic_v1_Reserve, _mosaic_v1_Reserve__Output>
      Resources: MessageTypeDefinition<_mosaic_v1_Resources, _mosaic_v1_Resources__Output>
      Resync: MessageTypeDefinition<_mosaic_v1_Resync, _mosaic_v1_Resync__Output>
      ReturnHost: MessageTypeDefinition<_mosaic_v1_ReturnHost, _mosaic_v1_ReturnHost__Output>
      SessionOpening: MessageTypeDefinition<_mosaic_v1_SessionOpening, _mosaic_v1_SessionOpening__Output>
      StepCancel: MessageTypeDefinition<_mosaic_v1_StepCancel, _mosaic_v1_StepCancel__Output>
      StepName: EnumTypeDefinition
      StepPolicy: MessageTypeDefinition<_mosaic_v1_StepPolicy, _mosaic_v1_StepPolicy__Output>
      StepRenew: MessageTypeDefinition<_mosaic_v1_StepRenew, _mosaic_v1_StepRenew__Output>
      StepRequest: MessageTypeDefinition<_mosaic_v1_StepRequest, _mosaic_v1_StepRequest__Output>
      StepState: EnumTypeDefinition
      StepUpdate: MessageTypeDefinition<_mosaic_v1_StepUpdate, _mosaic_v1_StepUpdate__Output>
      Superseded: MessageTypeDefinition<_mosaic_v1_Superseded, _mosaic_v1_Superseded__Output>
      TaskAck: MessageTypeDefinition<_mosaic_v1_TaskAck, _mosaic_v1_TaskAck__Output>
      TaskReclaim: MessageTypeDefinition<_mosaic_v1_TaskReclaim, _mosaic_v1_TaskReclaim__Output>
      TaskReclaimCancelled: MessageTypeDefinition<_mosaic_v1_TaskReclaimCancelled, _mosaic_v1_TaskReclaimCancelled__Output>
      TaskSpec: MessageTypeDefinition<_mosaic_v1_TaskSpec, _mosaic_v1_TaskSpec__Output>
      TaskState: EnumTypeDefinition
      TaskStatus: MessageTypeDefinition<_mosaic_v1_TaskStatus, _mosaic_v1_TaskStatus__Output>
      Teardown: MessageTypeDefinition<_mosaic_v1_Teardown, _mosaic_v1_Teardown__Output>
      Unavailability: MessageTypeDefinition<_mosaic_v1_Unavailability, _mosaic_v1_Unavailability__Output>
      Unreserve: MessageTypeDefinition<_mosaic_v1_Unreserve, _mosaic_v1_Unreserve__Output>
      WaitReason: EnumTypeDefinition
      WantedHosts: MessageTypeDefinition<_mosaic_v1_WantedHosts, _mosaic_v1_WantedHosts__Output>
      WantedSlices: MessageTypeDefinition<_mosaic_v1_WantedSlices, _mosaic_v1_WantedSlices__Output>
      Welcome: MessageTypeDefinition<_mosaic_v1_Welcome, _mosaic_v1_Welcome__Output>
    }
  }
}

