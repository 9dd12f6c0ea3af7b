// Original file: proto/mosaic/v1/framework.proto

import type { Demand as _mosaic_v1_Demand, Demand__Output as _mosaic_v1_Demand__Output } from '../../mosaic/v1/Demand.js';
import type { Accept as _mosaic_v1_Accept, Accept__Output as _mosaic_v1_Accept__Output } from '../../mosaic/v1/Accept.js';
import type { Decline as _mosaic_v1_Decline, Decline__Output as _mosaic_v1_Decline__Output } from '../../mosaic/v1/Decline.js';
import type { Renew as _mosaic_v1_Renew, Renew__Output as _mosaic_v1_Renew__Output } from '../../mosaic/v1/Renew.js';
import type { OpenOffers as _mosaic_v1_OpenOffers, OpenOffers__Output as _mosaic_v1_OpenOffers__Output } from '../../mosaic/v1/OpenOffers.js';
import type { KillTask as _mosaic_v1_KillTask, KillTask__Output as _mosaic_v1_KillTask__Output } from '../../mosaic/v1/KillTask.js';
import type { TaskAck as _mosaic_v1_TaskAck, TaskAck__Output as _mosaic_v1_TaskAck__Output } from '../../mosaic/v1/TaskAck.js';
import type { Reconcile as _mosaic_v1_Reconcile, Reconcile__Output as _mosaic_v1_Reconcile__Output } from '../../mosaic/v1/Reconcile.js';
import type { StepUpdate as _mosaic_v1_StepUpdate, StepUpdate__Output as _mosaic_v1_StepUpdate__Output } from '../../mosaic/v1/StepUpdate.js';
import type { ReturnHost as _mosaic_v1_ReturnHost, ReturnHost__Output as _mosaic_v1_ReturnHost__Output } from '../../mosaic/v1/ReturnHost.js';
import type { Observation as _mosaic_v1_Observation, Observation__Output as _mosaic_v1_Observation__Output } from '../../mosaic/v1/Observation.js';
import type { Teardown as _mosaic_v1_Teardown, Teardown__Output as _mosaic_v1_Teardown__Output } from '../../mosaic/v1/Teardown.js';
import type { Long } from '@grpc/proto-loader';

export interface FrameworkMessage {
  'seq'?: (number | string | Long);
  'ack'?: (number | string | Long);
  'demand'?: (_mosaic_v1_Demand | null);
  'accept'?: (_mosaic_v1_Accept | null);
  'decline'?: (_mosaic_v1_Decline | null);
  'renew'?: (_mosaic_v1_Renew | null);
  'openOffers'?: (_mosaic_v1_OpenOffers | null);
  'killTask'?: (_mosaic_v1_KillTask | null);
  'taskAck'?: (_mosaic_v1_TaskAck | null);
  'reconcile'?: (_mosaic_v1_Reconcile | null);
  'stepUpdate'?: (_mosaic_v1_StepUpdate | null);
  'returnHost'?: (_mosaic_v1_ReturnHost | null);
  'observation'?: (_mosaic_v1_Observation | null);
  'teardown'?: (_mosaic_v1_Teardown | null);
  'message'?: "demand"|"accept"|"decline"|"renew"|"openOffers"|"killTask"|"taskAck"|"reconcile"|"stepUpdate"|"returnHost"|"observation"|"teardown";
}

export interface FrameworkMessage__Output {
  'seq': (number);
  'ack': (number);
  'demand'?: (_mosaic_v1_Demand__Output | null);
  'accept'?: (_mosaic_v1_Accept__Output | null);
  'decline'?: (_mosaic_v1_Decline__Output | null);
  'renew'?: (_mosaic_v1_Renew__Output | null);
  'openOffers'?: (_mosaic_v1_OpenOffers__Output | null);
  'killTask'?: (_mosaic_v1_KillTask__Output | null);
  'taskAck'?: (_mosaic_v1_TaskAck__Output | null);
  'reconcile'?: (_mosaic_v1_Reconcile__Output | null);
  'stepUpdate'?: (_mosaic_v1_StepUpdate__Output | null);
  'returnHost'?: (_mosaic_v1_ReturnHost__Output | null);
  'observation'?: (_mosaic_v1_Observation__Output | null);
  'teardown'?: (_mosaic_v1_Teardown__Output | null);
  'message'?: "demand"|"accept"|"decline"|"renew"|"openOffers"|"killTask"|"taskAck"|"reconcile"|"stepUpdate"|"returnHost"|"observation"|"teardown";
}
