// Original file: proto/mosaic/v1/common.proto


export interface FaultDomain {
  'region'?: (string);
  'zone'?: (string);
  'rack'?: (string);
}

export interface FaultDomain__Output {
  'region': (string);
  'zone': (string);
  'rack': (string);
}
