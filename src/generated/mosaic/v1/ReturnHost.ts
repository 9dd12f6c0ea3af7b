// Original file: proto/mosaic/v1/framework.proto


export interface ReturnHost {
  'commandId'?: (string);
  'leaseId'?: (string);
  'reason'?: (string);
}

export interface ReturnHost__Output {
  'commandId': (string);
  'leaseId': (string);
  'reason': (string);
}
