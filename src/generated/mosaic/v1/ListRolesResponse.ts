// Original file: proto/mosaic/v1/operator.proto

import type { Role as _mosaic_v1_Role, Role__Output as _mosaic_v1_Role__Output } from '../../mosaic/v1/Role.js';

export interface ListRolesResponse {
  'roles'?: (_mosaic_v1_Role)[];
}

export interface ListRolesResponse__Output {
  'roles': (_mosaic_v1_Role__Output)[];
}
