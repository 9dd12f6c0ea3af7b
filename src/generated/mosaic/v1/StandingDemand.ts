// Original file: proto/mosaic/v1/operator.proto

import type { Constraint as _mosaic_v1_Constraint, Constraint__Output as _mosaic_v1_Constraint__Output } from '../../mosaic/v1/Constraint.js';
import type { DemandStatus as _mosaic_v1_DemandStatus, DemandStatus__Output as _mosaic_v1_DemandStatus__Output } from '../../mosaic/v1/DemandStatus.js';
import type { Long } from '@grpc/proto-loader';

export interface StandingDemand {
  'frameworkId'?: (string);
  'role'?: (string);
  'demandId'?: (string);
  'want'?: (string);
  'count'?: (number | string | Long);
  'priority'?: (number | string | Long);
  'constraints'?: (_mosaic_v1_Constraint)[];
  'evidence'?: (string);
  'receivedMs'?: (number | string | Long);
  'status'?: (_mosaic_v1_DemandStatus | null);
}

export interface StandingDemand__Output {
  'frameworkId': (string);
  'role': (string);
  'demandId': (string);
  'want': (string);
  'count': (number);
  'priority': (number);
  'constraints': (_mosaic_v1_Constraint__Output)[];
  'evidence': (string);
  'receivedMs': (number);
  'status': (_mosaic_v1_DemandStatus__Output | null);
}
