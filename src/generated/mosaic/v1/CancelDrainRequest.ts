// Original file: proto/mosaic/v1/operator.proto


export interface CancelDrainRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
}

export interface CancelDrainRequest__Output {
  'dryRun': (boolean);
  'host': (string);
}
