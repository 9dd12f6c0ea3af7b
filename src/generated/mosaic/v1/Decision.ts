// Original file: proto/mosaic/v1/operator.proto

import type { FieldValue as _mosaic_v1_FieldValue, FieldValue__Output as _mosaic_v1_FieldValue__Output } from '../../mosaic/v1/FieldValue.js';
import type { Long } from '@grpc/proto-loader';

export interface Decision {
  'atMs'?: (number | string | Long);
  'about'?: (string);
  'subject'?: (string);
  'text'?: (string);
  'fields'?: ({[key: string]: _mosaic_v1_FieldValue});
}

export interface Decision__Output {
  'atMs': (number);
  'about': (string);
  'subject': (string);
  'text': (string);
  'fields': ({[key: string]: _mosaic_v1_FieldValue__Output});
}
