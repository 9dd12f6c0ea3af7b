// Original file: proto/mosaic/v1/framework.proto


export interface Reserve {
}

export interface Reserve__Output {
}
