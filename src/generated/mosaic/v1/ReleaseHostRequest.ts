// Original file: proto/mosaic/v1/operator.proto


export interface ReleaseHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
}

export interface ReleaseHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
}
