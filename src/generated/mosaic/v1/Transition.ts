// Original file: proto/mosaic/v1/operator.proto

import type { TransitionDirection as _mosaic_v1_TransitionDirection, TransitionDirection__Output as _mosaic_v1_TransitionDirection__Output } from '../../mosaic/v1/TransitionDirection.js';
import type { TransitionStep as _mosaic_v1_TransitionStep, TransitionStep__Output as _mosaic_v1_TransitionStep__Output } from '../../mosaic/v1/TransitionStep.js';
import type { WaitWord as _mosaic_v1_WaitWord, WaitWord__Output as _mosaic_v1_WaitWord__Output } from '../../mosaic/v1/WaitWord.js';
import type { Blocker as _mosaic_v1_Blocker, Blocker__Output as _mosaic_v1_Blocker__Output } from '../../mosaic/v1/Blocker.js';
import type { LeaveForecast as _mosaic_v1_LeaveForecast, LeaveForecast__Output as _mosaic_v1_LeaveForecast__Output } from '../../mosaic/v1/LeaveForecast.js';
import type { StepOutcome as _mosaic_v1_StepOutcome, StepOutcome__Output as _mosaic_v1_StepOutcome__Output } from '../../mosaic/v1/StepOutcome.js';
import type { Long } from '@grpc/proto-loader';

export interface Transition {
  'transitionId'?: (string);
  'hostId'?: (string);
  'hostName'?: (string);
  'from'?: (string);
  'to'?: (string);
  'toMode'?: (string);
  'planId'?: (string);
  'reason'?: (string);
  'requestedBy'?: (string);
  'direction'?: (_mosaic_v1_TransitionDirection);
  'step'?: (_mosaic_v1_TransitionStep);
  'attempt'?: (number);
  'stepPhase'?: (string);
  'word'?: (_mosaic_v1_WaitWord);
  'progressMilli'?: (number);
  'message'?: (string);
  'blockedBy'?: (_mosaic_v1_Blocker)[];
  'forecast'?: (_mosaic_v1_LeaveForecast | null);
  'startedMs'?: (number | string | Long);
  'endedMs'?: (number | string | Long);
  'deadlineMs'?: (number | string | Long);
  'outcome'?: (string);
  'history'?: (_mosaic_v1_StepOutcome)[];
}

export interface Transition__Output {
  'transitionId': (string);
  'hostId': (string);
  'hostName': (string);
  'from': (string);
  'to': (string);
  'toMode': (string);
  'planId': (string);
  'reason': (string);
  'requestedBy': (string);
  'direction': (_mosaic_v1_TransitionDirection__Output);
  'step': (_mosaic_v1_TransitionStep__Output);
  'attempt': (number);
  'stepPhase': (string);
  'word': (_mosaic_v1_WaitWord__Output);
  'progressMilli': (number);
  'message': (string);
  'blockedBy': (_mosaic_v1_Blocker__Output)[];
  'forecast': (_mosaic_v1_LeaveForecast__Output | null);
  'startedMs': (number);
  'endedMs': (number);
  'deadlineMs': (number);
  'outcome': (string);
  'history': (_mosaic_v1_StepOutcome__Output)[];
}
