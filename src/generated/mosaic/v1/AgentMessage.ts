// Original file: proto/mosaic/v1/agent.proto

import type { AgentReport as _mosaic_v1_AgentReport, AgentReport__Output as _mosaic_v1_AgentReport__Output } from '../../mosaic/v1/AgentReport.js';
import type { TaskStatus as _mosaic_v1_TaskStatus, TaskStatus__Output as _mosaic_v1_TaskStatus__Output } from '../../mosaic/v1/TaskStatus.js';
import type { StepUpdate as _mosaic_v1_StepUpdate, StepUpdate__Output as _mosaic_v1_StepUpdate__Output } from '../../mosaic/v1/StepUpdate.js';
import type { Long } from '@grpc/proto-loader';

export interface AgentMessage {
  'seq'?: (number | string | Long);
  'ack'?: (number | string | Long);
  'report'?: (_mosaic_v1_AgentReport | null);
  'taskStatus'?: (_mosaic_v1_TaskStatus | null);
  'stepUpdate'?: (_mosaic_v1_StepUpdate | null);
  'message'?: "report"|"taskStatus"|"stepUpdate";
}

export interface AgentMessage__Output {
  'seq': (number);
  'ack': (number);
  'report'?: (_mosaic_v1_AgentReport__Output | null);
  'taskStatus'?: (_mosaic_v1_TaskStatus__Output | null);
  'stepUpdate'?: (_mosaic_v1_StepUpdate__Output | null);
  'message'?: "report"|"taskStatus"|"stepUpdate";
}
