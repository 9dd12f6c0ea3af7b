// Original file: proto/mosaic/v1/operator.proto

import type { CommandReply as _mosaic_v1_CommandReply, CommandReply__Output as _mosaic_v1_CommandReply__Output } from '../../mosaic/v1/CommandReply.js';

export interface CancelDrainResponse {
  'reply'?: (_mosaic_v1_CommandReply | null);
}

export interface CancelDrainResponse__Output {
  'reply': (_mosaic_v1_CommandReply__Output | null);
}
