// Original file: proto/mosaic/v1/framework.proto


export interface Teardown {
  'commandId'?: (string);
}

export interface Teardown__Output {
  'commandId': (string);
}
