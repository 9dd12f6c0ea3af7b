// Original file: proto/mosaic/v1/operator.proto


export interface AdmitHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
}

export interface AdmitHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
}
