// Original file: proto/mosaic/v1/operator.proto

import type { TransitionStep as _mosaic_v1_TransitionStep, TransitionStep__Output as _mosaic_v1_TransitionStep__Output } from '../../mosaic/v1/TransitionStep.js';
import type { StepEnd as _mosaic_v1_StepEnd, StepEnd__Output as _mosaic_v1_StepEnd__Output } from '../../mosaic/v1/StepEnd.js';
import type { Long } from '@grpc/proto-loader';

export interface StepOutcome {
  'step'?: (_mosaic_v1_TransitionStep);
  'attempt'?: (number);
  'state'?: (_mosaic_v1_StepEnd);
  'startedMs'?: (number | string | Long);
  'endedMs'?: (number | string | Long);
  'message'?: (string);
}

export interface StepOutcome__Output {
  'step': (_mosaic_v1_TransitionStep__Output);
  'attempt': (number);
  'state': (_mosaic_v1_StepEnd__Output);
  'startedMs': (number);
  'endedMs': (number);
  'message': (string);
}
