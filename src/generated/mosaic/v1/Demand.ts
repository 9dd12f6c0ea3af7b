// Original file: proto/mosaic/v1/framework.proto

import type { DemandEntry as _mosaic_v1_DemandEntry, DemandEntry__Output as _mosaic_v1_DemandEntry__Output } from '../../mosaic/v1/DemandEntry.js';
import type { Long } from '@grpc/proto-loader';

export interface Demand {
  'role'?: (string);
  'asOfSeq'?: (number | string | Long);
  'entries'?: (_mosaic_v1_DemandEntry)[];
}

export interface Demand__Output {
  'role': (string);
  'asOfSeq': (number);
  'entries': (_mosaic_v1_DemandEntry__Output)[];
}
