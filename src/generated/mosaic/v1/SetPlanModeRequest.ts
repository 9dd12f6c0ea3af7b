// Original file: proto/mosaic/v1/operator.proto

import type { PlanMode as _mosaic_v1_PlanMode, PlanMode__Output as _mosaic_v1_PlanMode__Output } from '../../mosaic/v1/PlanMode.js';

export interface SetPlanModeRequest {
  'dryRun'?: (boolean);
  'mode'?: (_mosaic_v1_PlanMode);
}

export interface SetPlanModeRequest__Output {
  'dryRun': (boolean);
  'mode': (_mosaic_v1_PlanMode__Output);
}
