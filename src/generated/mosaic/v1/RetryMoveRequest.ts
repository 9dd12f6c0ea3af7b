// Original file: proto/mosaic/v1/operator.proto


export interface RetryMoveRequest {
  'dryRun'?: (boolean);
  'transition'?: (string);
}

export interface RetryMoveRequest__Output {
  'dryRun': (boolean);
  'transition': (string);
}
