// Original file: proto/mosaic/v1/operator.proto

import type { MaintenanceWindow as _mosaic_v1_MaintenanceWindow, MaintenanceWindow__Output as _mosaic_v1_MaintenanceWindow__Output } from '../../mosaic/v1/MaintenanceWindow.js';

export interface SetMaintenanceWindowRequest {
  'dryRun'?: (boolean);
  'window'?: (_mosaic_v1_MaintenanceWindow | null);
}

export interface SetMaintenanceWindowRequest__Output {
  'dryRun': (boolean);
  'window': (_mosaic_v1_MaintenanceWindow__Output | null);
}
