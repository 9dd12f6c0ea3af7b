// Original file: proto/mosaic/v1/common.proto

import type { Long } from '@grpc/proto-loader';

export interface GoingAway {
  'reconnectAfterMs'?: (number | string | Long);
}

export interface GoingAway__Output {
  'reconnectAfterMs': (number);
}
