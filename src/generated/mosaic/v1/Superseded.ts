// Original file: proto/mosaic/v1/common.proto


export interface Superseded {
}

export interface Superseded__Output {
}
