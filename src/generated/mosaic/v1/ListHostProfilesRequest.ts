// Original file: proto/mosaic/v1/operator.proto


export interface ListHostProfilesRequest {
}

export interface ListHostProfilesRequest__Output {
}
