// Original file: proto/mosaic/v1/operator.proto

import type { Task as _mosaic_v1_Task, Task__Output as _mosaic_v1_Task__Output } from '../../mosaic/v1/Task.js';
import type { Long } from '@grpc/proto-loader';

export interface ListTasksResponse {
  'tasks'?: (_mosaic_v1_Task)[];
  'total'?: (number | string | Long);
  'nextPageToken'?: (string);
}

export interface ListTasksResponse__Output {
  'tasks': (_mosaic_v1_Task__Output)[];
  'total': (number);
  'nextPageToken': (string);
}
