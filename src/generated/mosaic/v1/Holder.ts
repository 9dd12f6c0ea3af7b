// Original file: proto/mosaic/v1/operator.proto


export interface Holder {
  'frameworkId'?: (string);
  'role'?: (string);
}

export interface Holder__Output {
  'frameworkId': (string);
  'role': (string);
}
