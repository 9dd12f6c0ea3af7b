// Original file: proto/mosaic/v1/operator.proto


export interface ListDemandsRequest {
}

export interface ListDemandsRequest__Output {
}
