// Original file: proto/mosaic/v1/framework.proto

import type { TaskSpec as _mosaic_v1_TaskSpec, TaskSpec__Output as _mosaic_v1_TaskSpec__Output } from '../../mosaic/v1/TaskSpec.js';

export interface Launch {
  'tasks'?: (_mosaic_v1_TaskSpec)[];
}

export interface Launch__Output {
  'tasks': (_mosaic_v1_TaskSpec__Output)[];
}
