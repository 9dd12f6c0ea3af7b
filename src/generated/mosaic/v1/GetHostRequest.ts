// Original file: proto/mosaic/v1/operator.proto


export interface GetHostRequest {
  'host'?: (string);
}

export interface GetHostRequest__Output {
  'host': (string);
}
