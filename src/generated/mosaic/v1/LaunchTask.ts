// Original file: proto/mosaic/v1/agent.proto

import type { TaskSpec as _mosaic_v1_TaskSpec, TaskSpec__Output as _mosaic_v1_TaskSpec__Output } from '../../mosaic/v1/TaskSpec.js';
import type { Long } from '@grpc/proto-loader';

export interface LaunchTask {
  'commandSeq'?: (number | string | Long);
  'frameworkId'?: (string);
  'task'?: (_mosaic_v1_TaskSpec | null);
}

export interface LaunchTask__Output {
  'commandSeq': (number);
  'frameworkId': (string);
  'task': (_mosaic_v1_TaskSpec__Output | null);
}
