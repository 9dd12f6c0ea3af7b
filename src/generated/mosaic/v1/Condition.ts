// Original file: proto/mosaic/v1/operator.proto

import type { ConditionKind as _mosaic_v1_ConditionKind, ConditionKind__Output as _mosaic_v1_ConditionKind__Output } from '../../mosaic/v1/ConditionKind.js';
import type { Long } from '@grpc/proto-loader';

export interface Condition {
  'kind'?: (_mosaic_v1_ConditionKind);
  'subject'?: (string);
  'sinceMs'?: (number | string | Long);
  'message'?: (string);
  'remedy'?: (string);
}

export interface Condition__Output {
  'kind': (_mosaic_v1_ConditionKind__Output);
  'subject': (string);
  'sinceMs': (number);
  'message': (string);
  'remedy': (string);
}
