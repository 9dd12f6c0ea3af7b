// Original file: proto/mosaic/v1/operator.proto

import type { Holder as _mosaic_v1_Holder, Holder__Output as _mosaic_v1_Holder__Output } from '../../mosaic/v1/Holder.js';
import type { Long } from '@grpc/proto-loader';

export interface PlannedMove {
  'hostId'?: (string);
  'from'?: (_mosaic_v1_Holder | null);
  'to'?: (_mosaic_v1_Holder | null);
  'reason'?: (string);
  'costMs'?: (number | string | Long);
  'reclaim'?: (boolean);
  'hostName'?: (string);
}

export interface PlannedMove__Output {
  'hostId': (string);
  'from': (_mosaic_v1_Holder__Output | null);
  'to': (_mosaic_v1_Holder__Output | null);
  'reason': (string);
  'costMs': (number);
  'reclaim': (boolean);
  'hostName': (string);
}
