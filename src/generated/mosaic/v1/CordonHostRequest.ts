// Original file: proto/mosaic/v1/operator.proto


export interface CordonHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
  'reason'?: (string);
}

export interface CordonHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
  'reason': (string);
}
