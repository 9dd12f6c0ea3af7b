// Original file: proto/mosaic/v1/operator.proto

import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';
import type { Long } from '@grpc/proto-loader';

export interface Task {
  'taskId'?: (string);
  'frameworkId'?: (string);
  'role'?: (string);
  'hostName'?: (string);
  'state'?: (string);
  'resources'?: (_mosaic_v1_Resources | null);
  'message'?: (string);
  'updatedMs'?: (number | string | Long);
  'reservationId'?: (string);
}

export interface Task__Output {
  'taskId': (string);
  'frameworkId': (string);
  'role': (string);
  'hostName': (string);
  'state': (string);
  'resources': (_mosaic_v1_Resources__Output | null);
  'message': (string);
  'updatedMs': (number);
  'reservationId': (string);
}
