// Original file: proto/mosaic/v1/framework.proto


export interface Claim {
}

export interface Claim__Output {
}
