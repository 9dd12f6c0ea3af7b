// Original file: proto/mosaic/v1/framework.proto

import type { HostIdentity as _mosaic_v1_HostIdentity, HostIdentity__Output as _mosaic_v1_HostIdentity__Output } from '../../mosaic/v1/HostIdentity.js';
import type { LeaseOrigin as _mosaic_v1_LeaseOrigin, LeaseOrigin__Output as _mosaic_v1_LeaseOrigin__Output } from '../../mosaic/v1/LeaseOrigin.js';
import type { LeasePhase as _mosaic_v1_LeasePhase, LeasePhase__Output as _mosaic_v1_LeasePhase__Output } from '../../mosaic/v1/LeasePhase.js';

export interface HostLease {
  'leaseId'?: (string);
  'hostId'?: (string);
  'hostName'?: (string);
  'identity'?: (_mosaic_v1_HostIdentity | null);
  'role'?: (string);
  'origin'?: (_mosaic_v1_LeaseOrigin);
  'phase'?: (_mosaic_v1_LeasePhase);
}

export interface HostLease__Output {
  'leaseId': (string);
  'hostId': (string);
  'hostName': (string);
  'identity': (_mosaic_v1_HostIdentity__Output | null);
  'role': (string);
  'origin': (_mosaic_v1_LeaseOrigin__Output);
  'phase': (_mosaic_v1_LeasePhase__Output);
}
