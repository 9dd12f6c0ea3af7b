// Original file: proto/mosaic/v1/operator.proto


export interface ListFrameworksRequest {
  'workload'?: (string);
}

export interface ListFrameworksRequest__Output {
  'workload': (string);
}
