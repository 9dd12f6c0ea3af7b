// Original file: proto/mosaic/v1/agent.proto

import type { Welcome as _mosaic_v1_Welcome, Welcome__Output as _mosaic_v1_Welcome__Output } from '../../mosaic/v1/Welcome.js';
import type { Refused as _mosaic_v1_Refused, Refused__Output as _mosaic_v1_Refused__Output } from '../../mosaic/v1/Refused.js';
import type { AgentCommand as _mosaic_v1_AgentCommand, AgentCommand__Output as _mosaic_v1_AgentCommand__Output } from '../../mosaic/v1/AgentCommand.js';
import type { Ack as _mosaic_v1_Ack, Ack__Output as _mosaic_v1_Ack__Output } from '../../mosaic/v1/Ack.js';
import type { Heartbeat as _mosaic_v1_Heartbeat, Heartbeat__Output as _mosaic_v1_Heartbeat__Output } from '../../mosaic/v1/Heartbeat.js';
import type { Superseded as _mosaic_v1_Superseded, Superseded__Output as _mosaic_v1_Superseded__Output } from '../../mosaic/v1/Superseded.js';
import type { GoingAway as _mosaic_v1_GoingAway, GoingAway__Output as _mosaic_v1_GoingAway__Output } from '../../mosaic/v1/GoingAway.js';

export interface AgentServiceConnectResponse {
  'welcome'?: (_mosaic_v1_Welcome | null);
  'refused'?: (_mosaic_v1_Refused | null);
  'message'?: (_mosaic_v1_AgentCommand | null);
  'ack'?: (_mosaic_v1_Ack | null);
  'heartbeat'?: (_mosaic_v1_Heartbeat | null);
  'superseded'?: (_mosaic_v1_Superseded | null);
  'goingAway'?: (_mosaic_v1_GoingAway | null);
  'frame'?: "welcome"|"refused"|"message"|"ack"|"heartbeat"|"superseded"|"goingAway";
}

export interface AgentServiceConnectResponse__Output {
  'welcome'?: (_mosaic_v1_Welcome__Output | null);
  'refused'?: (_mosaic_v1_Refused__Output | null);
  'message'?: (_mosaic_v1_AgentCommand__Output | null);
  'ack'?: (_mosaic_v1_Ack__Output | null);
  'heartbeat'?: (_mosaic_v1_Heartbeat__Output | null);
  'superseded'?: (_mosaic_v1_Superseded__Output | null);
  'goingAway'?: (_mosaic_v1_GoingAway__Output | null);
  'frame'?: "welcome"|"refused"|"message"|"ack"|"heartbeat"|"superseded"|"goingAway";
}
