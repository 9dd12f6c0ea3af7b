// Original file: proto/mosaic/v1/operator.proto


export interface ListFreezesRequest {
}

export interface ListFreezesRequest__Output {
}
