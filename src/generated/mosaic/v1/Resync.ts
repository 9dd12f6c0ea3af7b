// Original file: proto/mosaic/v1/framework.proto

import type { HostLease as _mosaic_v1_HostLease, HostLease__Output as _mosaic_v1_HostLease__Output } from '../../mosaic/v1/HostLease.js';
import type { TaskStatus as _mosaic_v1_TaskStatus, TaskStatus__Output as _mosaic_v1_TaskStatus__Output } from '../../mosaic/v1/TaskStatus.js';

export interface Resync {
  'leases'?: (_mosaic_v1_HostLease)[];
  'tasks'?: (_mosaic_v1_TaskStatus)[];
  'more'?: (boolean);
}

export interface Resync__Output {
  'leases': (_mosaic_v1_HostLease__Output)[];
  'tasks': (_mosaic_v1_TaskStatus__Output)[];
  'more': (boolean);
}
