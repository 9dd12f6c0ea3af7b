// Original file: proto/mosaic/v1/operator.proto

import type { RoleChange as _mosaic_v1_RoleChange, RoleChange__Output as _mosaic_v1_RoleChange__Output } from '../../mosaic/v1/RoleChange.js';

export interface RoleEdit {
  'role'?: (string);
  'change'?: (_mosaic_v1_RoleChange | null);
}

export interface RoleEdit__Output {
  'role': (string);
  'change': (_mosaic_v1_RoleChange__Output | null);
}
