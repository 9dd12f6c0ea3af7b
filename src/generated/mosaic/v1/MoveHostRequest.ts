// Original file: proto/mosaic/v1/operator.proto


export interface MoveHostRequest {
  'dryRun'?: (boolean);
  'host'?: (string);
  'to'?: (string);
  'role'?: (string);
  'hard'?: (boolean);
  'reason'?: (string);
}

export interface MoveHostRequest__Output {
  'dryRun': (boolean);
  'host': (string);
  'to': (string);
  'role': (string);
  'hard': (boolean);
  'reason': (string);
}
