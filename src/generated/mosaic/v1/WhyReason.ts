// Original file: proto/mosaic/v1/operator.proto

import type { Long } from '@grpc/proto-loader';

export interface WhyReason {
  'code'?: (string);
  'text'?: (string);
  'sinceMs'?: (number | string | Long);
}

export interface WhyReason__Output {
  'code': (string);
  'text': (string);
  'sinceMs': (number);
}
