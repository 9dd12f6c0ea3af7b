// Original file: proto/mosaic/v1/operator.proto

import type { FrozenScope as _mosaic_v1_FrozenScope, FrozenScope__Output as _mosaic_v1_FrozenScope__Output } from '../../mosaic/v1/FrozenScope.js';

export interface ListFreezesResponse {
  'freezes'?: (_mosaic_v1_FrozenScope)[];
}

export interface ListFreezesResponse__Output {
  'freezes': (_mosaic_v1_FrozenScope__Output)[];
}
