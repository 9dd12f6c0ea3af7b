// Original file: proto/mosaic/v1/common.proto

import type { Quantities as _mosaic_v1_Quantities, Quantities__Output as _mosaic_v1_Quantities__Output } from '../../mosaic/v1/Quantities.js';
import type { PortRange as _mosaic_v1_PortRange, PortRange__Output as _mosaic_v1_PortRange__Output } from '../../mosaic/v1/PortRange.js';

export interface Resources {
  'quantities'?: (_mosaic_v1_Quantities | null);
  'ports'?: (_mosaic_v1_PortRange)[];
}

export interface Resources__Output {
  'quantities': (_mosaic_v1_Quantities__Output | null);
  'ports': (_mosaic_v1_PortRange__Output)[];
}
