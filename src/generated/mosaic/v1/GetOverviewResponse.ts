// Original file: proto/mosaic/v1/operator.proto

import type { Overview as _mosaic_v1_Overview, Overview__Output as _mosaic_v1_Overview__Output } from '../../mosaic/v1/Overview.js';

export interface GetOverviewResponse {
  'overview'?: (_mosaic_v1_Overview | null);
}

export interface GetOverviewResponse__Output {
  'overview': (_mosaic_v1_Overview__Output | null);
}
