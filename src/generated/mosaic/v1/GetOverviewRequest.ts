// Original file: proto/mosaic/v1/operator.proto


export interface GetOverviewRequest {
}

export interface GetOverviewRequest__Output {
}
