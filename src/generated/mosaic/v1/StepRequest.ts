// Original file: proto/mosaic/v1/common.proto

import type { StepName as _mosaic_v1_StepName, StepName__Output as _mosaic_v1_StepName__Output } from '../../mosaic/v1/StepName.js';
import type { HostIdentity as _mosaic_v1_HostIdentity, HostIdentity__Output as _mosaic_v1_HostIdentity__Output } from '../../mosaic/v1/HostIdentity.js';
import type { StepPolicy as _mosaic_v1_StepPolicy, StepPolicy__Output as _mosaic_v1_StepPolicy__Output } from '../../mosaic/v1/StepPolicy.js';
import type { Long } from '@grpc/proto-loader';

export interface StepRequest {
  'transitionId'?: (string);
  'step'?: (_mosaic_v1_StepName);
  'attempt'?: (number);
  'validForMs'?: (number | string | Long);
  'hostId'?: (string);
  'hostName'?: (string);
  'identity'?: (_mosaic_v1_HostIdentity | null);
  'workload'?: (string);
  'policy'?: (_mosaic_v1_StepPolicy | null);
  'reason'?: (string);
}

export interface StepRequest__Output {
  'transitionId': (string);
  'step': (_mosaic_v1_StepName__Output);
  'attempt': (number);
  'validForMs': (number);
  'hostId': (string);
  'hostName': (string);
  'identity': (_mosaic_v1_HostIdentity__Output | null);
  'workload': (string);
  'policy': (_mosaic_v1_StepPolicy__Output | null);
  'reason': (string);
}
