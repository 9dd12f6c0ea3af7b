// Original file: proto/mosaic/v1/framework.proto

import type { ObservedHost as _mosaic_v1_ObservedHost, ObservedHost__Output as _mosaic_v1_ObservedHost__Output } from '../../mosaic/v1/ObservedHost.js';

export interface Observation {
  'complete'?: (boolean);
  'hosts'?: (_mosaic_v1_ObservedHost)[];
}

export interface Observation__Output {
  'complete': (boolean);
  'hosts': (_mosaic_v1_ObservedHost__Output)[];
}
