// Original file: proto/mosaic/v1/operator.proto

import type { MaintenanceWindow as _mosaic_v1_MaintenanceWindow, MaintenanceWindow__Output as _mosaic_v1_MaintenanceWindow__Output } from '../../mosaic/v1/MaintenanceWindow.js';

export interface ListMaintenanceWindowsResponse {
  'windows'?: (_mosaic_v1_MaintenanceWindow)[];
}

export interface ListMaintenanceWindowsResponse__Output {
  'windows': (_mosaic_v1_MaintenanceWindow__Output)[];
}
