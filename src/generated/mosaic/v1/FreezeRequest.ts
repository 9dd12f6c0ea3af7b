// Original file: proto/mosaic/v1/operator.proto


export interface FreezeRequest {
  'dryRun'?: (boolean);
  'scope'?: (string);
  'reason'?: (string);
}

export interface FreezeRequest__Output {
  'dryRun': (boolean);
  'scope': (string);
  'reason': (string);
}
