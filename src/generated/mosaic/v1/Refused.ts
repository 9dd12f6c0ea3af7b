// Original file: proto/mosaic/v1/common.proto

import type { RefusalCode as _mosaic_v1_RefusalCode, RefusalCode__Output as _mosaic_v1_RefusalCode__Output } from '../../mosaic/v1/RefusalCode.js';
import type { Long } from '@grpc/proto-loader';

export interface Refused {
  'code'?: (_mosaic_v1_RefusalCode);
  'message'?: (string);
  'retryAfterMs'?: (number | string | Long);
}

export interface Refused__Output {
  'code': (_mosaic_v1_RefusalCode__Output);
  'message': (string);
  'retryAfterMs': (number);
}
