// Original file: proto/mosaic/v1/common.proto

import type { Long } from '@grpc/proto-loader';

export interface StepPolicy {
  'softDeadlineMs'?: (number | string | Long);
  'hard'?: (boolean);
}

export interface StepPolicy__Output {
  'softDeadlineMs': (number);
  'hard': (boolean);
}
