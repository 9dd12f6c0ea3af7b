// Original file: proto/mosaic/v1/agent.proto

import type { Long } from '@grpc/proto-loader';

export interface StopTask {
  'commandSeq'?: (number | string | Long);
  'taskId'?: (string);
  'graceMs'?: (number | string | Long);
  'reason'?: (string);
  '_reason'?: "reason";
}

export interface StopTask__Output {
  'commandSeq': (number);
  'taskId': (string);
  'graceMs': (number);
  'reason'?: (string);
  '_reason'?: "reason";
}
