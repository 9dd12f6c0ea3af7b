// Original file: proto/mosaic/v1/operator.proto

import type { WaitReason as _mosaic_v1_WaitReason, WaitReason__Output as _mosaic_v1_WaitReason__Output } from '../../mosaic/v1/WaitReason.js';
import type { Long } from '@grpc/proto-loader';

export interface Owner {
  'owner'?: (string);
  'workload'?: (string);
  'role'?: (string);
  'connected'?: (boolean);
  'hosts'?: (number | string | Long);
  'serving'?: (number | string | Long);
  'movingIn'?: (number | string | Long);
  'movingOut'?: (number | string | Long);
  'wanted'?: (number | string | Long);
  'entitled'?: (number | string | Long);
  'guaranteeHosts'?: (number | string | Long);
  'limitHosts'?: (number | string | Long);
  'why'?: (string);
  'reason'?: (_mosaic_v1_WaitReason);
}

export interface Owner__Output {
  'owner': (string);
  'workload': (string);
  'role': (string);
  'connected': (boolean);
  'hosts': (number);
  'serving': (number);
  'movingIn': (number);
  'movingOut': (number);
  'wanted': (number);
  'entitled': (number);
  'guaranteeHosts': (number);
  'limitHosts': (number);
  'why': (string);
  'reason': (_mosaic_v1_WaitReason__Output);
}
