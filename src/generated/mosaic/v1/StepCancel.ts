// Original file: proto/mosaic/v1/common.proto

import type { StepName as _mosaic_v1_StepName, StepName__Output as _mosaic_v1_StepName__Output } from '../../mosaic/v1/StepName.js';

export interface StepCancel {
  'transitionId'?: (string);
  'step'?: (_mosaic_v1_StepName);
  'attempt'?: (number);
}

export interface StepCancel__Output {
  'transitionId': (string);
  'step': (_mosaic_v1_StepName__Output);
  'attempt': (number);
}
