// Original file: proto/mosaic/v1/common.proto

import type { HostIdentity as _mosaic_v1_HostIdentity, HostIdentity__Output as _mosaic_v1_HostIdentity__Output } from '../../mosaic/v1/HostIdentity.js';
import type { Long } from '@grpc/proto-loader';

export interface ObservedHost {
  'identity'?: (_mosaic_v1_HostIdentity | null);
  'name'?: (string);
  'managerState'?: (string);
  'serving'?: (boolean);
  'units'?: (number | string | Long);
  'leaveEstimateMs'?: (number | string | Long);
  'drift'?: (string);
}

export interface ObservedHost__Output {
  'identity': (_mosaic_v1_HostIdentity__Output | null);
  'name': (string);
  'managerState': (string);
  'serving': (boolean);
  'units': (number);
  'leaveEstimateMs': (number);
  'drift': (string);
}
