// Original file: proto/mosaic/v1/common.proto

import type { Long } from '@grpc/proto-loader';

export interface SessionOpening {
  'incarnation'?: (string);
  'secret'?: (string);
  'outboxFirstSeq'?: (number | string | Long);
  'appliedTerm'?: (number | string | Long);
  'appliedSeq'?: (number | string | Long);
  'highestTerm'?: (number | string | Long);
  'pagedResync'?: (boolean);
}

export interface SessionOpening__Output {
  'incarnation': (string);
  'secret': (string);
  'outboxFirstSeq': (number);
  'appliedTerm': (number);
  'appliedSeq': (number);
  'highestTerm': (number);
  'pagedResync': (boolean);
}
