// Original file: proto/mosaic/v1/operator.proto

import type { ObservedHost as _mosaic_v1_ObservedHost, ObservedHost__Output as _mosaic_v1_ObservedHost__Output } from '../../mosaic/v1/ObservedHost.js';
import type { Long } from '@grpc/proto-loader';

export interface Framework {
  'frameworkId'?: (string);
  'workload'?: (string);
  'roles'?: (string)[];
  'connected'?: (boolean);
  'sinceMs'?: (number | string | Long);
  'executesSteps'?: (boolean);
  'tornDown'?: (boolean);
  'observed'?: (boolean);
  'hosts'?: (number | string | Long);
  'tasks'?: (number | string | Long);
  'offers'?: (number | string | Long);
  'withoutAgent'?: (_mosaic_v1_ObservedHost)[];
}

export interface Framework__Output {
  'frameworkId': (string);
  'workload': (string);
  'roles': (string)[];
  'connected': (boolean);
  'sinceMs': (number);
  'executesSteps': (boolean);
  'tornDown': (boolean);
  'observed': (boolean);
  'hosts': (number);
  'tasks': (number);
  'offers': (number);
  'withoutAgent': (_mosaic_v1_ObservedHost__Output)[];
}
