// Original file: proto/mosaic/v1/operator.proto

import type { Condition as _mosaic_v1_Condition, Condition__Output as _mosaic_v1_Condition__Output } from '../../mosaic/v1/Condition.js';

export interface ListConditionsResponse {
  'conditions'?: (_mosaic_v1_Condition)[];
}

export interface ListConditionsResponse__Output {
  'conditions': (_mosaic_v1_Condition__Output)[];
}
