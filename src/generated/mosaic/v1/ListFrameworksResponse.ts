// Original file: proto/mosaic/v1/operator.proto

import type { Framework as _mosaic_v1_Framework, Framework__Output as _mosaic_v1_Framework__Output } from '../../mosaic/v1/Framework.js';

export interface ListFrameworksResponse {
  'frameworks'?: (_mosaic_v1_Framework)[];
}

export interface ListFrameworksResponse__Output {
  'frameworks': (_mosaic_v1_Framework__Output)[];
}
