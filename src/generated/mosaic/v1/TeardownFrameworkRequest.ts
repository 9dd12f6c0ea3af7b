// Original file: proto/mosaic/v1/operator.proto


export interface TeardownFrameworkRequest {
  'dryRun'?: (boolean);
  'frameworkId'?: (string);
}

export interface TeardownFrameworkRequest__Output {
  'dryRun': (boolean);
  'frameworkId': (string);
}
