// Original file: proto/mosaic/v1/operator.proto


export interface PageRequest {
  'limit'?: (number);
  'pageToken'?: (string);
}

export interface PageRequest__Output {
  'limit': (number);
  'pageToken': (string);
}
