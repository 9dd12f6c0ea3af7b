// Original file: proto/mosaic/v1/operator.proto


export interface Reboot {
}

export interface Reboot__Output {
}
