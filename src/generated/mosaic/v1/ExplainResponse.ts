// Original file: proto/mosaic/v1/operator.proto

import type { Why as _mosaic_v1_Why, Why__Output as _mosaic_v1_Why__Output } from '../../mosaic/v1/Why.js';

export interface ExplainResponse {
  'why'?: (_mosaic_v1_Why | null);
}

export interface ExplainResponse__Output {
  'why': (_mosaic_v1_Why__Output | null);
}
