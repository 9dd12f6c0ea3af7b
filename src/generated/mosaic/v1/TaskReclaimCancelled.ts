// Original file: proto/mosaic/v1/framework.proto


export interface TaskReclaimCancelled {
  'taskIds'?: (string)[];
  'reason'?: (string);
}

export interface TaskReclaimCancelled__Output {
  'taskIds': (string)[];
  'reason': (string);
}
