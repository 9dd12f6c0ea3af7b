// Original file: proto/mosaic/v1/operator.proto

import type { ReclaimKind as _mosaic_v1_ReclaimKind, ReclaimKind__Output as _mosaic_v1_ReclaimKind__Output } from '../../mosaic/v1/ReclaimKind.js';
import type { Long } from '@grpc/proto-loader';

export interface ReclaimPolicy {
  'kind'?: (_mosaic_v1_ReclaimKind);
  'graceMs'?: (number | string | Long);
  'deadlineMs'?: (number | string | Long);
  'movesPerRound'?: (number | string | Long);
  'minHoldMs'?: (number | string | Long);
}

export interface ReclaimPolicy__Output {
  'kind': (_mosaic_v1_ReclaimKind__Output);
  'graceMs': (number);
  'deadlineMs': (number);
  'movesPerRound': (number);
  'minHoldMs': (number);
}
