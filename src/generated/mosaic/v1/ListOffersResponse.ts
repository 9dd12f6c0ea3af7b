// Original file: proto/mosaic/v1/operator.proto

import type { OpenOffer as _mosaic_v1_OpenOffer, OpenOffer__Output as _mosaic_v1_OpenOffer__Output } from '../../mosaic/v1/OpenOffer.js';
import type { Long } from '@grpc/proto-loader';

export interface ListOffersResponse {
  'offers'?: (_mosaic_v1_OpenOffer)[];
  'total'?: (number | string | Long);
  'nextPageToken'?: (string);
}

export interface ListOffersResponse__Output {
  'offers': (_mosaic_v1_OpenOffer__Output)[];
  'total': (number);
  'nextPageToken': (string);
}
