// Original file: proto/mosaic/v1/agent.proto

import type { LaunchTask as _mosaic_v1_LaunchTask, LaunchTask__Output as _mosaic_v1_LaunchTask__Output } from '../../mosaic/v1/LaunchTask.js';
import type { StopTask as _mosaic_v1_StopTask, StopTask__Output as _mosaic_v1_StopTask__Output } from '../../mosaic/v1/StopTask.js';
import type { TaskAck as _mosaic_v1_TaskAck, TaskAck__Output as _mosaic_v1_TaskAck__Output } from '../../mosaic/v1/TaskAck.js';
import type { StepRequest as _mosaic_v1_StepRequest, StepRequest__Output as _mosaic_v1_StepRequest__Output } from '../../mosaic/v1/StepRequest.js';
import type { StepRenew as _mosaic_v1_StepRenew, StepRenew__Output as _mosaic_v1_StepRenew__Output } from '../../mosaic/v1/StepRenew.js';
import type { StepCancel as _mosaic_v1_StepCancel, StepCancel__Output as _mosaic_v1_StepCancel__Output } from '../../mosaic/v1/StepCancel.js';
import type { ReportRequest as _mosaic_v1_ReportRequest, ReportRequest__Output as _mosaic_v1_ReportRequest__Output } from '../../mosaic/v1/ReportRequest.js';
import type { Long } from '@grpc/proto-loader';

export interface AgentCommand {
  'seq'?: (number | string | Long);
  'ack'?: (number | string | Long);
  'launch'?: (_mosaic_v1_LaunchTask | null);
  'kill'?: (_mosaic_v1_StopTask | null);
  'taskAck'?: (_mosaic_v1_TaskAck | null);
  'stepRequest'?: (_mosaic_v1_StepRequest | null);
  'stepRenew'?: (_mosaic_v1_StepRenew | null);
  'stepCancel'?: (_mosaic_v1_StepCancel | null);
  'reportRequest'?: (_mosaic_v1_ReportRequest | null);
  'command'?: "launch"|"kill"|"taskAck"|"stepRequest"|"stepRenew"|"stepCancel"|"reportRequest";
}

export interface AgentCommand__Output {
  'seq': (number);
  'ack': (number);
  'launch'?: (_mosaic_v1_LaunchTask__Output | null);
  'kill'?: (_mosaic_v1_StopTask__Output | null);
  'taskAck'?: (_mosaic_v1_TaskAck__Output | null);
  'stepRequest'?: (_mosaic_v1_StepRequest__Output | null);
  'stepRenew'?: (_mosaic_v1_StepRenew__Output | null);
  'stepCancel'?: (_mosaic_v1_StepCancel__Output | null);
  'reportRequest'?: (_mosaic_v1_ReportRequest__Output | null);
  'command'?: "launch"|"kill"|"taskAck"|"stepRequest"|"stepRenew"|"stepCancel"|"reportRequest";
}
