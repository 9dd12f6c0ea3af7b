// Original file: proto/mosaic/v1/operator.proto


export interface GetPlanRequest {
}

export interface GetPlanRequest__Output {
}
