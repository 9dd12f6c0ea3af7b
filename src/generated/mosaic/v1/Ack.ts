// Original file: proto/mosaic/v1/common.proto

import type { Long } from '@grpc/proto-loader';

export interface Ack {
  'ack'?: (number | string | Long);
}

export interface Ack__Output {
  'ack': (number);
}
