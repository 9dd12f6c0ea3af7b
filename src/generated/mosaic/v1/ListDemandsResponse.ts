// Original file: proto/mosaic/v1/operator.proto

import type { StandingDemand as _mosaic_v1_StandingDemand, StandingDemand__Output as _mosaic_v1_StandingDemand__Output } from '../../mosaic/v1/StandingDemand.js';

export interface ListDemandsResponse {
  'demands'?: (_mosaic_v1_StandingDemand)[];
}

export interface ListDemandsResponse__Output {
  'demands': (_mosaic_v1_StandingDemand__Output)[];
}
