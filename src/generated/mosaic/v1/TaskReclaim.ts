// Original file: proto/mosaic/v1/framework.proto

import type { Long } from '@grpc/proto-loader';

export interface TaskReclaim {
  'taskIds'?: (string)[];
  'killAfterMs'?: (number | string | Long);
  'reason'?: (string);
}

export interface TaskReclaim__Output {
  'taskIds': (string)[];
  'killAfterMs': (number);
  'reason': (string);
}
