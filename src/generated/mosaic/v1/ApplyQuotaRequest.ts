// Original file: proto/mosaic/v1/operator.proto

import type { RoleEdit as _mosaic_v1_RoleEdit, RoleEdit__Output as _mosaic_v1_RoleEdit__Output } from '../../mosaic/v1/RoleEdit.js';

export interface ApplyQuotaRequest {
  'dryRun'?: (boolean);
  'roles'?: (_mosaic_v1_RoleEdit)[];
  'force'?: (boolean);
}

export interface ApplyQuotaRequest__Output {
  'dryRun': (boolean);
  'roles': (_mosaic_v1_RoleEdit__Output)[];
  'force': (boolean);
}
