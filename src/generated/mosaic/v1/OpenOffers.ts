// Original file: proto/mosaic/v1/framework.proto

import type { Quantities as _mosaic_v1_Quantities, Quantities__Output as _mosaic_v1_Quantities__Output } from '../../mosaic/v1/Quantities.js';

export interface OpenOffers {
  'role'?: (string);
  'enabled'?: (boolean);
  'minimum'?: (_mosaic_v1_Quantities | null);
}

export interface OpenOffers__Output {
  'role': (string);
  'enabled': (boolean);
  'minimum': (_mosaic_v1_Quantities__Output | null);
}
