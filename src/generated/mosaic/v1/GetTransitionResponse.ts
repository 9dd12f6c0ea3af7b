// Original file: proto/mosaic/v1/operator.proto

import type { Transition as _mosaic_v1_Transition, Transition__Output as _mosaic_v1_Transition__Output } from '../../mosaic/v1/Transition.js';

export interface GetTransitionResponse {
  'transition'?: (_mosaic_v1_Transition | null);
}

export interface GetTransitionResponse__Output {
  'transition': (_mosaic_v1_Transition__Output | null);
}
