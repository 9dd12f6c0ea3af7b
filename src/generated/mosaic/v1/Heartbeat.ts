// Original file: proto/mosaic/v1/common.proto

import type { Long } from '@grpc/proto-loader';

export interface Heartbeat {
  'ack'?: (number | string | Long);
}

export interface Heartbeat__Output {
  'ack': (number);
}
