// Original file: proto/mosaic/v1/operator.proto


export interface AuditRequest {
}

export interface AuditRequest__Output {
}
