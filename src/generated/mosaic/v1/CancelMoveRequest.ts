// Original file: proto/mosaic/v1/operator.proto


export interface CancelMoveRequest {
  'dryRun'?: (boolean);
  'transition'?: (string);
}

export interface CancelMoveRequest__Output {
  'dryRun': (boolean);
  'transition': (string);
}
