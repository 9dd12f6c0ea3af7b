// Original file: proto/mosaic/v1/operator.proto

import type { WatchToken as _mosaic_v1_WatchToken, WatchToken__Output as _mosaic_v1_WatchToken__Output } from '../../mosaic/v1/WatchToken.js';

export interface WatchRequest {
  'after'?: (_mosaic_v1_WatchToken | null);
  'about'?: (string)[];
  'subject'?: (string);
}

export interface WatchRequest__Output {
  'after': (_mosaic_v1_WatchToken__Output | null);
  'about': (string)[];
  'subject': (string);
}
