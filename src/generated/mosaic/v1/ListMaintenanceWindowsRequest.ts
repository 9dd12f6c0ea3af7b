// Original file: proto/mosaic/v1/operator.proto


export interface ListMaintenanceWindowsRequest {
}

export interface ListMaintenanceWindowsRequest__Output {
}
