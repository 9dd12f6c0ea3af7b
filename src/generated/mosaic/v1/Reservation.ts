// Original file: proto/mosaic/v1/operator.proto

import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';
import type { Long } from '@grpc/proto-loader';

export interface Reservation {
  'reservationId'?: (string);
  'hostName'?: (string);
  'role'?: (string);
  'resources'?: (_mosaic_v1_Resources | null);
  'idle'?: (_mosaic_v1_Resources | null);
  'tasks'?: (number | string | Long);
  'offers'?: (number | string | Long);
  'by'?: (string);
  'reason'?: (string);
  'sinceMs'?: (number | string | Long);
}

export interface Reservation__Output {
  'reservationId': (string);
  'hostName': (string);
  'role': (string);
  'resources': (_mosaic_v1_Resources__Output | null);
  'idle': (_mosaic_v1_Resources__Output | null);
  'tasks': (number);
  'offers': (number);
  'by': (string);
  'reason': (string);
  'sinceMs': (number);
}
