// Original file: proto/mosaic/v1/operator.proto

import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';

export interface UnreserveCapacityRequest {
  'dryRun'?: (boolean);
  'reservation'?: (string);
  'resources'?: (_mosaic_v1_Resources | null);
}

export interface UnreserveCapacityRequest__Output {
  'dryRun': (boolean);
  'reservation': (string);
  'resources': (_mosaic_v1_Resources__Output | null);
}
