// Original file: proto/mosaic/v1/framework.proto

import type { Long } from '@grpc/proto-loader';

export interface KillTask {
  'commandId'?: (string);
  'taskId'?: (string);
  'graceMs'?: (number | string | Long);
}

export interface KillTask__Output {
  'commandId': (string);
  'taskId': (string);
  'graceMs': (number);
}
