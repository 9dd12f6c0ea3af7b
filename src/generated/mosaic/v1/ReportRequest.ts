// Original file: proto/mosaic/v1/agent.proto


export interface ReportRequest {
}

export interface ReportRequest__Output {
}
