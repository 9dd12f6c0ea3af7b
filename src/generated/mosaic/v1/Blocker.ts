// Original file: proto/mosaic/v1/common.proto

import type { Long } from '@grpc/proto-loader';

export interface Blocker {
  'object'?: (string);
  'reason'?: (string);
  'sinceMs'?: (number | string | Long);
  'message'?: (string);
}

export interface Blocker__Output {
  'object': (string);
  'reason': (string);
  'sinceMs': (number);
  'message': (string);
}
