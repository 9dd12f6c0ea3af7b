// Original file: proto/mosaic/v1/operator.proto

import type { HostProfile as _mosaic_v1_HostProfile, HostProfile__Output as _mosaic_v1_HostProfile__Output } from '../../mosaic/v1/HostProfile.js';

export interface GetHostProfileResponse {
  'profile'?: (_mosaic_v1_HostProfile | null);
}

export interface GetHostProfileResponse__Output {
  'profile': (_mosaic_v1_HostProfile__Output | null);
}
