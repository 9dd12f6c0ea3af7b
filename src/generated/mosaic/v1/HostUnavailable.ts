// Original file: proto/mosaic/v1/framework.proto

import type { HostUnavailableState as _mosaic_v1_HostUnavailableState, HostUnavailableState__Output as _mosaic_v1_HostUnavailableState__Output } from '../../mosaic/v1/HostUnavailableState.js';
import type { Unavailability as _mosaic_v1_Unavailability, Unavailability__Output as _mosaic_v1_Unavailability__Output } from '../../mosaic/v1/Unavailability.js';

export interface HostUnavailable {
  'hostId'?: (string);
  'hostName'?: (string);
  'state'?: (_mosaic_v1_HostUnavailableState);
  'hard'?: (boolean);
  'unavailability'?: (_mosaic_v1_Unavailability | null);
}

export interface HostUnavailable__Output {
  'hostId': (string);
  'hostName': (string);
  'state': (_mosaic_v1_HostUnavailableState__Output);
  'hard': (boolean);
  'unavailability': (_mosaic_v1_Unavailability__Output | null);
}
