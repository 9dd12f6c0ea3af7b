// Original file: proto/mosaic/v1/operator.proto

import type { Long } from '@grpc/proto-loader';

export interface DrainHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
  'reason'?: (string);
  'hard'?: (boolean);
  'deadlineMs'?: (number | string | Long);
  'graceMs'?: (number | string | Long);
  '_deadlineMs'?: "deadlineMs";
  '_graceMs'?: "graceMs";
}

export interface DrainHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
  'reason': (string);
  'hard': (boolean);
  'deadlineMs'?: (number);
  'graceMs'?: (number);
  '_deadlineMs'?: "deadlineMs";
  '_graceMs'?: "graceMs";
}
