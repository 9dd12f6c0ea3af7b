// Original file: proto/mosaic/v1/operator.proto


export interface ListRolesRequest {
}

export interface ListRolesRequest__Output {
}
