// Original file: proto/mosaic/v1/operator.proto

import type { ProfileStep as _mosaic_v1_ProfileStep, ProfileStep__Output as _mosaic_v1_ProfileStep__Output } from '../../mosaic/v1/ProfileStep.js';
import type { Long } from '@grpc/proto-loader';

export interface HostProfile {
  'workload'?: (string);
  'version'?: (number | string | Long);
  'prepare'?: (_mosaic_v1_ProfileStep)[];
  'clean'?: (_mosaic_v1_ProfileStep)[];
}

export interface HostProfile__Output {
  'workload': (string);
  'version': (number);
  'prepare': (_mosaic_v1_ProfileStep__Output)[];
  'clean': (_mosaic_v1_ProfileStep__Output)[];
}
