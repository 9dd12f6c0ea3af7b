// Original file: proto/mosaic/v1/operator.proto


export interface AuditResponse {
  'violations'?: (string)[];
}

export interface AuditResponse__Output {
  'violations': (string)[];
}
