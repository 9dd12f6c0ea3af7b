// Original file: proto/mosaic/v1/operator.proto


export interface ListConditionsRequest {
}

export interface ListConditionsRequest__Output {
}
