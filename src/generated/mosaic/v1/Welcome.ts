// Original file: proto/mosaic/v1/common.proto

import type { Long } from '@grpc/proto-loader';

export interface Welcome {
  'term'?: (number | string | Long);
  'peerId'?: (string);
  'assignedId'?: (string);
  'resumeFromSeq'?: (number | string | Long);
  'resumed'?: (boolean);
  'heartbeatMs'?: (number | string | Long);
}

export interface Welcome__Output {
  'term': (number);
  'peerId': (string);
  'assignedId': (string);
  'resumeFromSeq': (number);
  'resumed': (boolean);
  'heartbeatMs': (number);
}
