// Original file: proto/mosaic/v1/common.proto

import type { Long } from '@grpc/proto-loader';

export interface TaskAck {
  'taskId'?: (string);
  'statusSeq'?: (number | string | Long);
}

export interface TaskAck__Output {
  'taskId': (string);
  'statusSeq': (number);
}
