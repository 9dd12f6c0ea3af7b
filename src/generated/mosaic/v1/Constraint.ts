// Original file: proto/mosaic/v1/common.proto

import type { ConstraintOp as _mosaic_v1_ConstraintOp, ConstraintOp__Output as _mosaic_v1_ConstraintOp__Output } from '../../mosaic/v1/ConstraintOp.js';

export interface Constraint {
  'attribute'?: (string);
  'op'?: (_mosaic_v1_ConstraintOp);
  'values'?: (string)[];
}

export interface Constraint__Output {
  'attribute': (string);
  'op': (_mosaic_v1_ConstraintOp__Output);
  'values': (string)[];
}
