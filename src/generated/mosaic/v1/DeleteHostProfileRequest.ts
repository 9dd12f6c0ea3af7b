// Original file: proto/mosaic/v1/operator.proto


export interface DeleteHostProfileRequest {
  'dryRun'?: (boolean);
  'workload'?: (string);
}

export interface DeleteHostProfileRequest__Output {
  'dryRun': (boolean);
  'workload': (string);
}
