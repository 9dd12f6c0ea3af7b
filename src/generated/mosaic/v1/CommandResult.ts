// Original file: proto/mosaic/v1/framework.proto

import type { CommandDone as _mosaic_v1_CommandDone, CommandDone__Output as _mosaic_v1_CommandDone__Output } from '../../mosaic/v1/CommandDone.js';
import type { CommandFailed as _mosaic_v1_CommandFailed, CommandFailed__Output as _mosaic_v1_CommandFailed__Output } from '../../mosaic/v1/CommandFailed.js';

export interface CommandResult {
  'commandId'?: (string);
  'done'?: (_mosaic_v1_CommandDone | null);
  'failed'?: (_mosaic_v1_CommandFailed | null);
  'outcome'?: "done"|"failed";
}

export interface CommandResult__Output {
  'commandId': (string);
  'done'?: (_mosaic_v1_CommandDone__Output | null);
  'failed'?: (_mosaic_v1_CommandFailed__Output | null);
  'outcome'?: "done"|"failed";
}
