// Original file: proto/mosaic/v1/common.proto

import type { StepName as _mosaic_v1_StepName, StepName__Output as _mosaic_v1_StepName__Output } from '../../mosaic/v1/StepName.js';
import type { Long } from '@grpc/proto-loader';

export interface StepRenew {
  'transitionId'?: (string);
  'step'?: (_mosaic_v1_StepName);
  'attempt'?: (number);
  'updateNo'?: (number | string | Long);
  'validForMs'?: (number | string | Long);
}

export interface StepRenew__Output {
  'transitionId': (string);
  'step': (_mosaic_v1_StepName__Output);
  'attempt': (number);
  'updateNo': (number);
  'validForMs': (number);
}
