// Original file: proto/mosaic/v1/operator.proto


export interface DeleteRoleRequest {
  'dryRun'?: (boolean);
  'role'?: (string);
}

export interface DeleteRoleRequest__Output {
  'dryRun': (boolean);
  'role': (string);
}
