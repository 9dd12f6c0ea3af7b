// Original file: proto/mosaic/v1/operator.proto

import type { Long } from '@grpc/proto-loader';

export interface MaintenanceWindow {
  'name'?: (string);
  'hosts'?: (string)[];
  'startsMs'?: (number | string | Long);
  'endsMs'?: (number | string | Long);
  'reason'?: (string);
  'drain'?: (boolean);
  'hard'?: (boolean);
  'drainBeforeMs'?: (number | string | Long);
  'keepCordoned'?: (boolean);
  'by'?: (string);
  'phase'?: (string);
  'hostsDraining'?: (number | string | Long);
  'hostsDrained'?: (number | string | Long);
  '_drainBeforeMs'?: "drainBeforeMs";
}

export interface MaintenanceWindow__Output {
  'name': (string);
  'hosts': (string)[];
  'startsMs': (number);
  'endsMs': (number);
  'reason': (string);
  'drain': (boolean);
  'hard': (boolean);
  'drainBeforeMs'?: (number);
  'keepCordoned': (boolean);
  'by': (string);
  'phase': (string);
  'hostsDraining': (number);
  'hostsDrained': (number);
  '_drainBeforeMs'?: "drainBeforeMs";
}
