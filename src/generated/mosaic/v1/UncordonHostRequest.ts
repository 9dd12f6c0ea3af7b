// Original file: proto/mosaic/v1/operator.proto


export interface UncordonHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
}

export interface UncordonHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
}
