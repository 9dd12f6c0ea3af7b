// Original file: proto/mosaic/v1/common.proto

import type { TaskState as _mosaic_v1_TaskState, TaskState__Output as _mosaic_v1_TaskState__Output } from '../../mosaic/v1/TaskState.js';
import type { Long } from '@grpc/proto-loader';

export interface TaskStatus {
  'taskId'?: (string);
  'hostId'?: (string);
  'state'?: (_mosaic_v1_TaskState);
  'statusSeq'?: (number | string | Long);
  'message'?: (string);
  'exitCode'?: (number);
  '_exitCode'?: "exitCode";
}

export interface TaskStatus__Output {
  'taskId': (string);
  'hostId': (string);
  'state': (_mosaic_v1_TaskState__Output);
  'statusSeq': (number);
  'message': (string);
  'exitCode'?: (number);
  '_exitCode'?: "exitCode";
}
