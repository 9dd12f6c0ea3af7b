// Original file: proto/mosaic/v1/framework.proto


export interface CommandDone {
  'ids'?: (string)[];
}

export interface CommandDone__Output {
  'ids': (string)[];
}
