// Original file: proto/mosaic/v1/operator.proto

import type { Plan as _mosaic_v1_Plan, Plan__Output as _mosaic_v1_Plan__Output } from '../../mosaic/v1/Plan.js';

export interface GetPlanResponse {
  'plan'?: (_mosaic_v1_Plan | null);
}

export interface GetPlanResponse__Output {
  'plan': (_mosaic_v1_Plan__Output | null);
}
