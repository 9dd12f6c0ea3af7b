// Original file: proto/mosaic/v1/operator.proto

import type { PlannedMove as _mosaic_v1_PlannedMove, PlannedMove__Output as _mosaic_v1_PlannedMove__Output } from '../../mosaic/v1/PlannedMove.js';
import type { Long } from '@grpc/proto-loader';

export interface Plan {
  'planId'?: (string);
  'version'?: (number | string | Long);
  'mode'?: (string);
  'status'?: (string);
  'createdMs'?: (number | string | Long);
  'decidedBy'?: (string);
  'moves'?: (_mosaic_v1_PlannedMove)[];
  'notMoved'?: (string)[];
}

export interface Plan__Output {
  'planId': (string);
  'version': (number);
  'mode': (string);
  'status': (string);
  'createdMs': (number);
  'decidedBy': (string);
  'moves': (_mosaic_v1_PlannedMove__Output)[];
  'notMoved': (string)[];
}
