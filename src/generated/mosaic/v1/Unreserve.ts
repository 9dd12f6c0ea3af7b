// Original file: proto/mosaic/v1/framework.proto


export interface Unreserve {
}

export interface Unreserve__Output {
}
