// Original file: proto/mosaic/v1/common.proto

import type { Long } from '@grpc/proto-loader';

export interface Quantities {
  'amounts'?: ({[key: string]: number | string | Long});
}

export interface Quantities__Output {
  'amounts': ({[key: string]: number});
}
