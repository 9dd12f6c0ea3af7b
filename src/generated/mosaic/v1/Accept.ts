// Original file: proto/mosaic/v1/framework.proto

import type { Claim as _mosaic_v1_Claim, Claim__Output as _mosaic_v1_Claim__Output } from '../../mosaic/v1/Claim.js';
import type { Launch as _mosaic_v1_Launch, Launch__Output as _mosaic_v1_Launch__Output } from '../../mosaic/v1/Launch.js';
import type { Reserve as _mosaic_v1_Reserve, Reserve__Output as _mosaic_v1_Reserve__Output } from '../../mosaic/v1/Reserve.js';
import type { Unreserve as _mosaic_v1_Unreserve, Unreserve__Output as _mosaic_v1_Unreserve__Output } from '../../mosaic/v1/Unreserve.js';

export interface Accept {
  'commandId'?: (string);
  'offerIds'?: (string)[];
  'claim'?: (_mosaic_v1_Claim | null);
  'launch'?: (_mosaic_v1_Launch | null);
  'reserve'?: (_mosaic_v1_Reserve | null);
  'unreserve'?: (_mosaic_v1_Unreserve | null);
  'action'?: "claim"|"launch"|"reserve"|"unreserve";
}

export interface Accept__Output {
  'commandId': (string);
  'offerIds': (string)[];
  'claim'?: (_mosaic_v1_Claim__Output | null);
  'launch'?: (_mosaic_v1_Launch__Output | null);
  'reserve'?: (_mosaic_v1_Reserve__Output | null);
  'unreserve'?: (_mosaic_v1_Unreserve__Output | null);
  'action'?: "claim"|"launch"|"reserve"|"unreserve";
}
