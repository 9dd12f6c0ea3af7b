// Original file: proto/mosaic/v1/common.proto


export interface HostIdentity {
  'uuid'?: (string);
  'serial'?: (string);
  'macs'?: (string)[];
}

export interface HostIdentity__Output {
  'uuid': (string);
  'serial': (string);
  'macs': (string)[];
}
