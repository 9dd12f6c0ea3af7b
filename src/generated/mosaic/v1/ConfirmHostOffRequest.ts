// Original file: proto/mosaic/v1/operator.proto


export interface ConfirmHostOffRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
}

export interface ConfirmHostOffRequest__Output {
  'dryRun': (boolean);
  'host': (string);
}
