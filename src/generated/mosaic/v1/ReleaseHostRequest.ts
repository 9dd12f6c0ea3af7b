// Original file: proto/mosaic/v1/operator.proto


export interface ReleaseHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
  'wipe'?: (boolean);
}

export interface ReleaseHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
  'wipe': (boolean);
}
