// Original file: proto/mosaic/v1/operator.proto

import type { Transition as _mosaic_v1_Transition, Transition__Output as _mosaic_v1_Transition__Output } from '../../mosaic/v1/Transition.js';
import type { Long } from '@grpc/proto-loader';

export interface ListTransitionsResponse {
  'transitions'?: (_mosaic_v1_Transition)[];
  'total'?: (number | string | Long);
  'nextPageToken'?: (string);
}

export interface ListTransitionsResponse__Output {
  'transitions': (_mosaic_v1_Transition__Output)[];
  'total': (number);
  'nextPageToken': (string);
}
