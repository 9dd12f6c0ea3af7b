// Original file: proto/mosaic/v1/framework.proto


export interface Renew {
  'offerIds'?: (string)[];
}

export interface Renew__Output {
  'offerIds': (string)[];
}
