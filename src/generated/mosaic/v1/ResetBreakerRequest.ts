// Original file: proto/mosaic/v1/operator.proto


export interface ResetBreakerRequest {
  'dryRun'?: (boolean);
}

export interface ResetBreakerRequest__Output {
  'dryRun': (boolean);
}
