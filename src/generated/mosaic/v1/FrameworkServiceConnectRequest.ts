// Original file: proto/mosaic/v1/framework.proto

import type { FrameworkHello as _mosaic_v1_FrameworkHello, FrameworkHello__Output as _mosaic_v1_FrameworkHello__Output } from '../../mosaic/v1/FrameworkHello.js';
import type { FrameworkMessage as _mosaic_v1_FrameworkMessage, FrameworkMessage__Output as _mosaic_v1_FrameworkMessage__Output } from '../../mosaic/v1/FrameworkMessage.js';
import type { Ack as _mosaic_v1_Ack, Ack__Output as _mosaic_v1_Ack__Output } from '../../mosaic/v1/Ack.js';
import type { Heartbeat as _mosaic_v1_Heartbeat, Heartbeat__Output as _mosaic_v1_Heartbeat__Output } from '../../mosaic/v1/Heartbeat.js';

export interface FrameworkServiceConnectRequest {
  'hello'?: (_mosaic_v1_FrameworkHello | null);
  'message'?: (_mosaic_v1_FrameworkMessage | null);
  'ack'?: (_mosaic_v1_Ack | null);
  'heartbeat'?: (_mosaic_v1_Heartbeat | null);
  'frame'?: "hello"|"message"|"ack"|"heartbeat";
}

export interface FrameworkServiceConnectRequest__Output {
  'hello'?: (_mosaic_v1_FrameworkHello__Output | null);
  'message'?: (_mosaic_v1_FrameworkMessage__Output | null);
  'ack'?: (_mosaic_v1_Ack__Output | null);
  'heartbeat'?: (_mosaic_v1_Heartbeat__Output | null);
  'frame'?: "hello"|"message"|"ack"|"heartbeat";
}
