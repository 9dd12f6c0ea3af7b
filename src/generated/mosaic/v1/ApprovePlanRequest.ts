// Original file: proto/mosaic/v1/operator.proto

import type { Long } from '@grpc/proto-loader';

export interface ApprovePlanRequest {
  'dryRun'?: (boolean);
  'planId'?: (string);
  'version'?: (number | string | Long);
}

export interface ApprovePlanRequest__Output {
  'dryRun': (boolean);
  'planId': (string);
  'version': (number);
}
