// Original file: proto/mosaic/v1/common.proto

import type { StepName as _mosaic_v1_StepName, StepName__Output as _mosaic_v1_StepName__Output } from '../../mosaic/v1/StepName.js';
import type { StepState as _mosaic_v1_StepState, StepState__Output as _mosaic_v1_StepState__Output } from '../../mosaic/v1/StepState.js';
import type { Blocker as _mosaic_v1_Blocker, Blocker__Output as _mosaic_v1_Blocker__Output } from '../../mosaic/v1/Blocker.js';
import type { LeaveForecast as _mosaic_v1_LeaveForecast, LeaveForecast__Output as _mosaic_v1_LeaveForecast__Output } from '../../mosaic/v1/LeaveForecast.js';
import type { Long } from '@grpc/proto-loader';

export interface StepUpdate {
  'transitionId'?: (string);
  'step'?: (_mosaic_v1_StepName);
  'attempt'?: (number);
  'updateNo'?: (number | string | Long);
  'state'?: (_mosaic_v1_StepState);
  'progressMilli'?: (number);
  'message'?: (string);
  'blockedBy'?: (_mosaic_v1_Blocker)[];
  'forecast'?: (_mosaic_v1_LeaveForecast | null);
}

export interface StepUpdate__Output {
  'transitionId': (string);
  'step': (_mosaic_v1_StepName__Output);
  'attempt': (number);
  'updateNo': (number);
  'state': (_mosaic_v1_StepState__Output);
  'progressMilli': (number);
  'message': (string);
  'blockedBy': (_mosaic_v1_Blocker__Output)[];
  'forecast': (_mosaic_v1_LeaveForecast__Output | null);
}
