// Original file: proto/mosaic/v1/framework.proto


export interface Rescind {
  'offerIds'?: (string)[];
  'reason'?: (string);
}

export interface Rescind__Output {
  'offerIds': (string)[];
  'reason': (string);
}
