// Original file: proto/mosaic/v1/operator.proto

import type { HostProfile as _mosaic_v1_HostProfile, HostProfile__Output as _mosaic_v1_HostProfile__Output } from '../../mosaic/v1/HostProfile.js';

export interface ListHostProfilesResponse {
  'profiles'?: (_mosaic_v1_HostProfile)[];
}

export interface ListHostProfilesResponse__Output {
  'profiles': (_mosaic_v1_HostProfile__Output)[];
}
