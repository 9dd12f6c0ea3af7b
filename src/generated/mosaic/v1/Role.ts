// Original file: proto/mosaic/v1/operator.proto

import type { Quantities as _mosaic_v1_Quantities, Quantities__Output as _mosaic_v1_Quantities__Output } from '../../mosaic/v1/Quantities.js';
import type { ReclaimPolicy as _mosaic_v1_ReclaimPolicy, ReclaimPolicy__Output as _mosaic_v1_ReclaimPolicy__Output } from '../../mosaic/v1/ReclaimPolicy.js';
import type { Long } from '@grpc/proto-loader';

export interface Role {
  'path'?: (string);
  'weight'?: (number | string | Long);
  'priority'?: (number | string | Long);
  'guarantee'?: (_mosaic_v1_Quantities | null);
  'effectiveGuarantee'?: (_mosaic_v1_Quantities | null);
  'limit'?: (_mosaic_v1_Quantities | null);
  'lendingLimit'?: (_mosaic_v1_Quantities | null);
  'borrowingLimit'?: (_mosaic_v1_Quantities | null);
  'reclaim'?: (_mosaic_v1_ReclaimPolicy | null);
  'used'?: (_mosaic_v1_Quantities | null);
  'offered'?: (_mosaic_v1_Quantities | null);
  'movingIn'?: (_mosaic_v1_Quantities | null);
  'demanded'?: (_mosaic_v1_Quantities | null);
  'entitled'?: (_mosaic_v1_Quantities | null);
  'shareMicro'?: (number | string | Long);
  'frameworks'?: (string)[];
  'reserved'?: (_mosaic_v1_Quantities | null);
}

export interface Role__Output {
  'path': (string);
  'weight': (number);
  'priority': (number);
  'guarantee': (_mosaic_v1_Quantities__Output | null);
  'effectiveGuarantee': (_mosaic_v1_Quantities__Output | null);
  'limit': (_mosaic_v1_Quantities__Output | null);
  'lendingLimit': (_mosaic_v1_Quantities__Output | null);
  'borrowingLimit': (_mosaic_v1_Quantities__Output | null);
  'reclaim': (_mosaic_v1_ReclaimPolicy__Output | null);
  'used': (_mosaic_v1_Quantities__Output | null);
  'offered': (_mosaic_v1_Quantities__Output | null);
  'movingIn': (_mosaic_v1_Quantities__Output | null);
  'demanded': (_mosaic_v1_Quantities__Output | null);
  'entitled': (_mosaic_v1_Quantities__Output | null);
  'shareMicro': (number);
  'frameworks': (string)[];
  'reserved': (_mosaic_v1_Quantities__Output | null);
}
