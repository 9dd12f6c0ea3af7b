// Original file: proto/mosaic/v1/operator.proto

import type { Long } from '@grpc/proto-loader';

export interface HostDrain {
  'phase'?: (string);
  'by'?: (string);
  'reason'?: (string);
  'hard'?: (boolean);
  'sinceMs'?: (number | string | Long);
  'deadlineMs'?: (number | string | Long);
  'left'?: (string);
  'waitsFor'?: (string);
}

export interface HostDrain__Output {
  'phase': (string);
  'by': (string);
  'reason': (string);
  'hard': (boolean);
  'sinceMs': (number);
  'deadlineMs': (number);
  'left': (string);
  'waitsFor': (string);
}
