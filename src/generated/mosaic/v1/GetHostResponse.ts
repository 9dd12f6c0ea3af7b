// Original file: proto/mosaic/v1/operator.proto

import type { Host as _mosaic_v1_Host, Host__Output as _mosaic_v1_Host__Output } from '../../mosaic/v1/Host.js';

export interface GetHostResponse {
  'host'?: (_mosaic_v1_Host | null);
}

export interface GetHostResponse__Output {
  'host': (_mosaic_v1_Host__Output | null);
}
