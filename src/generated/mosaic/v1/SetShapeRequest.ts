// Original file: proto/mosaic/v1/operator.proto

import type { Constraint as _mosaic_v1_Constraint, Constraint__Output as _mosaic_v1_Constraint__Output } from '../../mosaic/v1/Constraint.js';
import type { Quantities as _mosaic_v1_Quantities, Quantities__Output as _mosaic_v1_Quantities__Output } from '../../mosaic/v1/Quantities.js';
import type { Long } from '@grpc/proto-loader';

export interface SetShapeRequest {
  'dryRun'?: (boolean);
  'shape'?: (string);
  'rank'?: (number | string | Long);
  'constraints'?: (_mosaic_v1_Constraint)[];
  'minimum'?: (_mosaic_v1_Quantities | null);
}

export interface SetShapeRequest__Output {
  'dryRun': (boolean);
  'shape': (string);
  'rank': (number);
  'constraints': (_mosaic_v1_Constraint__Output)[];
  'minimum': (_mosaic_v1_Quantities__Output | null);
}
