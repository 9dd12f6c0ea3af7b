// Original file: proto/mosaic/v1/operator.proto

import type { RebaseImage as _mosaic_v1_RebaseImage, RebaseImage__Output as _mosaic_v1_RebaseImage__Output } from '../../mosaic/v1/RebaseImage.js';
import type { RunContainer as _mosaic_v1_RunContainer, RunContainer__Output as _mosaic_v1_RunContainer__Output } from '../../mosaic/v1/RunContainer.js';
import type { WriteFile as _mosaic_v1_WriteFile, WriteFile__Output as _mosaic_v1_WriteFile__Output } from '../../mosaic/v1/WriteFile.js';
import type { RunCommand as _mosaic_v1_RunCommand, RunCommand__Output as _mosaic_v1_RunCommand__Output } from '../../mosaic/v1/RunCommand.js';
import type { CallWebhook as _mosaic_v1_CallWebhook, CallWebhook__Output as _mosaic_v1_CallWebhook__Output } from '../../mosaic/v1/CallWebhook.js';
import type { Reboot as _mosaic_v1_Reboot, Reboot__Output as _mosaic_v1_Reboot__Output } from '../../mosaic/v1/Reboot.js';
import type { Long } from '@grpc/proto-loader';

export interface ProfileStep {
  'rebase'?: (_mosaic_v1_RebaseImage | null);
  'container'?: (_mosaic_v1_RunContainer | null);
  'file'?: (_mosaic_v1_WriteFile | null);
  'command'?: (_mosaic_v1_RunCommand | null);
  'webhook'?: (_mosaic_v1_CallWebhook | null);
  'reboot'?: (_mosaic_v1_Reboot | null);
  'timeoutMs'?: (number | string | Long);
  'action'?: "rebase"|"container"|"file"|"command"|"webhook"|"reboot";
}

export interface ProfileStep__Output {
  'rebase'?: (_mosaic_v1_RebaseImage__Output | null);
  'container'?: (_mosaic_v1_RunContainer__Output | null);
  'file'?: (_mosaic_v1_WriteFile__Output | null);
  'command'?: (_mosaic_v1_RunCommand__Output | null);
  'webhook'?: (_mosaic_v1_CallWebhook__Output | null);
  'reboot'?: (_mosaic_v1_Reboot__Output | null);
  'timeoutMs': (number);
  'action'?: "rebase"|"container"|"file"|"command"|"webhook"|"reboot";
}
