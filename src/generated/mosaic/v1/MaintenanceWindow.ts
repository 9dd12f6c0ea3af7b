// Original file: proto/mosaic/v1/operator.proto

import type { Long } from '@grpc/proto-loader';

export interface MaintenanceWindow {
  'name'?: (string);
  'hosts'?: (string)[];
  'startsMs'?: (number | string | Long);
  'endsMs'?: (number | string | Long);
  'reason'?: (string);
  'drain'?: (boolean);
}

export interface MaintenanceWindow__Output {
  'name': (string);
  'hosts': (string)[];
  'startsMs': (number);
  'endsMs': (number);
  'reason': (string);
  'drain': (boolean);
}
