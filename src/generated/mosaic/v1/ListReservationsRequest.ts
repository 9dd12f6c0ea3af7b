// Original file: proto/mosaic/v1/operator.proto

import type { PageRequest as _mosaic_v1_PageRequest, PageRequest__Output as _mosaic_v1_PageRequest__Output } from '../../mosaic/v1/PageRequest.js';

export interface ListReservationsRequest {
  'host'?: (string);
  'role'?: (string);
  'idle'?: (boolean);
  'page'?: (_mosaic_v1_PageRequest | null);
}

export interface ListReservationsRequest__Output {
  'host': (string);
  'role': (string);
  'idle': (boolean);
  'page': (_mosaic_v1_PageRequest__Output | null);
}
