// Original file: proto/mosaic/v1/operator.proto


export interface DeleteMaintenanceWindowRequest {
  'dryRun'?: (boolean);
  'name'?: (string);
}

export interface DeleteMaintenanceWindowRequest__Output {
  'dryRun': (boolean);
  'name': (string);
}
