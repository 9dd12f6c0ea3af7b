// Original file: proto/mosaic/v1/operator.proto


export interface AdoptRequest {
  'dryRun'?: (boolean);
  'frameworkId'?: (string);
}

export interface AdoptRequest__Output {
  'dryRun': (boolean);
  'frameworkId': (string);
}
