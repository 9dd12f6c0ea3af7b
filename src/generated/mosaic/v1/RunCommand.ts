// Original file: proto/mosaic/v1/operator.proto


export interface RunCommand {
  'command'?: (string)[];
}

export interface RunCommand__Output {
  'command': (string)[];
}
