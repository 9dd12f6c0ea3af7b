// Original file: proto/mosaic/v1/operator.proto


export interface UnfreezeRequest {
  'dryRun'?: (boolean);
  'scope'?: (string);
}

export interface UnfreezeRequest__Output {
  'dryRun': (boolean);
  'scope': (string);
}
