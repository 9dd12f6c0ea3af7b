// Original file: proto/mosaic/v1/agent.proto

import type { AgentHello as _mosaic_v1_AgentHello, AgentHello__Output as _mosaic_v1_AgentHello__Output } from '../../mosaic/v1/AgentHello.js';
import type { AgentMessage as _mosaic_v1_AgentMessage, AgentMessage__Output as _mosaic_v1_AgentMessage__Output } from '../../mosaic/v1/AgentMessage.js';
import type { Ack as _mosaic_v1_Ack, Ack__Output as _mosaic_v1_Ack__Output } from '../../mosaic/v1/Ack.js';
import type { Heartbeat as _mosaic_v1_Heartbeat, Heartbeat__Output as _mosaic_v1_Heartbeat__Output } from '../../mosaic/v1/Heartbeat.js';

export interface AgentServiceConnectRequest {
  'hello'?: (_mosaic_v1_AgentHello | null);
  'message'?: (_mosaic_v1_AgentMessage | null);
  'ack'?: (_mosaic_v1_Ack | null);
  'heartbeat'?: (_mosaic_v1_Heartbeat | null);
  'frame'?: "hello"|"message"|"ack"|"heartbeat";
}

export interface AgentServiceConnectRequest__Output {
  'hello'?: (_mosaic_v1_AgentHello__Output | null);
  'message'?: (_mosaic_v1_AgentMessage__Output | null);
  'ack'?: (_mosaic_v1_Ack__Output | null);
  'heartbeat'?: (_mosaic_v1_Heartbeat__Output | null);
  'frame'?: "hello"|"message"|"ack"|"heartbeat";
}
