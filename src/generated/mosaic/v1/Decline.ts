// Original file: proto/mosaic/v1/framework.proto

import type { Long } from '@grpc/proto-loader';

export interface Decline {
  'offerIds'?: (string)[];
  'filterMs'?: (number | string | Long);
  'reason'?: (string);
}

export interface Decline__Output {
  'offerIds': (string)[];
  'filterMs': (number);
  'reason': (string);
}
