// Original file: proto/mosaic/v1/operator.proto


export interface ForgetHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
}

export interface ForgetHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
}
