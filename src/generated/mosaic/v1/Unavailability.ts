// Original file: proto/mosaic/v1/framework.proto

import type { Long } from '@grpc/proto-loader';

export interface Unavailability {
  'startsInMs'?: (number | string | Long);
  'lastsMs'?: (number | string | Long);
  'reason'?: (string);
}

export interface Unavailability__Output {
  'startsInMs': (number);
  'lastsMs': (number);
  'reason': (string);
}
