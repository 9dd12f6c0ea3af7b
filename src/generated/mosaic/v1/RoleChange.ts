// Original file: proto/mosaic/v1/operator.proto

import type { Quantities as _mosaic_v1_Quantities, Quantities__Output as _mosaic_v1_Quantities__Output } from '../../mosaic/v1/Quantities.js';
import type { ReclaimPolicy as _mosaic_v1_ReclaimPolicy, ReclaimPolicy__Output as _mosaic_v1_ReclaimPolicy__Output } from '../../mosaic/v1/ReclaimPolicy.js';
import type { Long } from '@grpc/proto-loader';

export interface RoleChange {
  'guarantee'?: (_mosaic_v1_Quantities | null);
  'limit'?: (_mosaic_v1_Quantities | null);
  'lendingLimit'?: (_mosaic_v1_Quantities | null);
  'borrowingLimit'?: (_mosaic_v1_Quantities | null);
  'weight'?: (number | string | Long);
  'priority'?: (number);
  'reclaim'?: (_mosaic_v1_ReclaimPolicy | null);
  'force'?: (boolean);
  '_weight'?: "weight";
  '_priority'?: "priority";
}

export interface RoleChange__Output {
  'guarantee': (_mosaic_v1_Quantities__Output | null);
  'limit': (_mosaic_v1_Quantities__Output | null);
  'lendingLimit': (_mosaic_v1_Quantities__Output | null);
  'borrowingLimit': (_mosaic_v1_Quantities__Output | null);
  'weight'?: (number);
  'priority'?: (number);
  'reclaim': (_mosaic_v1_ReclaimPolicy__Output | null);
  'force': (boolean);
  '_weight'?: "weight";
  '_priority'?: "priority";
}
