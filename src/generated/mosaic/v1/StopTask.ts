// Original file: proto/mosaic/v1/agent.proto

import type { Long } from '@grpc/proto-loader';

export interface StopTask {
  'commandSeq'?: (number | string | Long);
  'taskId'?: (string);
  'graceMs'?: (number | string | Long);
}

export interface StopTask__Output {
  'commandSeq': (number);
  'taskId': (string);
  'graceMs': (number);
}
