// Original file: proto/mosaic/v1/operator.proto

import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';

export interface ReserveCapacityRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
  'role'?: (string);
  'resources'?: (_mosaic_v1_Resources | null);
  'reason'?: (string);
}

export interface ReserveCapacityRequest__Output {
  'dryRun': (boolean);
  'host': (string);
  'role': (string);
  'resources': (_mosaic_v1_Resources__Output | null);
  'reason': (string);
}
