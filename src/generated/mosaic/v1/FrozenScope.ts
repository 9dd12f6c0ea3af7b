// Original file: proto/mosaic/v1/operator.proto

import type { Long } from '@grpc/proto-loader';

export interface FrozenScope {
  'scope'?: (string);
  'reason'?: (string);
  'by'?: (string);
  'sinceMs'?: (number | string | Long);
}

export interface FrozenScope__Output {
  'scope': (string);
  'reason': (string);
  'by': (string);
  'sinceMs': (number);
}
