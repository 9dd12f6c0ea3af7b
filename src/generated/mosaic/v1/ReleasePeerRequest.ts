// Original file: proto/mosaic/v1/operator.proto


export interface ReleasePeerRequest {
  'dryRun'?: (boolean);
  'peer'?: (string);
}

export interface ReleasePeerRequest__Output {
  'dryRun': (boolean);
  'peer': (string);
}
