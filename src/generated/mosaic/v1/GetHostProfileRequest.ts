// Original file: proto/mosaic/v1/operator.proto


export interface GetHostProfileRequest {
  'workload'?: (string);
}

export interface GetHostProfileRequest__Output {
  'workload': (string);
}
