// Original file: proto/mosaic/v1/operator.proto


export interface Bookmark {
}

export interface Bookmark__Output {
}
