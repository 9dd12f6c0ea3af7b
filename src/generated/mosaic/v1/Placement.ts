// Original file: proto/mosaic/v1/framework.proto

import type { PlacementKind as _mosaic_v1_PlacementKind, PlacementKind__Output as _mosaic_v1_PlacementKind__Output } from '../../mosaic/v1/PlacementKind.js';
import type { PlacementDomain as _mosaic_v1_PlacementDomain, PlacementDomain__Output as _mosaic_v1_PlacementDomain__Output } from '../../mosaic/v1/PlacementDomain.js';

export interface Placement {
  'kind'?: (_mosaic_v1_PlacementKind);
  'domain'?: (_mosaic_v1_PlacementDomain);
}

export interface Placement__Output {
  'kind': (_mosaic_v1_PlacementKind__Output);
  'domain': (_mosaic_v1_PlacementDomain__Output);
}
