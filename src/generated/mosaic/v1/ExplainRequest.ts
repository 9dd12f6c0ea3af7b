// Original file: proto/mosaic/v1/operator.proto


export interface ExplainRequest {
  'thing'?: (string);
}

export interface ExplainRequest__Output {
  'thing': (string);
}
