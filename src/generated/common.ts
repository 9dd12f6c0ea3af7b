import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Ack as _mosaic_v1_Ack, Ack__Output as _mosaic_v1_Ack__Output } from './mosaic/v1/Ack.js';
import type { Blocker as _mosaic_v1_Blocker, Blocker__Output as _mosaic_v1_Blocker__Output } from './mosaic/v1/Blocker.js';
import type { Constraint as _mosaic_v1_Constraint, Constraint__Output as _mosaic_v1_Constraint__Output } from './mosaic/v1/Constraint.js';
import type { DemandStatus as _mosaic_v1_DemandStatus, DemandStatus__Output as _mosaic_v1_DemandStatus__Output } from './mosaic/v1/DemandStatus.js';
import type { FaultDomain as _mosaic_v1_FaultDomain, FaultDomain__Output as _mosaic_v1_FaultDomain__Output } from './mosaic/v1/FaultDomain.js';
import type { GoingAway as _mosaic_v1_GoingAway, GoingAway__Output as _mosaic_v1_GoingAway__Output } from './mosaic/v1/GoingAway.js';
import type { Heartbeat as _mosaic_v1_Heartbeat, Heartbeat__Output as _mosaic_v1_Heartbeat__Output } from './mosaic/v1/Heartbeat.js';
import type { HostIdentity as _mosaic_v1_HostIdentity, HostIdentity__Output as _mosaic_v1_HostIdentity__Output } from './mosaic/v1/HostIdentity.js';
import type { LeaveForecast as _mosaic_v1_LeaveForecast, LeaveForecast__Output as _mosaic_v1_LeaveForecast__Output } from './mosaic/v1/LeaveForecast.js';
import type { ObservedHost as _mosaic_v1_ObservedHost, ObservedHost__Output as _mosaic_v1_ObservedHost__Output } from './mosaic/v1/ObservedHost.js';
import type { PortRange as _mosaic_v1_PortRange, PortRange__Output as _mosaic_v1_PortRange__Output } from './mosaic/v1/PortRange.js';
import type { Quantities as _mosaic_v1_Quantities, Quantities__Output as _mosaic_v1_Quantities__Output } from './mosaic/v1/Quantities.js';
import type { Refused as _mosaic_v1_Refused, Refused__Output as _mosaic_v1_Refused__Output } from './mosaic/v1/Refused.js';
import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from './mosaic/v1/Resources.js';
import type { SessionOpening as _mosaic_v1_SessionOpening, SessionOpening__Output as _mosaic_v1_SessionOpening__Output } from './mosaic/v1/SessionOpening.js';
import type { StepCancel as _mosaic_v1_StepCancel, StepCancel__Output as _mosaic_v1_StepCancel__Output } from './mosaic/v1/StepCancel.js';
import type { StepPolicy as _mosaic_v1_StepPolicy, StepPolicy__Output as _mosaic_v1_StepPolicy__Output } from './mosaic/v1/StepPolicy.js';
import type { StepRenew as _mosaic_v1_StepRenew, StepRenew__Output as _mosaic_v1_StepRenew__Output } from './mosaic/v1/StepRenew.js';
import type { StepRequest as _mosaic_v1_StepRequest, StepRequest__Output as _mosaic_v1_StepRequest__Output } from './mosaic/v1/StepRequest.js';
import type { StepUpdate as _mosaic_v1_StepUpdate, StepUpdate__Output as _mosaic_v1_StepUpdate__Output } from './mosaic/v1/StepUpdate.js';
import type { Superseded as _mosaic_v1_Superseded, Superseded__Output as _mosaic_v1_Superseded__Output } from './mosaic/v1/Superseded.js';
import type { TaskAck as _mosaic_v1_TaskAck, TaskAck__Output as _mosaic_v1_TaskAck__Output } from './mosaic/v1/TaskAck.js';
import type { TaskSpec as _mosaic_v1_TaskSpec, TaskSpec__Output as _mosaic_v1_TaskSpec__Output } from './mosaic/v1/TaskSpec.js';
import type { TaskStatus as _mosaic_v1_TaskStatus, TaskStatus__Output as _mosaic_v1_TaskStatus__Output } from './mosaic/v1/TaskStatus.js';
import type { Welcome as _mosaic_v1_Welcome, Welcome__Output as _mosaic_v1_Welcome__Output } from './mosaic/v1/Welcome.js';

export interface ProtoGrpcType {
  mosaic: {
    v1: {
      Ack: MessageTypeDefinition<_mosaic_v1_Ack, _mosaic_v1_Ack__Output>
      Blocker: MessageTypeDefinition<_mosaic_v1_Blocker, _mosaic_v1_Blocker__Output>
      Constraint: MessageTypeDefinition<_mosaic_v1_Constraint, _mosaic_v1_Constraint__Output>
      ConstraintOp: EnumTypeDefinition
      DemandStatus: MessageTypeDefinition<_mosaic_v1_DemandStatus, _mosaic_v1_DemandStatus__Output>
      ErrorCode: EnumTypeDefinition
      FaultDomain: MessageTypeDefinition<_mosaic_v1_FaultDomain, _mosaic_v1_FaultDomain__Output>
      GoingAway: MessageTypeDefinition<_mosaic_v1_GoingAway, _mosaic_v1_GoingAway__Output>
      Heartbeat: MessageTypeDefinition<_mosaic_v1_Heartbeat, _mosaic_v1_Heartbeat__Output>
      HostIdentity: MessageTypeDefinition<_mosaic_v1_HostIdentity, _mosaic_v1_HostIdentity__Output>
      LeaveForecast: MessageTypeDefinition<_mosaic_v1_LeaveForecast, _mosaic_v1_LeaveForecast__Output>
      ObservedHost: MessageTypeDefinition<_mosaic_v1_ObservedHost, _mosaic_v1_ObservedHost__Output>
      PortRange: MessageTypeDefinition<_mosaic_v1_PortRange, _mosaic_v1_PortRange__Output>
      Quantities: MessageTypeDefinition<_mosaic_v1_Quantities, _mosaic_v1_Quantities__Output>
      RefusalCode: EnumTypeDefinition
      Refused: MessageTypeDefinition<_mosaic_v1_Refused, _mosaic_v1_Refused__Output>
      Resources: MessageTypeDefinition<_mosaic_v1_Resources, _mosaic_v1_Resources__Output>
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
      TaskSpec: MessageTypeDefinition<_mosaic_v1_TaskSpec, _mosaic_v1_TaskSpec__Output>
      TaskState: EnumTypeDefinition
      TaskStatus: MessageTypeDefinition<_mosaic_v1_TaskStatus, _mosaic_v1_TaskStatus__Output>
      WaitReason: EnumTypeDefinition
      Welcome: MessageTypeDefinition<_mosaic_v1_Welcome, _mosaic_v1_Welcome__Output>
    }
  }
}

