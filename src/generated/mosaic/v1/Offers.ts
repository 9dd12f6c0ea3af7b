// Original file: proto/mosaic/v1/framework.proto

import type { Offer as _mosaic_v1_Offer, Offer__Output as _mosaic_v1_Offer__Output } from '../../mosaic/v1/Offer.js';

export interface Offers {
  'offers'?: (_mosaic_v1_Offer)[];
}

export interface Offers__Output {
  'offers': (_mosaic_v1_Offer__Output)[];
}
