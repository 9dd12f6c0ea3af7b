// Original file: proto/mosaic/v1/operator.proto

import type { Long } from '@grpc/proto-loader';

export interface WatchToken {
  'term'?: (number | string | Long);
  'revision'?: (number | string | Long);
}

export interface WatchToken__Output {
  'term': (number);
  'revision': (number);
}
