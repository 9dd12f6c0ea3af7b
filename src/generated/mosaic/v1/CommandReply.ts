// Original file: proto/mosaic/v1/operator.proto


export interface CommandReply {
  'changes'?: (string)[];
  'ids'?: (string)[];
  'remarks'?: (string)[];
}

export interface CommandReply__Output {
  'changes': (string)[];
  'ids': (string)[];
  'remarks': (string)[];
}
