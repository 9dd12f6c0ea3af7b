// Original file: proto/mosaic/v1/common.proto

import type { WaitReason as _mosaic_v1_WaitReason, WaitReason__Output as _mosaic_v1_WaitReason__Output } from '../../mosaic/v1/WaitReason.js';
import type { Long } from '@grpc/proto-loader';

export interface DemandStatus {
  'demandId'?: (string);
  'granted'?: (number | string | Long);
  'offered'?: (number | string | Long);
  'movingIn'?: (number | string | Long);
  'pending'?: (number | string | Long);
  'unmetReason'?: (_mosaic_v1_WaitReason);
  'message'?: (string);
}

export interface DemandStatus__Output {
  'demandId': (string);
  'granted': (number);
  'offered': (number);
  'movingIn': (number);
  'pending': (number);
  'unmetReason': (_mosaic_v1_WaitReason__Output);
  'message': (string);
}
