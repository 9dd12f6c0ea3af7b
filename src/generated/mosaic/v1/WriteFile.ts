// Original file: proto/mosaic/v1/operator.proto


export interface WriteFile {
  'path'?: (string);
  'content'?: (Buffer | Uint8Array | string);
  'mode'?: (number);
}

export interface WriteFile__Output {
  'path': (string);
  'content': (Buffer);
  'mode': (number);
}
