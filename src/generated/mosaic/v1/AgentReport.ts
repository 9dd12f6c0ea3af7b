// Original file: proto/mosaic/v1/agent.proto

import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';
import type { FaultDomain as _mosaic_v1_FaultDomain, FaultDomain__Output as _mosaic_v1_FaultDomain__Output } from '../../mosaic/v1/FaultDomain.js';
import type { TaskStatus as _mosaic_v1_TaskStatus, TaskStatus__Output as _mosaic_v1_TaskStatus__Output } from '../../mosaic/v1/TaskStatus.js';
import type { Long } from '@grpc/proto-loader';

export interface AgentReport {
  'resources'?: (_mosaic_v1_Resources | null);
  'attributes'?: ({[key: string]: string});
  'faultDomain'?: (_mosaic_v1_FaultDomain | null);
  'image'?: (string);
  'agentVersion'?: (string);
  'lastCommandSeq'?: (number | string | Long);
  'tasks'?: (_mosaic_v1_TaskStatus)[];
  'profile'?: (string);
  'cleanliness'?: (string);
}

export interface AgentReport__Output {
  'resources': (_mosaic_v1_Resources__Output | null);
  'attributes': ({[key: string]: string});
  'faultDomain': (_mosaic_v1_FaultDomain__Output | null);
  'image': (string);
  'agentVersion': (string);
  'lastCommandSeq': (number);
  'tasks': (_mosaic_v1_TaskStatus__Output)[];
  'profile': (string);
  'cleanliness': (string);
}
