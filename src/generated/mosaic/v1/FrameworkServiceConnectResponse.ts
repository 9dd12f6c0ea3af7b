// Original file: proto/mosaic/v1/framework.proto

import type { Welcome as _mosaic_v1_Welcome, Welcome__Output as _mosaic_v1_Welcome__Output } from '../../mosaic/v1/Welcome.js';
import type { Refused as _mosaic_v1_Refused, Refused__Output as _mosaic_v1_Refused__Output } from '../../mosaic/v1/Refused.js';
import type { FrameworkEvent as _mosaic_v1_FrameworkEvent, FrameworkEvent__Output as _mosaic_v1_FrameworkEvent__Output } from '../../mosaic/v1/FrameworkEvent.js';
import type { Ack as _mosaic_v1_Ack, Ack__Output as _mosaic_v1_Ack__Output } from '../../mosaic/v1/Ack.js';
import type { Heartbeat as _mosaic_v1_Heartbeat, Heartbeat__Output as _mosaic_v1_Heartbeat__Output } from '../../mosaic/v1/Heartbeat.js';
import type { Superseded as _mosaic_v1_Superseded, Superseded__Output as _mosaic_v1_Superseded__Output } from '../../mosaic/v1/Superseded.js';
import type { GoingAway as _mosaic_v1_GoingAway, GoingAway__Output as _mosaic_v1_GoingAway__Output } from '../../mosaic/v1/GoingAway.js';

export interface FrameworkServiceConnectResponse {
  'welcome'?: (_mosaic_v1_Welcome | null);
  'refused'?: (_mosaic_v1_Refused | null);
  'message'?: (_mosaic_v1_FrameworkEvent | null);
  'ack'?: (_mosaic_v1_Ack | null);
  'heartbeat'?: (_mosaic_v1_Heartbeat | null);
  'superseded'?: (_mosaic_v1_Superseded | null);
  'goingAway'?: (_mosaic_v1_GoingAway | null);
  'frame'?: "welcome"|"refused"|"message"|"ack"|"heartbeat"|"superseded"|"goingAway";
}

export interface FrameworkServiceConnectResponse__Output {
  'welcome'?: (_mosaic_v1_Welcome__Output | null);
  'refused'?: (_mosaic_v1_Refused__Output | null);
  'message'?: (_mosaic_v1_FrameworkEvent__Output | null);
  'ack'?: (_mosaic_v1_Ack__Output | null);
  'heartbeat'?: (_mosaic_v1_Heartbeat__Output | null);
  'superseded'?: (_mosaic_v1_Superseded__Output | null);
  'goingAway'?: (_mosaic_v1_GoingAway__Output | null);
  'frame'?: "welcome"|"refused"|"message"|"ack"|"heartbeat"|"superseded"|"goingAway";
}
