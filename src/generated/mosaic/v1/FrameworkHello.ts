// Original file: proto/mosaic/v1/framework.proto

import type { SessionOpening as _mosaic_v1_SessionOpening, SessionOpening__Output as _mosaic_v1_SessionOpening__Output } from '../../mosaic/v1/SessionOpening.js';

export interface FrameworkHello {
  'workload'?: (string);
  'name'?: (string);
  'roles'?: (string)[];
  'executesSteps'?: (boolean);
  'session'?: (_mosaic_v1_SessionOpening | null);
}

export interface FrameworkHello__Output {
  'workload': (string);
  'name': (string);
  'roles': (string)[];
  'executesSteps': (boolean);
  'session': (_mosaic_v1_SessionOpening__Output | null);
}
