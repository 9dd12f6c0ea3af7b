// Original file: proto/mosaic/v1/common.proto

import type { Blocker as _mosaic_v1_Blocker, Blocker__Output as _mosaic_v1_Blocker__Output } from '../../mosaic/v1/Blocker.js';
import type { Long } from '@grpc/proto-loader';

export interface LeaveForecast {
  'durationLowMs'?: (number | string | Long);
  'durationHighMs'?: (number | string | Long);
  'units'?: (number | string | Long);
  'wouldKill'?: (string)[];
  'blockers'?: (_mosaic_v1_Blocker)[];
}

export interface LeaveForecast__Output {
  'durationLowMs': (number);
  'durationHighMs': (number);
  'units': (number);
  'wouldKill': (string)[];
  'blockers': (_mosaic_v1_Blocker__Output)[];
}
