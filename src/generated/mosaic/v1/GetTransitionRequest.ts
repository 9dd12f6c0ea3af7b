// Original file: proto/mosaic/v1/operator.proto


export interface GetTransitionRequest {
  'transition'?: (string);
}

export interface GetTransitionRequest__Output {
  'transition': (string);
}
