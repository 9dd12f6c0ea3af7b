// Original file: proto/mosaic/v1/common.proto


export interface PortRange {
  'first'?: (number);
  'last'?: (number);
}

export interface PortRange__Output {
  'first': (number);
  'last': (number);
}
