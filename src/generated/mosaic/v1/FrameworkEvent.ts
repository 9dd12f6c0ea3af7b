// Original file: proto/mosaic/v1/framework.proto

import type { Resync as _mosaic_v1_Resync, Resync__Output as _mosaic_v1_Resync__Output } from '../../mosaic/v1/Resync.js';
import type { Offers as _mosaic_v1_Offers, Offers__Output as _mosaic_v1_Offers__Output } from '../../mosaic/v1/Offers.js';
import type { Rescind as _mosaic_v1_Rescind, Rescind__Output as _mosaic_v1_Rescind__Output } from '../../mosaic/v1/Rescind.js';
import type { CommandResult as _mosaic_v1_CommandResult, CommandResult__Output as _mosaic_v1_CommandResult__Output } from '../../mosaic/v1/CommandResult.js';
import type { DemandStatuses as _mosaic_v1_DemandStatuses, DemandStatuses__Output as _mosaic_v1_DemandStatuses__Output } from '../../mosaic/v1/DemandStatuses.js';
import type { LeaseChange as _mosaic_v1_LeaseChange, LeaseChange__Output as _mosaic_v1_LeaseChange__Output } from '../../mosaic/v1/LeaseChange.js';
import type { TaskStatus as _mosaic_v1_TaskStatus, TaskStatus__Output as _mosaic_v1_TaskStatus__Output } from '../../mosaic/v1/TaskStatus.js';
import type { StepRequest as _mosaic_v1_StepRequest, StepRequest__Output as _mosaic_v1_StepRequest__Output } from '../../mosaic/v1/StepRequest.js';
import type { StepRenew as _mosaic_v1_StepRenew, StepRenew__Output as _mosaic_v1_StepRenew__Output } from '../../mosaic/v1/StepRenew.js';
import type { StepCancel as _mosaic_v1_StepCancel, StepCancel__Output as _mosaic_v1_StepCancel__Output } from '../../mosaic/v1/StepCancel.js';
import type { FrameworkError as _mosaic_v1_FrameworkError, FrameworkError__Output as _mosaic_v1_FrameworkError__Output } from '../../mosaic/v1/FrameworkError.js';
import type { TaskReclaim as _mosaic_v1_TaskReclaim, TaskReclaim__Output as _mosaic_v1_TaskReclaim__Output } from '../../mosaic/v1/TaskReclaim.js';
import type { TaskReclaimCancelled as _mosaic_v1_TaskReclaimCancelled, TaskReclaimCancelled__Output as _mosaic_v1_TaskReclaimCancelled__Output } from '../../mosaic/v1/TaskReclaimCancelled.js';
import type { HostUnavailable as _mosaic_v1_HostUnavailable, HostUnavailable__Output as _mosaic_v1_HostUnavailable__Output } from '../../mosaic/v1/HostUnavailable.js';
import type { Long } from '@grpc/proto-loader';

export interface FrameworkEvent {
  'seq'?: (number | string | Long);
  'ack'?: (number | string | Long);
  'resync'?: (_mosaic_v1_Resync | null);
  'offers'?: (_mosaic_v1_Offers | null);
  'rescind'?: (_mosaic_v1_Rescind | null);
  'result'?: (_mosaic_v1_CommandResult | null);
  'demandStatus'?: (_mosaic_v1_DemandStatuses | null);
  'lease'?: (_mosaic_v1_LeaseChange | null);
  'taskStatus'?: (_mosaic_v1_TaskStatus | null);
  'stepRequest'?: (_mosaic_v1_StepRequest | null);
  'stepRenew'?: (_mosaic_v1_StepRenew | null);
  'stepCancel'?: (_mosaic_v1_StepCancel | null);
  'error'?: (_mosaic_v1_FrameworkError | null);
  'taskReclaim'?: (_mosaic_v1_TaskReclaim | null);
  'taskReclaimCancelled'?: (_mosaic_v1_TaskReclaimCancelled | null);
  'hostUnavailable'?: (_mosaic_v1_HostUnavailable | null);
  'event'?: "resync"|"offers"|"rescind"|"result"|"demandStatus"|"lease"|"taskStatus"|"stepRequest"|"stepRenew"|"stepCancel"|"error"|"taskReclaim"|"taskReclaimCancelled"|"hostUnavailable";
}

export interface FrameworkEvent__Output {
  'seq': (number);
  'ack': (number);
  'resync'?: (_mosaic_v1_Resync__Output | null);
  'offers'?: (_mosaic_v1_Offers__Output | null);
  'rescind'?: (_mosaic_v1_Rescind__Output | null);
  'result'?: (_mosaic_v1_CommandResult__Output | null);
  'demandStatus'?: (_mosaic_v1_DemandStatuses__Output | null);
  'lease'?: (_mosaic_v1_LeaseChange__Output | null);
  'taskStatus'?: (_mosaic_v1_TaskStatus__Output | null);
  'stepRequest'?: (_mosaic_v1_StepRequest__Output | null);
  'stepRenew'?: (_mosaic_v1_StepRenew__Output | null);
  'stepCancel'?: (_mosaic_v1_StepCancel__Output | null);
  'error'?: (_mosaic_v1_FrameworkError__Output | null);
  'taskReclaim'?: (_mosaic_v1_TaskReclaim__Output | null);
  'taskReclaimCancelled'?: (_mosaic_v1_TaskReclaimCancelled__Output | null);
  'hostUnavailable'?: (_mosaic_v1_HostUnavailable__Output | null);
  'event'?: "resync"|"offers"|"rescind"|"result"|"demandStatus"|"lease"|"taskStatus"|"stepRequest"|"stepRenew"|"stepCancel"|"error"|"taskReclaim"|"taskReclaimCancelled"|"hostUnavailable";
}
