// Original file: proto/mosaic/v1/operator.proto

import type { Host as _mosaic_v1_Host, Host__Output as _mosaic_v1_Host__Output } from '../../mosaic/v1/Host.js';
import type { Long } from '@grpc/proto-loader';

export interface ListHostsResponse {
  'hosts'?: (_mosaic_v1_Host)[];
  'total'?: (number | string | Long);
  'nextPageToken'?: (string);
}

export interface ListHostsResponse__Output {
  'hosts': (_mosaic_v1_Host__Output)[];
  'total': (number);
  'nextPageToken': (string);
}
