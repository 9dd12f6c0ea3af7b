// Original file: proto/mosaic/v1/operator.proto

import type { PageRequest as _mosaic_v1_PageRequest, PageRequest__Output as _mosaic_v1_PageRequest__Output } from '../../mosaic/v1/PageRequest.js';

export interface ListTasksRequest {
  'frameworkId'?: (string);
  'page'?: (_mosaic_v1_PageRequest | null);
}

export interface ListTasksRequest__Output {
  'frameworkId': (string);
  'page': (_mosaic_v1_PageRequest__Output | null);
}
