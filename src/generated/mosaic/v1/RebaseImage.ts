// Original file: proto/mosaic/v1/operator.proto


export interface RebaseImage {
  'image'?: (string);
}

export interface RebaseImage__Output {
  'image': (string);
}
