// Original file: proto/mosaic/v1/framework.proto

import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';

export interface WantedSlices {
  'resources'?: (_mosaic_v1_Resources | null);
}

export interface WantedSlices__Output {
  'resources': (_mosaic_v1_Resources__Output | null);
}
