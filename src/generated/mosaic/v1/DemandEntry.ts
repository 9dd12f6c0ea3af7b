// Original file: proto/mosaic/v1/framework.proto

import type { WantedHosts as _mosaic_v1_WantedHosts, WantedHosts__Output as _mosaic_v1_WantedHosts__Output } from '../../mosaic/v1/WantedHosts.js';
import type { WantedSlices as _mosaic_v1_WantedSlices, WantedSlices__Output as _mosaic_v1_WantedSlices__Output } from '../../mosaic/v1/WantedSlices.js';
import type { Constraint as _mosaic_v1_Constraint, Constraint__Output as _mosaic_v1_Constraint__Output } from '../../mosaic/v1/Constraint.js';
import type { Placement as _mosaic_v1_Placement, Placement__Output as _mosaic_v1_Placement__Output } from '../../mosaic/v1/Placement.js';
import type { Long } from '@grpc/proto-loader';

export interface DemandEntry {
  'demandId'?: (string);
  'hosts'?: (_mosaic_v1_WantedHosts | null);
  'slices'?: (_mosaic_v1_WantedSlices | null);
  'count'?: (number | string | Long);
  'minimum'?: (number | string | Long);
  'allOrNothing'?: (boolean);
  'constraints'?: (_mosaic_v1_Constraint)[];
  'placement'?: (_mosaic_v1_Placement)[];
  'priority'?: (number);
  'deadlineMs'?: (number | string | Long);
  'ageMs'?: (number | string | Long);
  'evidence'?: (string);
  'want'?: "hosts"|"slices";
}

export interface DemandEntry__Output {
  'demandId': (string);
  'hosts'?: (_mosaic_v1_WantedHosts__Output | null);
  'slices'?: (_mosaic_v1_WantedSlices__Output | null);
  'count': (number);
  'minimum': (number);
  'allOrNothing': (boolean);
  'constraints': (_mosaic_v1_Constraint__Output)[];
  'placement': (_mosaic_v1_Placement__Output)[];
  'priority': (number);
  'deadlineMs': (number);
  'ageMs': (number);
  'evidence': (string);
  'want'?: "hosts"|"slices";
}
