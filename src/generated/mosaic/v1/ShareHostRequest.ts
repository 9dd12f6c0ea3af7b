// Original file: proto/mosaic/v1/operator.proto


export interface ShareHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
  'shared'?: (boolean);
}

export interface ShareHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
  'shared': (boolean);
}
