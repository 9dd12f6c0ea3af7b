// Original file: proto/mosaic/v1/operator.proto


export interface QuarantineHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
  'reason'?: (string);
}

export interface QuarantineHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
  'reason': (string);
}
