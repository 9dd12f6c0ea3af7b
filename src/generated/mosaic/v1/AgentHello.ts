// Original file: proto/mosaic/v1/agent.proto

import type { HostIdentity as _mosaic_v1_HostIdentity, HostIdentity__Output as _mosaic_v1_HostIdentity__Output } from '../../mosaic/v1/HostIdentity.js';
import type { SessionOpening as _mosaic_v1_SessionOpening, SessionOpening__Output as _mosaic_v1_SessionOpening__Output } from '../../mosaic/v1/SessionOpening.js';

export interface AgentHello {
  'name'?: (string);
  'identity'?: (_mosaic_v1_HostIdentity | null);
  'session'?: (_mosaic_v1_SessionOpening | null);
}

export interface AgentHello__Output {
  'name': (string);
  'identity': (_mosaic_v1_HostIdentity__Output | null);
  'session': (_mosaic_v1_SessionOpening__Output | null);
}
