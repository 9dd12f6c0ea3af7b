// Original file: proto/mosaic/v1/framework.proto

import type { DemandStatus as _mosaic_v1_DemandStatus, DemandStatus__Output as _mosaic_v1_DemandStatus__Output } from '../../mosaic/v1/DemandStatus.js';

export interface DemandStatuses {
  'role'?: (string);
  'statuses'?: (_mosaic_v1_DemandStatus)[];
}

export interface DemandStatuses__Output {
  'role': (string);
  'statuses': (_mosaic_v1_DemandStatus__Output)[];
}
