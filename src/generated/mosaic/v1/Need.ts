// Original file: proto/mosaic/v1/operator.proto


export interface Need {
  'subject'?: (string);
  'message'?: (string);
  'remedy'?: (string);
}

export interface Need__Output {
  'subject': (string);
  'message': (string);
  'remedy': (string);
}
